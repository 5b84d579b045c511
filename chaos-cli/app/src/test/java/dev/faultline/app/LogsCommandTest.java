package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.journal.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code logs} and {@code watch} of runs that have ended. */
final class LogsCommandTest {

  @TempDir private Path temp;
  private RunFolder run = new RunFolder("", Path.of(""));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void keep() throws IOException {
    run =
        new Told("lossy", Duration.ofMillis(3600), Optional.of(7L)).keep(temp.resolve("faultline"));
  }

  private static Page page(ByteArrayOutputStream bytes) {
    return new Page(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 100);
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    Console console =
        new Console(page(out), page(err), false, Map.of("XDG_STATE_HOME", temp.toString()), temp);
    return Main.run(console, arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void eachEventIsALineWithItsTimesItsKindAndItsWords() {
    assertThat(run("logs", "lossy")).isZero();
    assertThat(out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("09:26:53.000Z    +0.0s  run       lossy from orders.yaml on host"),
            line ->
                assertThat(line)
                    .startsWith("09:27:23.000Z   +30.0s  ledger    db: 12345 writes acknowledged"),
            line -> assertThat(line).contains("verdict   failed; gate lost is not equal to 0"));
  }

  @Test
  void eventsAreChosenByKindAndByTime() {
    assertThat(run("logs", "lossy", "--kind", "run,verdict")).isZero();
    assertThat(out().lines()).hasSize(2);
    assertThat(run("logs", "lossy", "--since", "30s")).isZero();
    assertThat(out().lines()).hasSize(2);
    assertThat(run("logs", "lossy", "--kind", "nonsense")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("no events are of kind nonsense");
    assertThat(run("logs", "lossy", "--since", "soon")).isEqualTo(2);
  }

  @Test
  void followingARunThatHasEndedEnds() {
    assertThat(run("logs", "lossy", "--follow", "--json")).isZero();
    assertThat(out().lines()).hasSize(3).allMatch(line -> line.startsWith("{"));
  }

  @Test
  void whatAProcessPrintedIsPrintedFreeOfWhatMovesTheCursor() throws IOException {
    Files.createDirectory(run.path().resolve("logs"));
    Files.writeString(run.path().resolve("logs/orders.log"), "one\n\u001b[2Jtwo");

    assertThat(run("logs", "lossy", "--process", "orders")).isZero();
    assertThat(out()).isEqualTo("one\n\uFFFD[2Jtwo");
    assertThat(run("logs", "lossy", "--process", "payments")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("there are logs of orders");
  }

  @Test
  void watchingARunThatHasEndedSaysSoAndHowItEnded() {
    assertThat(run("watch", "lossy")).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("lossy has ended");
    assertThat(out()).contains("FAILED orders", "exit code   1 (failed)");
    assertThat(run("watch", "lossy", "--exit-code")).isEqualTo(1);
  }

  @Test
  void withoutARunThatIsOnThereIsNothingToWatch() {
    assertThat(run("watch")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("no run is on");
  }
}
