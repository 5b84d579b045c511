package dev.faultline.engine.run;

import static dev.faultline.engine.run.Simulation.reasons;
import static dev.faultline.engine.run.Simulation.seconds;
import static dev.faultline.engine.run.Simulation.stops;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.planning.Unplannable;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Tally;
import dev.faultline.model.world.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that keep a ledger while a database loses its primary. */
final class SimulatedLedgerTest {

  private static final String CRASH =
      "{'ledger': {'database': 'db'}, 'gates': [{'name': 'lost', 'ledger': 'lost', 'equals': '0',"
          + " 'when': ['after']}], 'faults': [{'failover': 'crash', 'target': {'database': 'db'}}],"
          + " 'recovery': {'within': '20s'}}";
  private static final String PARTITION =
      CRASH.replace("'crash', 'target'", "'partition', 'for': '5s', 'target'");

  @TempDir Path root;
  private Simulation sim;

  @BeforeEach
  void aDatabase() {
    sim = new Simulation(root);
    sim.world.database("db", Duration.ofSeconds(3)).accounts(_ -> account(0));
  }

  private static Answer account(long lost) {
    return new Answer.LedgerIs(
        new LedgerAccount(
            "db",
            4,
            Instant.EPOCH,
            Instant.EPOCH,
            10,
            10,
            0,
            0,
            Optional.of(new Tally(10 - lost, lost, Duration.ZERO, 0, 0, 0)),
            "",
            List.of(),
            List.of()));
  }

  @Test
  void aLedgerIsOpenedBeforeTheFaultAndDroppedAfterTheAccount() throws Exception {
    Result result = sim.run(CRASH);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds())
        .containsExactly(
            "create faultline_ledger in db; 4 writers write numbered rows, 100/s in all",
            "kill the node of the primary of db",
            "drop faultline_ledger in db");
    assertThat(result.summary().ledger().orElseThrow().acknowledged()).isEqualTo(10);
    assertThat(result.summary().databases())
        .extracting(read -> read.what().state().words())
        .containsExactly("db-1 primary, db-2 standby", "db-1 standby, db-2 primary");
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void aNodeThatIsStillBeingRebuiltIsWaitedFor() throws Exception {
    sim.world.database("db", Duration.ofSeconds(3), Duration.ofSeconds(15));

    assertThat(nodesAtTheEnd(sim.run(CRASH))).isEqualTo("db-1 standby, db-2 primary");
  }

  @Test
  void aNodeThatStaysAwayKeepsNoRunForever() throws Exception {
    sim.world.database("db", Duration.ofSeconds(3), Duration.ofHours(1));

    Result result = sim.run(CRASH);

    assertThat(nodesAtTheEnd(result)).isEqualTo("db-1 gone, db-2 primary");
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.now()).isLessThan(40);
  }

  private static String nodesAtTheEnd(Result result) {
    return result.summary().databases().getLast().what().state().words();
  }

  @Test
  void theMomentOfTheFaultIsThatOfTheCrashAndNotOfTheLedger() throws Exception {
    Result result = sim.run(CRASH);

    assertThat(result.summary().figures().inject().orElseThrow().evidence())
        .contains("failover-db at db");
  }

  @Test
  void aLossFailsTheRunWithoutWaitingForItToHeal() throws Exception {
    sim.world.accounts(now -> account(now.compareTo(seconds(12)) > 0 ? 7 : 0));

    Result result = sim.run(CRASH);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(reasons(result)).containsExactly("gate lost is 7: ledger lost had to be equal to 0");
    assertThat(sim.now()).isLessThan(20);
  }

  @Test
  void aLedgerThatCannotBeReadAtTheEndIsNotGoodNews() throws Exception {
    sim.world.accounts(
        now ->
            now.compareTo(seconds(9)) > 0
                ? new Answer.Unanswered(BlindReason.UNREACHABLE, "connection refused")
                : account(0));

    Result result = sim.run(CRASH);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(result.summary().ledger()).isEmpty();
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void aPartitionIsHealedAtItsTimeAndByAHalt() throws Exception {
    Result result = sim.run(PARTITION);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.world.residue()).isEmpty();

    Simulation halted = new Simulation(root.resolve("halted"));
    halted.world.database("db", Duration.ofSeconds(3)).accounts(_ -> account(0));
    halted.haltAt(9);
    assertThat(halted.run(PARTITION).verdict().outcome()).isEqualTo(Outcome.HALTED);
    assertThat(halted.world.residue()).isEmpty();
  }

  @Test
  void aLedgerThatCannotBeOpenedEndsTheRunBeforeAnythingIsBroken() throws Exception {
    sim.world.twistAction(
        action ->
            action instanceof Action.OpenLedger
                ? Optional.of(new Effect.Failed("permission denied for schema public"))
                : Optional.empty());

    Result result = sim.run(CRASH);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.NOT_READY);
    assertThat(stops(result)).containsExactly(StopReason.BASELINE_UNFIT);
    assertThat(reasons(result).getFirst()).contains("permission denied for schema public");
    assertThat(sim.heard).noneMatch(entry -> entry.event() instanceof Event.FaultBegan);
  }

  @Test
  void aTableThatIsKeptIsAnUndoThatIsNotProven() throws Exception {
    sim.world.twistAction(
        action ->
            action instanceof Action.DropLedger
                ? Optional.of(new Effect.Done("so it says"))
                : Optional.empty());

    Result result = sim.run(CRASH);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.UNDO_NOT_PROVEN);
  }

  @Test
  void aTableOfSomebodyElseIsRefusedBeforeAnything() {
    sim.world.table("db", Answer.Owner.FOREIGN);

    assertThat(unplannable(CRASH)).contains("was not made by Faultline");
    assertThat(sim.deeds()).isEmpty();
  }

  @Test
  void aDatabaseThatIsNotThereIsAnsweredWithThoseThatAre() {
    assertThat(
            unplannable(CRASH.replace("'database': 'db'}, 'gates'", "'database': 'bd'}, 'gates'")))
        .contains("ledger: unknown database 'bd'; did you mean 'db'?");
    sim.heard.clear();
    assertThat(unplannable(CRASH.replace("{'database': 'db'}}", "{'database': 'bd'}}")))
        .contains("unknown database 'bd'; did you mean 'db'?");
  }

  private String unplannable(String spec) {
    try {
      return String.join("\n", reasons(sim.run(spec)));
    } catch (Unplannable refused) {
      return refused.words();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void aStatementIsAGateOfItsOwn() throws Exception {
    sim.world.series("select count(*) from stuck", () -> sim.now() > 8 && sim.now() < 12 ? 3 : 0);
    String gate =
        "{'name': 'stuck', 'sql': {'database': 'db', 'select': 'select count(*) from stuck'},"
            + " 'equals': '0'}";

    Result result = sim.run(CRASH.replace("'gates': [", "'gates': [" + gate + ", "));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(result.summary().figures().impact().orElseThrow().evidence())
        .contains("gate stuck: 3");
  }

  @Test
  void theJournalOfADeadRunStillDropsTheTable() throws Exception {
    sim.world.twistQuery(
        query -> {
          if (query instanceof Query.LedgerStatus) {
            throw new OutOfMemoryError("made up");
          }
          return Optional.empty();
        });
    try {
      sim.run(CRASH);
    } catch (OutOfMemoryError died) {
      assertThat(died).hasMessage("made up");
    }

    sim.engine.undo(Optional.empty(), _ -> {});

    assertThat(sim.world.residue()).isEmpty();
  }
}
