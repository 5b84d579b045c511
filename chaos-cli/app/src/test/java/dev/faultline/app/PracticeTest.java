package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.journal.JournalContent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The journal from which starts learn at the end of a build. When its form has changed, put that of
 * a short run with a load in its place.
 */
final class PracticeTest {

  private static final Path PRACTICE = Path.of("../launcher/practice").toAbsolutePath().normalize();

  @TempDir private Path temp;

  @Test
  void theJournalOfThePracticeIsOneThatReportsAreMadeOf() throws Exception {
    assertThat(JournalContent.read(PRACTICE.resolve("journal.jsonl")).whole()).isTrue();

    int code = Main.run(Console.system(), "report", PRACTICE.toString(), "--out", temp.toString());

    assertThat(code).isZero();
    assertThat(Files.readString(temp.resolve("report.json")))
        .contains("\"outcome\":\"passed\"", "\"load\":{");
  }
}
