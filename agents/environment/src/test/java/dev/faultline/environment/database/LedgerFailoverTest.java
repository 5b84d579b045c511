package dev.faultline.environment.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Tally;
import dev.faultline.model.world.NodeRole;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real primary, a real standby, and a failover. */
class LedgerFailoverTest {

  private static final String ROWS = "select writer || '/' || n from faultline_ledger";

  @TempDir private static Path folder;
  private static PostgresKit kit;

  private Optional<PostgresNode> first = Optional.empty();
  private Optional<PostgresNode> second = Optional.empty();

  @BeforeAll
  static void choose() {
    kit = PostgresKit.in(folder);
  }

  @AfterEach
  void end() throws Exception {
    for (Optional<PostgresNode> node : List.of(first, second)) {
      if (node.isPresent()) {
        node.get().end();
      }
    }
  }

  @Test
  void anAsynchronousFailoverLosesExactlyWhatTheStandbyDidNotGet() throws Exception {
    pair("async", List.of());
    try (Shop shop = Shop.of(folder, "run-1", primary(), standby())) {
      shop.open(3, 300);
      Await.until("some are written", () -> shop.now().acknowledged() > 100);
      primary().signal("STOP", "walsender");
      long before = shop.now().acknowledged();
      Await.until("more than the standby gets", () -> shop.now().acknowledged() > before + 200);
      primary().run("shop", "alter table faultline_ledger owner to postgres");
      Await.until("no writer may write any more", () -> quiet(shop));
      Set<String> missing = rows(primary());
      primary().kill();
      standby().promote();
      missing.removeAll(rows(standby()));
      Tally tally = shop.tally();
      assertThat(tally.lost()).isEqualTo(missing.size()).isGreaterThan(150);
      assertThat(tally.oldestLost()).isBetween(Duration.ofMillis(400), Duration.ofSeconds(60));
      assertThat(tally.unknown()).isZero();
      long now = shop.now().acknowledged();
      Await.until("the writers have found it", () -> shop.now().acknowledged() > now + 50);
      assertThat(shop.tally().lost()).isEqualTo(tally.lost());
      assertThat(shop.now().overlapping()).isZero();
      assertThat(shop.drop()).contains("dropped");
    }
  }

  @Test
  void aSynchronousFailoverLosesNothing() throws Exception {
    pair("sync", List.of("-c", "synchronous_standby_names=s1"));
    try (Shop shop = Shop.of(folder, "run-1", primary(), standby())) {
      Await.until("it streams", () -> shop.state().with(NodeRole.STANDBY).getFirst().streaming());
      assertThat(shop.state().settings()).containsEntry("synchronous_standby_names", "s1");
      shop.open(3, 300);
      Await.until("some are written", () -> shop.now().acknowledged() > 100);
      primary().kill();
      standby().promote();
      long now = shop.now().acknowledged();
      Await.until("the writers go on", () -> shop.now().acknowledged() > now + 50);
      LedgerAccount account = shop.account(Shop.LONG, Optional.of(Duration.ZERO));
      assertThat(account.tally().orElseThrow().lost()).isZero();
      assertThat(account.tally().get().unknown()).isBetween(0L, account.failed());
      assertThat(account.longestGap()).isPositive();
      assertThat(shop.drop()).contains("dropped");
    }
  }

  @Test
  void whatTwoPrimariesAcknowledgeSideBySideOverlapsAndIsLost() throws Exception {
    pair("split", List.of());
    try (Shop shop = Shop.of(folder, "run-1", primary(), standby());
        Shop other = Shop.of(folder, "run-1", standby())) {
      shop.open(2, 100);
      Await.until("some are written", () -> shop.now().acknowledged() > 50);
      standby().promote();
      DatabaseState state = shop.state();
      assertThat(state.with(NodeRole.PRIMARY)).hasSize(2);
      assertThat(state.nodes())
          .extracting(DatabaseState.Node::timeline)
          .containsExactly(Optional.of(1L), Optional.of(2L));
      // One writer's connection is cut while the old primary refuses new ones.
      primary().run("alter role faultline nologin");
      assertThat(cutOne()).isEqualTo("1");
      Await.until("both primaries take writes", () -> shop.now().overlapping() > 20);
      primary().run("alter role faultline login");
      LedgerAccount account =
          shop.account(Duration.ofSeconds(1), Optional.of(Duration.ofSeconds(1)));
      assertThat(account.tally()).isEmpty();
      assertThat(account.unread()).contains("timeline 1", "old primary is still there");
      primary().kill();
      Tally tally = shop.tally();
      assertThat(tally.lost()).isGreaterThanOrEqualTo(shop.now().overlapping());
      assertThat(other.drop()).contains("dropped");
      shop.drop();
    }
  }

  @Test
  void aStandbyThatIsCutOffIsSeenAsOneThatDoesNotStream() throws Exception {
    pair("cut", List.of());
    try (Shop shop = Shop.of(folder, "run-1", primary(), standby())) {
      Await.until("it streams", () -> shop.state().with(NodeRole.STANDBY).getFirst().streaming());
      assertThat(shop.state().with(NodeRole.STANDBY).getFirst().lag()).isPresent();
      primary().kill();
      Await.until("it does not", () -> !shop.state().with(NodeRole.STANDBY).getFirst().streaming());
      DatabaseState.Node gone = shop.state().nodes().getFirst();
      assertThat(gone.role()).isEqualTo(NodeRole.UNREACHABLE);
      assertThat(gone.detail()).contains("refused");
    }
  }

  private boolean quiet(Shop shop) {
    return shop.now().gaps().stream()
            .filter(gap -> gap.nextAcknowledged().isEmpty() && gap.firstFailed().isPresent())
            .count()
        == 3;
  }

  private String cutOne() throws SQLException {
    return primary()
        .select(
            "shop",
            "select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity"
                + " where application_name like 'faultline ledger%' limit 1) one");
  }

  private static Set<String> rows(PostgresNode node) throws SQLException {
    Set<String> found = new HashSet<>();
    try (Connection connection = node.connect("shop");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ROWS)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private void pair(String name, List<String> options) throws Exception {
    first = Optional.of(kit.create(name + "-1", Shop.PASSWORD));
    second = Optional.of(kit.standby(name + "-2", primary(), options));
    Await.until("the standby streams", () -> !primary().processes("walsender").isEmpty());
  }

  private PostgresNode primary() {
    return first.orElseThrow();
  }

  private PostgresNode standby() {
    return second.orElseThrow();
  }
}
