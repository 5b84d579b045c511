package dev.faultline.app.foureyes;

import dev.faultline.model.codec.Codec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * An approval as it is kept: a line of JSON in a file that may have several.
 *
 * @param statement the text that was signed
 * @param signature of SSH
 */
public record Approval(String statement, String signature) {

  /** The file that approvals of a file of experiments are in. */
  public static Path beside(String file) {
    return Path.of(file + ".approvals");
  }

  /** Adds it to a file, which is made when it is not there. */
  public void addTo(Path file) throws IOException {
    Path _ =
        Files.writeString(
            file,
            Codec.json().writeValueAsString(this) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
  }

  /** Those of a file; lines that are none do not count. */
  static List<Approval> in(Path file) throws IOException {
    try {
      return Files.readAllLines(file).stream()
          .map(Approval::read)
          .flatMap(Optional::stream)
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (CharacterCodingException binary) {
      throw new IOException(file + ": it is no text", binary);
    }
  }

  private static Optional<Approval> read(String line) {
    try {
      return Optional.ofNullable(Codec.whole(Approval.class).readValue(line));
    } catch (JacksonException other) {
      return Optional.empty();
    }
  }
}
