package dev.faultline.environment.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Answer.Owner;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Gap;
import dev.faultline.model.world.LedgerAccount.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One real server. */
class LedgerTest {

  @TempDir private static Path folder;
  private static PostgresNode node;

  @BeforeAll
  static void start() throws Exception {
    node = PostgresKit.in(folder).create("one", Shop.PASSWORD);
  }

  @AfterEach
  void clean() throws Exception {
    node.run("shop", "drop table if exists faultline_ledger");
    assertThat(threads()).isEmpty();
  }

  @AfterAll
  static void end() throws Exception {
    if (node != null) {
      node.end();
    }
  }

  @Test
  void onAHealthyServerEverythingAcknowledgedIsThere() throws Exception {
    try (Shop shop = Shop.of(folder, "run-1", node)) {
      assertThat(shop.open(3, 500)).contains("Done", "3 writers started");
      assertThat(shop.open(3, 500)).contains("open already");
      Await.until("some are written", () -> shop.now().acknowledged() > 300);
      assertThat(shop.now().unread()).isEqualTo("not asked for");
      Tally tally = shop.tally();
      assertThat(tally.present()).isGreaterThan(300);
      assertThat(tally).isEqualTo(new Tally(tally.present(), 0, Duration.ZERO, 0, 0, 0));
      LedgerAccount account = shop.now();
      assertThat(account.failed()).isZero();
      assertThat(account.gaps()).isEmpty();
      assertThat(account.attempted() - account.acknowledged()).isBetween(0L, 3L);
      assertThat(shop.table()).isEqualTo(new Answer.TableIs(Owner.OURS));
      assertThat(shop.drop()).contains("dropped");
      assertThat(shop.table()).isEqualTo(new Answer.TableIs(Owner.NOBODY));
      assertThat(shop.drop()).contains("there is no table");
    }
  }

  @Test
  void theRateIsKeptAndLaterReadingsAgreeWithTheFirst() throws Exception {
    try (Shop shop = Shop.of(folder, "run-1", node)) {
      shop.open(2, 200);
      Await.until("five seconds are over", () -> shop.now().seconds().size() >= 5);
      for (int i = 0; i < 5; i++) {
        LedgerAccount account = shop.account(Shop.LONG, Optional.of(Duration.ofMillis(1)));
        assertThat(account.tally().orElseThrow().lost()).isZero();
        assertThat(account.tally().get().present()).isGreaterThanOrEqualTo(400);
      }
      // What a busy machine delays is made up for by a tenth of a second only, never in a burst.
      assertThat(shop.now().seconds().subList(0, 5))
          .allMatch(second -> second.acknowledged() <= 225)
          .anyMatch(second -> second.acknowledged() >= 150);
      shop.drop();
    }
  }

  @Test
  void aYoungTallyStandsForANewOneUntilAWriteFails() throws Exception {
    try (Shop shop = Shop.of(folder, "run-1", node)) {
      shop.open(2, 100);
      Await.until("some are written", () -> shop.now().acknowledged() > 20);
      Optional<Duration> old = Optional.of(Duration.ofMinutes(1));
      Tally first = shop.account(Shop.LONG, old).tally().orElseThrow();
      Await.until("more are written", () -> shop.now().acknowledged() > 60);
      assertThat(shop.account(Shop.LONG, old).tally()).hasValue(first);
      cutOff();
      Await.until("writes failed", () -> shop.now().failed() > 0);
      Await.until(
          "it is read anew",
          () ->
              shop.account(Shop.LONG, old)
                  .tally()
                  .filter(tally -> tally.present() > 40)
                  .isPresent());
      shop.drop();
    }
  }

  @Test
  void anAcknowledgedRowThatIsGoneIsLostAndCountedExactly() throws Exception {
    try (Shop shop = Shop.of(folder, "run-1", node)) {
      shop.open(2, 200);
      Await.until("some are written", () -> shop.now().acknowledged() > 100);
      node.run("shop", "delete from faultline_ledger where n in (3, 5, 8)");
      assertThat(shop.tally().lost()).isEqualTo(6);
      node.run(
          "shop",
          "insert into faultline_ledger (writer, n) select 1, n from unnest(array[3, 5, 6]) n");
      Tally tally = shop.tally();
      assertThat(tally.lost()).isEqualTo(4);
      assertThat(tally.duplicated()).isEqualTo(1);
      assertThat(tally.reordered()).isGreaterThan(30);
      shop.drop();
    }
  }

  @Test
  void aRowThatNobodyCanHaveWrittenLeavesNoFigure() throws Exception {
    try (Shop shop = Shop.of(folder, "run-1", node)) {
      shop.open(1, 50);
      node.run("shop", "insert into faultline_ledger (writer, n) values (0, 1000000)");
      LedgerAccount account = shop.account(Shop.LONG, Optional.of(Duration.ZERO));
      assertThat(account.tally()).isEmpty();
      assertThat(account.unread()).contains("number 1000000 of writer 0", "never sent");
      shop.drop();
    }
  }

  @Test
  void aServerThatIsKilledAndStartedAgainLosesNothingAndItsOutageIsSeen() throws Exception {
    try (Shop shop = Shop.of(folder, "run-1", node)) {
      shop.open(2, 200);
      Await.until("some are written", () -> shop.now().acknowledged() > 50);
      node.kill();
      Await.until("both saw it", () -> shop.now().gaps().size() == 2);
      LedgerAccount blind =
          shop.account(Duration.ofMillis(300), Optional.of(Duration.ofMinutes(1)));
      assertThat(blind.tally()).isEmpty();
      assertThat(blind.unread()).contains("refused");
      assertThat(shop.account(Duration.ofMillis(300), Optional.of(Duration.ZERO)).unread())
          .contains("refused");
      node.start(List.of());
      long before = shop.now().acknowledged();
      Await.until("they go on", () -> shop.now().acknowledged() > before + 50);
      Tally tally = shop.tally();
      assertThat(tally.lost()).isZero();
      assertThat(tally.unknown()).isLessThanOrEqualTo(shop.now().failed());
      assertThat(shop.now().gaps())
          .hasSize(2)
          .allMatch(gap -> gap.firstFailed().isPresent() && gap.nextAcknowledged().isPresent())
          .extracting(Gap::error)
          .allMatch(error -> !error.isEmpty());
      shop.drop();
    }
  }

  @Test
  void aTableOfSomebodyElseOrOfAnotherRunIsLeftAlone() throws Exception {
    node.run("shop", "create table faultline_ledger (precious int)");
    node.run("shop", "grant all on faultline_ledger to faultline");
    try (Shop shop = Shop.of(folder, "run-1", node)) {
      assertThat(shop.open(1, 10)).contains("Failed", "not Faultline's");
      assertThat(shop.table()).isEqualTo(new Answer.TableIs(Owner.FOREIGN));
      assertThat(shop.drop()).contains("stays");
      assertThat(node.select("shop", "select count(*) from faultline_ledger")).isEqualTo("0");
      node.run("shop", "drop table faultline_ledger");
    }
    try (Shop first = Shop.of(folder, "run-1", node);
        Shop second = Shop.of(folder, "run-2", node)) {
      first.open(1, 10);
      assertThat(second.open(1, 10)).contains("Failed", "another run of Faultline");
      assertThat(second.table()).isEqualTo(new Answer.TableIs(Owner.ANOTHER_RUN));
      assertThat(second.drop()).contains("stays");
      assertThat(first.table()).isEqualTo(new Answer.TableIs(Owner.OURS));
    }
    try (Shop again = Shop.of(folder, "run-1", node)) {
      assertThat(again.drop()).as("by who finds the run dead").contains("dropped");
    }
  }

  @Test
  void aWriteThatHangsForEverDoesNotKeepTheTableFromBeingDropped() throws Exception {
    try (Shop shop = Shop.of(folder, "run-1", node)) {
      shop.open(2, 100);
      Await.until("some are written", () -> shop.now().acknowledged() > 20);
      node.run("alter system set synchronous_standby_names = 'nobody'");
      node.run("select pg_reload_conf()");
      Await.until("writes are given up", () -> shop.now().failed() > 3);
      String hanging =
          node.select(
              "shop",
              "select count(*) from pg_stat_activity where application_name like 'faultline led%'");
      assertThat(Integer.parseInt(hanging)).as("a late write is cancelled").isLessThan(5);
      assertThat(shop.now().gaps())
          .extracting(Gap::error)
          .anyMatch(error -> error.contains("canceling wait"));
      assertThat(shop.tally().unknown()).isPositive();
      assertThat(shop.drop()).contains("dropped");
    } finally {
      node.run("alter system reset synchronous_standby_names");
      node.run("select pg_reload_conf()");
    }
  }

  @Test
  void aClientThatRepeatsWhatItHadNoAnswerToWritesTwice() throws Exception {
    try (Shop shop = Shop.of(folder, "run-1", node)) {
      shop.open(Shop.ledger(1, 50, Ledger.OnError.RETRY));
      Await.until("some are written", () -> shop.now().acknowledged() > 10);
      node.run("alter system set synchronous_standby_names = 'nobody'");
      node.run("select pg_reload_conf()");
      Await.until("a write is given up", () -> shop.now().failed() > 1);
      node.run("alter system reset synchronous_standby_names");
      node.run("select pg_reload_conf()");
      long before = shop.now().acknowledged();
      Await.until("it goes on", () -> shop.now().acknowledged() > before + 10);
      Tally tally = shop.tally();
      assertThat(tally.duplicated()).isEqualTo(1);
      assertThat(tally.unknown()).isZero();
      assertThat(tally.lost()).isZero();
      shop.drop();
    }
  }

  private static void cutOff() throws Exception {
    node.select(
        "shop",
        "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            + " where application_name like 'faultline ledger%'");
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().matches("ledger-\\d+"))
        .map(Thread::getName)
        .toList();
  }
}
