package dev.faultline.environment.lives;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {

  @TempDir private Path folder;

  @Test
  void the_last_lines_are_quoted() throws Exception {
    Path file =
        Files.write(
            folder.resolve("log"),
            IntStream.rangeClosed(1, 100).mapToObj(number -> "line " + number).toList());

    assertThat(new Log(file).quoted())
        .startsWith("; the last it printed:\n  line 86\n")
        .endsWith("\n  line 100");
  }

  @Test
  void a_huge_log_is_read_from_its_end_only() throws Exception {
    Path file = Files.write(folder.resolve("log"), Collections.nCopies(500, "x".repeat(2_000)));

    assertThat(new Log(file).quoted()).hasSizeLessThan(20_000);
  }

  @Test
  void a_process_that_printed_nothing_is_said_to() {
    assertThat(new Log(folder.resolve("none")).quoted()).isEqualTo("; it printed nothing");
  }
}
