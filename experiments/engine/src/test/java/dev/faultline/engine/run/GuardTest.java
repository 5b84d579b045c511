package dev.faultline.engine.run;

import static dev.faultline.engine.run.SimulatedRunTest.FREEZE;
import static dev.faultline.engine.run.Simulation.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Outcome;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault is not left without the fuse that was to guard it. */
final class GuardTest {

  @TempDir Path root;

  @Test
  void aFaultWhoseFuseIsGoneBeforeItsEffectIsTakenBackAtOnce() throws Exception {
    Simulation sim = new Simulation(root);
    sim.world.process("db").series("errors", () -> 0);
    sim.world.twistAction(
        told -> {
          if (told.describe().equals("send SIGSTOP to db")) {
            sim.world.apply(new Action.DisarmFuse("freeze-db.db"));
          }
          return Optional.empty();
        });

    Result result = sim.run(FREEZE);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(reasons(result)).anyMatch(reason -> reason.contains("fuse freeze-db.db: not armed"));
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void aLeaseThatCannotBeRenewedEndsTheRunBeforeItsFuseDoes() throws Exception {
    Simulation sim = new Simulation(root);
    sim.world.process("db").series("errors", () -> 0);
    sim.world.twistAction(
        told ->
            told instanceof Action.RenewLease && sim.now() > 4
                ? Optional.of(new Effect.Failed("read-only"))
                : Optional.empty());

    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(reasons(result)).anyMatch(reason -> reason.contains("can no longer be renewed"));
    assertThat(sim.world.fired()).isEmpty();
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void aFaultWhoseFuseIsLostLaterIsTakenBackToo() throws Exception {
    Simulation sim = new Simulation(root);
    sim.world.process("db").series("errors", () -> 0);
    sim.world.twistAction(
        told ->
            told instanceof Action.RenewLease && sim.now() > 4
                ? Optional.of(new Effect.Superseded("fuse freeze-db.db is gone"))
                : Optional.empty());

    Result result = sim.run(FREEZE);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(reasons(result)).anyMatch(reason -> reason.contains("lost its guard"));
    assertThat(sim.world.residue()).isEmpty();
  }
}
