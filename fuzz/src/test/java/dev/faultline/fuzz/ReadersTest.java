package dev.faultline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file, a plan, a journal or an answer holds: nothing but a typed error comes out. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class ReadersTest {

  private static final long EXECUTIONS = Long.getLong("fuzz.runs", 0);
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("fuzz.seconds", 10));

  static Stream<Reader> readers() throws Exception {
    return Reader.all();
  }

  @ParameterizedTest
  @MethodSource("readers")
  void nothingButATypedErrorComesOut(Reader reader) throws Exception {
    Path folder = Path.of("target", "fuzz", reader.name()).toAbsolutePath();

    Campaign.Ended ended = new Campaign(reader, folder, EXECUTIONS, TIME).run();

    assertThat(ended.exit()).as(ended.log()).isZero();
    assertThat(ended.executions()).isGreaterThanOrEqualTo(EXECUTIONS).isPositive();
    assertThat(ended.coverage()).as("branches reached").isGreaterThan(100);
    System.out.printf(
        "%s: %d executions, %d branches%n", reader, ended.executions(), ended.coverage());
  }

  @Test
  void aReaderThatBreaksIsFoundOut(@TempDir Path folder) throws Exception {
    Reader broken = new Reader(BrokenTarget.class, List.of(new byte[] {'F', 'A'}));

    Campaign.Ended ended = new Campaign(broken, folder, 0, Duration.ofMinutes(2)).run();

    assertThat(ended.exit()).isNotZero();
    assertThat(ended.log()).contains("IllegalStateException: broken", "Test unit written to");
  }
}
