package dev.faultline.environment.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.environment.FreePort;
import dev.faultline.environment.database.etcd.EtcdDatabase;
import dev.faultline.environment.database.ledger.LedgerStore;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.environment.Store;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Answer.Owner;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Gap;
import dev.faultline.model.world.LedgerAccount.Tally;
import dev.faultline.model.world.NodeRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One real etcd. */
class EtcdLedgerTest {

  private static final String MARK = "faultline_ledger";
  private static final String END = "faultline_ledger~";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @TempDir private static Path folder;
  private static EtcdNode node;

  @BeforeAll
  static void start() throws Exception {
    node = new EtcdNode(folder);
  }

  @AfterEach
  void clean() throws Exception {
    node.delete(MARK, END);
  }

  @AfterAll
  static void end() throws Exception {
    if (node != null) {
      node.close();
    }
  }

  private static EtcdDatabase etcd(String... endpoints) {
    return new EtcdDatabase("shop", new Store.Etcd(List.of(endpoints)));
  }

  private static Shop shop(String runId) {
    return Shop.of(runId, etcd(node.endpoint()));
  }

  @Test
  void onAHealthyEtcdEverythingAcknowledgedIsThere() throws Exception {
    try (Shop shop = shop("run-1")) {
      assertThat(shop.open(3, 300)).contains("Done", "3 writers started");
      assertThat(shop.open(3, 300)).contains("open already");
      Await.until("some are written", () -> shop.now().acknowledged() > 300);
      Optional<Duration> young = Optional.of(Duration.ofNanos(1));
      assertThat(shop.account(Shop.LONG, young).tally().orElseThrow().lost()).isZero();
      long before = shop.now().acknowledged();
      Await.until("more are written", () -> shop.now().acknowledged() > before + 50);
      assertThat(shop.account(Shop.LONG, young).tally().orElseThrow().present())
          .as("a later reading goes on where the first ended")
          .isGreaterThan(before);
      Tally tally = shop.tally();
      assertThat(tally).isEqualTo(new Tally(tally.present(), 0, Duration.ZERO, 0, 0, 0));
      assertThat(shop.now().failed()).isZero();
      assertThat(shop.table()).isEqualTo(new Answer.TableIs(Owner.OURS));
      assertThat(shop.drop()).contains("key prefix faultline_ledger/ dropped");
      assertThat(node.count(MARK, END)).isZero();
      assertThat(shop.table()).isEqualTo(new Answer.TableIs(Owner.NOBODY));
      assertThat(shop.drop()).contains("there is no key prefix");
    }
  }

  @Test
  void anAcknowledgedKeyThatIsGoneIsLostAndCountedExactly() throws Exception {
    try (Shop shop = shop("run-1")) {
      shop.open(2, 200);
      Await.until("some are written", () -> shop.now().acknowledged() > 100);
      node.delete(key(0, 3), key(0, 6));
      assertThat(shop.tally().lost()).isEqualTo(3);
      node.put(key(0, 4), "");
      node.put(key(1, 7), "");
      Tally tally = shop.tally();
      assertThat(tally.lost()).isEqualTo(2);
      assertThat(tally.duplicated()).isEqualTo(1);
      assertThat(tally.reordered()).isGreaterThan(20);
      shop.drop();
    }
  }

  @Test
  void aKeyThatNobodyCanHaveWrittenLeavesNoFigure() throws Exception {
    try (Shop shop = shop("run-1")) {
      shop.open(1, 50);
      node.put(key(0, 1_000_000), "");
      LedgerAccount account = shop.account(Shop.LONG, Optional.of(Duration.ZERO));
      assertThat(account.tally()).isEmpty();
      assertThat(account.unread()).contains("number 1000000 of writer 0", "never sent");
      shop.drop();
    }
  }

  @Test
  void anEtcdThatIsKilledAndStartedAgainLosesNothingAndItsOutageIsSeen() throws Exception {
    try (Shop shop = shop("run-1")) {
      shop.open(2, 100);
      Await.until("some are written", () -> shop.now().acknowledged() > 50);
      node.kill();
      Await.until("both saw it", () -> shop.now().gaps().size() == 2);
      assertThat(shop.account(Duration.ofMillis(300), Optional.of(Duration.ZERO)).unread())
          .contains("127.0.0.1:");
      node.start();
      long before = shop.now().acknowledged();
      Await.until("they go on", () -> shop.now().acknowledged() > before + 50);
      assertThat(shop.tally().lost()).isZero();
      assertThat(shop.now().gaps())
          .hasSize(2)
          .allMatch(gap -> gap.nextAcknowledged().isPresent())
          .extracting(Gap::error)
          .allMatch(error -> error.startsWith("127.0.0.1:"));
      shop.drop();
    }
  }

  @Test
  void aMemberThatIsNotThereIsPassedOver() throws Exception {
    String nobody = "http://127.0.0.1:" + FreePort.choose();
    EtcdDatabase etcd = etcd(nobody, node.endpoint());
    try (Shop shop = Shop.of("run-1", etcd)) {
      shop.open(2, 100);
      Await.until("both write", () -> shop.now().acknowledged() > 50);
      assertThat(shop.now().failed()).as("no write is sent to nobody").isZero();
      assertThat(shop.tally().lost()).isZero();
      DatabaseState state = shop.state();
      assertThat(state.nodes())
          .extracting(DatabaseState.Node::role)
          .containsExactly(NodeRole.UNREACHABLE, NodeRole.PRIMARY);
      assertThat(state.settings())
          .containsEntry("leader", node.endpoint().replace("http://", ""))
          .containsKey("raft.term");
      shop.drop();
    }
  }

  @Test
  void keysOfSomebodyElseOrOfAnotherRunAreLeftAlone() throws Exception {
    for (String foreign : List.of(MARK, MARK + "/precious")) {
      node.put(foreign, "precious");
      try (Shop shop = shop("run-1")) {
        assertThat(shop.open(1, 10)).contains("Failed", "not Faultline's");
        assertThat(shop.table()).isEqualTo(new Answer.TableIs(Owner.FOREIGN));
        assertThat(shop.drop()).contains("stays");
        assertThat(node.count(MARK, END)).isEqualTo(1);
      }
      node.delete(MARK, END);
    }
    try (Shop first = shop("run-1");
        Shop second = shop("run-2")) {
      first.open(1, 10);
      assertThat(second.open(1, 10)).contains("Failed", "another run of Faultline");
      assertThat(second.table()).isEqualTo(new Answer.TableIs(Owner.ANOTHER_RUN));
      assertThat(second.drop()).contains("stays");
      assertThat(first.table()).isEqualTo(new Answer.TableIs(Owner.OURS));
    }
    try (Shop again = shop("run-1")) {
      assertThat(again.drop()).as("by who finds the run dead").contains("dropped");
    }
  }

  @Test
  void aWriteThatIsLateHasNoEffectOnceTheLedgerIsDropped() throws Exception {
    LedgerStore store = etcd(node.endpoint()).ledger("run-1");
    store.make(PATIENCE);
    try (LedgerStore.Pen pen = store.pen(0, PATIENCE)) {
      pen.begin();
      assertThat(pen.write(0)).isEmpty();
      assertThat(store.drop(PATIENCE)).isEqualTo(Owner.OURS);
      assertThat(pen.write(1)).hasValueSatisfying(why -> assertThat(why).contains("has changed"));
    }
    assertThat(node.count(MARK, END)).isZero();
  }

  @Test
  void aClientThatRepeatsItsNumberLosesNothing() throws Exception {
    try (Shop shop = shop("run-1")) {
      shop.open(Shop.ledger(1, 50, Ledger.OnError.RETRY));
      Await.until("some are written", () -> shop.now().acknowledged() > 10);
      node.kill();
      Await.until("a write failed", () -> shop.now().failed() > 0);
      node.start();
      long before = shop.now().acknowledged();
      Await.until("it goes on", () -> shop.now().acknowledged() > before + 10);
      assertThat(shop.tally().lost()).isZero();
      assertThat(shop.tally().unknown()).isZero();
      shop.drop();
    }
  }

  @Test
  void itKnowsNoSqlAndTakesNoFailover() throws Exception {
    EtcdDatabase etcd = etcd(node.endpoint());
    try (Shop shop = Shop.of("run-1", etcd)) {
      assertThat(shop.select("select 1", PATIENCE).words()).contains("an etcd, which knows no SQL");
    }
    assertThat(etcd.failOver(new Action.FailOver("shop", "", FailoverKind.CRASH)).detail())
        .contains("chooses its leader itself");
  }

  private static String key(int writer, long number) {
    return "faultline_ledger/run-1/%d/%010d".formatted(writer, number);
  }
}
