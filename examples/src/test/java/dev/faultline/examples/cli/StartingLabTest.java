package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.examples.shop.Await;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signal while a lab starts, which waits for a process that never answers. */
final class StartingLabTest {

  private static final String ENVIRONMENT =
      """
      apiVersion: faultline.dev/v1
      kind: Environment
      metadata: {name: mute}
      spec:
        lab:
          processes:
            mute:
              command: [sleep, "1000"]
              ports: {http: auto}
              health: {http: /, port: http, within: 5m}
      """;

  private static final String EXPERIMENT =
      """
      apiVersion: faultline.dev/v1
      kind: Experiment
      metadata: {name: waits}
      spec:
        environment: mute
        gates: [{name: alive, command: ["true"], equals: 0}]
        faults: [{freeze: {}, target: {process: mute}, for: 1s}]
      """;

  @TempDir private Path temp;

  private static Running waiting(Cli cli, Running started) {
    Await.until("it waits for mute", () -> cli.marked().processes().size() > 1);
    return started;
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void a_lab_that_is_not_up_yet_ends_with_all_it_has_started(String signal) throws Exception {
    try (Cli cli = new Cli(temp)) {
      Running lab = waiting(cli, cli.start("lab", "up", cli.file("mute.yaml", ENVIRONMENT)));

      Ended ended = lab.signal(signal).end();

      assertThat(ended.exit()).as(ended.err()).isEqualTo(6);
      assertThat(ended.out()).isEmpty();
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  @Test
  void a_run_whose_lab_is_not_up_yet_is_halted_by_sigterm() throws Exception {
    try (Cli cli = new Cli(temp)) {
      cli.file("mute.yaml", ENVIRONMENT);
      Running run = waiting(cli, cli.start("run", cli.file("waits.yaml", EXPERIMENT)));

      Ended ended = run.signal("TERM").end();

      assertThat(ended.exit()).as(ended.err()).isEqualTo(6);
      assertThat(ended.out()).contains("HALTED waits: stopped by SIGTERM");
      assertThat(cli.marked().processes()).isEmpty();
      assertThat(cli.latest().resolve("lab")).doesNotExist();
      assertThat(cli.run("undo").err()).contains("Nothing to undo.");
    }
  }
}
