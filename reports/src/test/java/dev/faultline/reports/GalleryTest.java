package dev.faultline.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Writes every synthetic run in every format, for people to look at: {@code target/gallery}. */
@Tag("slow")
final class GalleryTest {

  @Test
  void everyRunIsWrittenInEveryFormat() throws IOException {
    for (Map.Entry<String, Journal> run : Runs.all().entrySet()) {
      Path folder = Files.createDirectories(Path.of("target", "gallery", run.getKey()));
      for (Format format : Format.all()) {
        Files.writeString(
            folder.resolve(format.fileName()),
            EveryFormatTest.render(format, run.getValue().summary()));
      }
    }
  }
}
