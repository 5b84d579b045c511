package dev.faultline.engine.run;

import static dev.faultline.engine.run.SimulatedRunTest.FREEZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.engine.journal.FileGuard;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Event;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.NetworkPlace;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Strain;
import dev.faultline.model.world.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine makes of runs that ended without their end. */
final class DeadRunTest {

  private static final ProcessRef DB = new ProcessRef("db", "db:0");

  @TempDir Path root;
  private Simulation sim;
  private RunFolder run;

  @BeforeEach
  void aRunThatWasKilledWhileItsFaultWasInForce() throws Exception {
    sim = new Simulation(root);
    sim.world.process("db").process("web").series("errors", () -> 0);
    run = sim.run(FREEZE).folder();
    keep(event -> !(event instanceof Event.UndoIntended), "");
    sim.world.carryOut(new Action.SendSignal(DB, ProcessSignal.STOP));
    sim.world.carryOut(
        new Action.ArmFuse(
            "freeze-db.db",
            List.of(new Action.SendSignal(DB, ProcessSignal.CONT)),
            Duration.ofHours(1)));
    assertThat(sim.world.residue()).containsExactly("frozen db", "fuse freeze-db.db");
  }

  /** Cuts the journal off at the first event that does not pass, and puts something there. */
  private void keep(Predicate<Event> passes, String end) throws IOException {
    long kept =
        run.read().entries().stream().takeWhile(entry -> passes.test(entry.event())).count();
    List<String> lines = Files.readAllLines(run.journal()).subList(0, (int) kept);
    Files.writeString(run.journal(), lines.isEmpty() ? end : String.join("\n", lines) + "\n" + end);
  }

  private List<Result> undo() throws IOException {
    return sim.engine.undo(Optional.empty(), _ -> {});
  }

  private static List<Outcome> outcomes(List<Result> results) {
    return results.stream().map(result -> result.verdict().outcome()).toList();
  }

  @Test
  void anUndoFinishesItAndASecondOneFindsNothing() throws Exception {
    assertThat(outcomes(undo())).containsExactly(Outcome.HALTED);
    assertThat(sim.world.residue()).isEmpty();
    assertThat(run.read().whole()).isTrue();
    assertThat(undo()).isEmpty();
  }

  @Test
  void theNextRunFinishesItFirst() throws Exception {
    sim.heard.clear();
    Result next =
        sim.engine.run(
            Simulation.experiment(FREEZE), new Options(false, Optional.empty(), 1), _ -> {});
    assertThat(next.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(undo()).isEmpty();
  }

  @Test
  void noRunBeginsWhileTheUndoOfAnotherIsNotProven() throws Exception {
    sim.world.twistAction(
        action ->
            action.describe().equals("send SIGCONT to db")
                ? Optional.of(new Effect.Failed("no"))
                : Optional.empty());
    assertThatThrownBy(() -> sim.run(FREEZE))
        .isInstanceOfSatisfying(
            Unplannable.class,
            none -> assertThat(none.outcome()).isEqualTo(Outcome.UNDO_NOT_PROVEN));
    assertThat(sim.world.residue()).contains("fuse freeze-db.db");
  }

  @Test
  void aRunThatIsOnIsLeftAlone() throws Exception {
    try (FileGuard _ = sim.store.lock(run).orElseThrow()) {
      assertThat(undo()).isEmpty();
    }
    assertThat(undo()).hasSize(1);
  }

  @Test
  void whatADamagedJournalDoesNotNameIsFoundByItsMark() throws Exception {
    keep(event -> !(event instanceof Event.StepIntended), "{\"crc\":\"damaged\"}\n");
    assertThat(outcomes(undo())).containsExactly(Outcome.HALTED);
    assertThat(sim.world.fired()).containsExactly("freeze-db.db");
    assertThat(sim.world.residue()).isEmpty();
    assertThat(undo()).isEmpty();
  }

  @Test
  void whatHoldsSomethingOrDisturbsPacketsIsFoundByItsMarkToo() throws Exception {
    keep(event -> !(event instanceof Event.StepIntended), "{\"crc\":\"damaged\"}\n");
    sim.world.carryOut(
        new Action.HoldStrain(
            "busy.cpu", new Strain.Cpu(1, Optional.empty()), Duration.ofHours(1)));
    sim.world.carryOut(
        new Action.DisturbPackets(
            new NetworkPlace("shop", "/run/netns/shop", Optional.empty()),
            "lost",
            new Disturbance.Partition(false),
            Traffic.ALL,
            Direction.BOTH,
            Duration.ofHours(1),
            1));
    assertThat(sim.world.residue()).contains("strain busy.cpu", "disturbed packets of shop lost");

    assertThat(outcomes(undo())).containsExactly(Outcome.HALTED);

    assertThat(sim.world.residue()).isEmpty();
    assertThat(undo()).isEmpty();
  }

  @Test
  void aDamagedJournalInAWorldThatDoesNotAnswerProvesNothing() throws Exception {
    keep(event -> !(event instanceof Event.StepIntended), "{\"crc\":\"damaged\"}\n");
    AtomicBoolean answers = new AtomicBoolean();
    sim.world.twistQuery(
        query ->
            query instanceof Query.Marks && !answers.get()
                ? Optional.of(new Answer.Unanswered(BlindReason.UNREACHABLE, "no /proc"))
                : Optional.empty());
    assertThat(outcomes(undo())).containsExactly(Outcome.UNDO_NOT_PROVEN);
    assertThat(outcomes(undo())).containsExactly(Outcome.UNDO_NOT_PROVEN);
    answers.set(true);
    assertThat(outcomes(undo())).containsExactly(Outcome.HALTED);
    assertThat(sim.world.residue()).isEmpty();
    assertThat(undo()).isEmpty();
  }

  @Test
  void aFuseThatDoesNotFireProvesNothing() throws Exception {
    keep(event -> !(event instanceof Event.StepIntended), "{\"crc\":\"damaged\"}\n");
    sim.world.twistAction(
        action ->
            action instanceof Action.FireFuse
                ? Optional.of(new Effect.Done("so it says"))
                : Optional.empty());
    assertThat(outcomes(undo())).containsExactly(Outcome.UNDO_NOT_PROVEN);
  }

  @Test
  void aJournalWithoutABeginningIsNotPassedOver() throws Exception {
    keep(_ -> false, "{\"crc\":\"damaged\"}\n");
    assertThatThrownBy(this::undo).isInstanceOf(IOException.class).hasMessageContaining("fuses");
  }

  @Test
  void aRunThatDiedBeforeItsFirstEventHasNothingToUndo() throws Exception {
    keep(_ -> false, "");
    assertThat(undo()).isEmpty();
    Files.delete(run.journal());
    assertThat(undo()).isEmpty();
  }

  @Test
  void aWorldThatDoesNotOpenProvesNothing() throws Exception {
    Engine blind =
        new Engine(
            new Means(
                sim.store,
                (_, _, _, _, _) -> {
                  throw new IllegalStateException("no such place");
                },
                Clock.system(),
                Courses.EXPERIMENTS,
                sim.time::workers,
                "h",
                "v"));
    assertThat(outcomes(blind.undo(Optional.empty(), _ -> {})))
        .containsExactly(Outcome.UNDO_NOT_PROVEN);
    undo();
    assertThat(sim.world.residue()).isEmpty();
    Result result =
        blind.run(Simulation.experiment(FREEZE), new Options(false, Optional.empty(), 1), _ -> {});
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INTERNAL_ERROR);
    assertThat(undo()).isEmpty();
  }
}
