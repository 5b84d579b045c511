package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What the shop does against trouble, or fails to do, is seen and told. */
@Tag("slow")
@Isolated("latency is judged while the load is high")
final class DefencesTest {

  private static final String WITHOUT_TIMEOUT = "slow-inventory-without-timeout";

  @TempDir private Path temp;

  @Test
  void a_surge_is_served_measured_step_by_step_and_taken_back() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = run(cli, 0, "surge");

      assertThat(run.err()).contains("fault surge is in force", "fault surge is over");
      assertThat(run.err()).as("no service dies of it").doesNotContain("ended (");
      assertThat(report(cli))
          .contains("| Rate asked | From | For | Rate answered | Failed | p50 | p99 | max |")
          .containsPattern(
              "\\| 100/s \\| .*\n\\| 200/s .*\n\\| 400/s .*\n\\| 800/s .*\n\\| 100/s \\| ");
    }
  }

  @Test
  void a_breaker_is_seen_to_open_and_close_and_its_fallback_to_answer() throws Exception {
    try (Cli cli = new Cli(temp)) {
      run(cli, 0, "breaker");

      assertThat(report(cli))
          .containsPattern("Breaker of orders opened .* after the first effect, .*and closed")
          .containsPattern("Fallback accepted for later answered about .* requests");
    }
  }

  @Test
  void without_a_timeout_slowness_spreads_and_the_gate_ends_it_early() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = run(cli, 1, WITHOUT_TIMEOUT);

      assertThat(run.err())
          .contains("gate p99 must be below 800ms and reads", "while a fault was in force")
          .contains("withdrawing every fault", "fault latency-inventory is over");
      assertThat(run.out()).as("it recovers").containsPattern("steady +\\+");
    }
  }

  @Test
  void a_slow_inventory_is_not_waited_for() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = run(cli, 0, "slow-inventory");

      assertThat(run.out()).contains("PASSED slow-inventory");
    }
  }

  @Test
  void with_its_timeout_the_same_fault_is_borne() throws Exception {
    try (Cli cli = new Cli(temp)) {
      run(
          cli,
          0,
          WITHOUT_TIMEOUT,
          "--environment",
          "examples/shop/environments/shop-trusting.yaml");
    }
  }

  @Test
  void a_flaky_network_hurts_nobody_and_its_retry_storm_is_named() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = run(cli, 0, "flaky-network");

      assertThat(run.err()).containsPattern("in force; [0-9]+ connections? reset");
      assertThat(run.out())
          .containsPattern(
              "Retry storm: orders multiplied its calls by [2-4]\\.[0-9] while faults");
      assertThat(report(cli)).contains("give retries a budget");
    }
  }

  @Test
  void a_beta_user_is_hit_alone() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = run(cli, 0, "beta-user-outage");

      assertThat(run.err())
          .containsPattern("gate everybody else: 0, as it must be")
          .containsPattern("gate beta is hit: (100|99\\.[0-9]+)%, as it must be")
          .doesNotContain("gate everybody else: 0.0")
          .containsPattern("[0-9]+ exchanges\\s+answered 503");
    }
  }

  /** Runs an example to the end that its row in the README promises, with nothing left of it. */
  private static Ended run(Cli cli, int exit, String name, String... more) throws Exception {
    String[] command = new String[2 + more.length];
    command[0] = "run";
    command[1] = "examples/shop/" + name + ".yaml";
    System.arraycopy(more, 0, command, 2, more.length);
    Ended run = cli.run(command);

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(exit);
    assertThat(run.out()).containsPattern("([12]) of \\1 steps proven undone");
    assertThat(cli.marked().processes()).isEmpty();
    assertThat(cli.latest().resolve("lab")).doesNotExist();
    return run;
  }

  private static String report(Cli cli) throws Exception {
    return Files.readString(cli.latest().resolve("report.md"));
  }
}
