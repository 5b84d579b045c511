package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the examples' README promises of a database that fails over, on the real thing. */
@Tag("slow")
@ResourceLock("shared memory of databases")
@Order(2)
final class DatabaseExamplesTest {

  @TempDir private Path temp;
  private Cli cli;
  private Servers servers;

  @BeforeEach
  void open() throws Exception {
    cli = new Cli(temp);
    servers = new Servers(temp);
  }

  @AfterEach
  void close() {
    cli.close();
    servers.close();
  }

  @Test
  void a_crash_of_a_synchronous_primary_loses_nothing() throws Exception {
    Ended run = runs("database-failover", 0, "PASSED");

    assertThat(run.err()).contains("controller: promoting orders-db-2", "orders-db-2 takes writes");
    JsonNode ledger = assertNothingLost();
    assertThat(ledger.at("/failed").asLong()).isPositive();
    assertThat(report().at("/failover/outage/recoveryTimeSeconds").asDouble()).isBetween(0.5, 10.0);
    assertThat(report().at("/failover/outage/waits")).hasSizeGreaterThanOrEqualTo(2);
    assertPairStands();
  }

  @Test
  void a_standby_that_is_far_away_costs_time_and_no_write() throws Exception {
    Ended run = runs("slow-replica", 0, "PASSED");

    assertThat(run.err().replaceAll("\\s+", " "))
        .contains("latency 100ms on orders-db->orders-db: in force; measured 1");
    assertNothingLost();
    assertPairStands();
  }

  @Test
  void a_crash_of_an_asynchronous_primary_loses_what_its_standby_had_not() throws Exception {
    Ended run = runs("database-failover-async", 1, "FAILED");

    assertThat(run.out().lines().filter(line -> line.startsWith("FAILED")))
        .singleElement()
        .asString()
        .contains("gate lost");
    JsonNode found = report().at("/failover/ledger/found");
    assertThat(found.at("/lost").asLong()).isGreaterThan(100);
    assertThat(found.at("/oldestLostSeconds").asDouble()).isGreaterThan(0.5);
    assertThat(report().at("/findings"))
        .anySatisfy(
            finding -> {
              assertThat(finding.at("/kind").asString()).isEqualTo("lost-writes");
              assertThat(finding.at("/title").asString() + finding.at("/advice").asString())
                  .contains("synchronous_standby_names");
            });
    assertPairStands();
  }

  @Test
  void a_switchover_loses_nothing() throws Exception {
    Ended run = runs("database-switchover", 0, "PASSED");

    assertThat(run.err()).contains("orders-db-2 takes writes");
    assertNothingLost();
    assertPairStands();
  }

  @Test
  void a_primary_that_nobody_reaches_takes_no_write_beside_its_successor() throws Exception {
    Ended run = runs("database-partition", 0, "PASSED");

    assertThat(run.err()).contains("orders-db-2 takes writes");
    JsonNode ledger = assertNothingLost();
    assertThat(ledger.at("/overlapping").asLong()).isZero();
    assertPairStands();
  }

  @Test
  void a_lost_node_of_a_patroni_cluster_is_succeeded_when_its_lock_has_run_out() throws Exception {
    Ended run = runs("patroni-node-lost", 0, "PASSED");

    assertThat(run.err()).contains("patroni: orders-db-1 no longer holds the leader's lock");
    JsonNode ledger = assertNothingLost();
    assertThat(ledger.at("/overlapping").asLong()).isZero();
    assertThat(report().at("/failover/outage/recoveryTimeSeconds").asDouble())
        .isBetween(10.0, 30.0);
  }

  @Test
  void a_lost_server_of_a_patroni_cluster_is_succeeded_at_once() throws Exception {
    runs("patroni-server-lost", 0, "PASSED");

    assertNothingLost();
    assertThat(report().at("/failover/outage/recoveryTimeSeconds").asDouble()).isLessThan(10.0);
  }

  private Ended runs(String name, int exit, String verdict) throws Exception {
    assertThat(Files.readString(Cli.example("README.md")))
        .containsPattern(
            "`%s.yaml` \\|.*\\| %d, %s \\|"
                .formatted(name, exit, verdict.toLowerCase(Locale.ROOT)));

    Ended run = cli.run("run", "examples/shop/" + name + ".yaml");

    assumeFalse(
        run.exit() == 5 && run.err().contains("cannot be fetched"),
        () -> "needs the programs of Patroni: " + run.err());
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(exit);
    assertThat(run.out()).contains(verdict + " " + name).contains("steps proven undone");
    assertThat(cli.marked().processes()).isEmpty();
    assertThat(cli.latest().resolve("lab")).doesNotExist();
    servers.assertGone();
    return run;
  }

  private JsonNode assertNothingLost() throws Exception {
    JsonNode ledger = report().at("/failover/ledger");
    assertThat(ledger.at("/acknowledged").asLong()).isGreaterThan(1000);
    assertThat(ledger.at("/found/present").asLong()).isGreaterThan(1000);
    assertThat(ledger.at("/found/lost").asLong(-1)).isZero();
    return ledger;
  }

  private void assertPairStands() throws Exception {
    JsonNode after = report().at("/failover/databases/0/after/nodes");
    assertThat(after.findValuesAsString("role"))
        .as(after.toString())
        .containsExactlyInAnyOrder("primary", "standby");
  }

  private JsonNode report() throws IOException {
    return JsonMapper.shared().readTree(cli.latest().resolve("report.json").toFile());
  }
}
