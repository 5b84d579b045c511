package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Four versions of orders are rolled out by a real HAProxy, one by a real Nginx and one by a real
 * Envoy, and judged by a real Prometheus.
 */
@Tag("slow")
@Isolated("latency is judged")
final class RolloutTest {

  @TempDir private Path temp;

  @Test
  void a_good_version_gets_all_traffic_and_keeps_it() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = run(cli, 0, "good");

      assertThat(run.err())
          .containsSubsequence(
              "19.92% to the canary",
              "50% to the canary", "100% to the canary", "promoted: orders-v2 serves all traffic");
      assertThat(run.out()).contains("PROMOTED").contains("all at the canary, for good");
    }
  }

  @Test
  void a_version_that_fails_some_orders_is_rolled_back() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = run(cli, 8, "errors");

      assertThat(run.err())
          .containsSubsequence("errors: the canary is worse than stable at 20%", "0% to the canary")
          .doesNotContain("50% to the canary");
      assertThat(run.out()).contains("ROLLED BACK").containsPattern("([12]) of \\1 steps proven");
    }
  }

  @Test
  void a_slow_version_is_rolled_back_though_it_fails_nobody() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = run(cli, 8, "slow");

      assertThat(run.err()).contains("latency: the canary is worse than stable at 20%");
      assertThat(Files.readString(cli.latest().resolve("report.json"))).contains("\"rollout\"");
    }
  }

  @Test
  void a_version_that_lost_its_timeout_is_found_out_while_inventory_is_slow() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = run(cli, 8, "loses-timeout");

      assertThat(run.err())
          .containsSubsequence(
              "fault step2.latency-inventory is in force",
              "latency under the faults of step 2: the canary is worse than stable at 20%",
              "0% to the canary")
          .contains("fault step2.latency-inventory is over")
          .doesNotContain("gate errors: breached");
      // Before the fault some of stable may be slow, as its programs have just begun; under it none
      // is.
      assertThat(run.out())
          .containsPattern(
              "latency under the faults of step 2: stable [0-9.]+% → 0%, canary 0% → ");
      assertThat(Files.readString(cli.latest().resolve("report.json"))).contains("\"canaryUnder\"");
    }
  }

  @Test
  void nginx_shifts_traffic_too() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = run(cli, 0, "nginx");

      assertThat(run.err())
          .containsSubsequence(
              "20% to the canary",
              "50% to the canary", "100% to the canary", "promoted: orders-v2 serves all traffic");
    }
  }

  @Test
  void envoy_shifts_traffic_too() throws Exception {
    try (Cli cli = new Cli(temp)) {
      String file = "examples/shop/canary-envoy.yaml";
      Ended run =
          ended(cli, 0, cli.start(OrdersRoutes.withEnvoy(), Cli.command("run", file)).end());

      assertThat(run.err())
          .containsSubsequence(
              "0% to the canary, and x-user-type: beta",
              "20% to the canary, and x-user-type: beta",
              "100% to the canary",
              "promoted: orders-v2 serves all traffic");
    }
  }

  private static Ended run(Cli cli, int exit, String name) throws Exception {
    return ended(cli, exit, cli.run("run", "examples/shop/canary-" + name + ".yaml"));
  }

  private static Ended ended(Cli cli, int exit, Ended run) throws Exception {

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(exit);
    assertThat(cli.marked().processes()).isEmpty();
    assertThat(cli.latest().resolve("lab")).doesNotExist();
    return run;
  }
}
