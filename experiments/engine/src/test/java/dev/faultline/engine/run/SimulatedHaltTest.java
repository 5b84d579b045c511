package dev.faultline.engine.run;

import static dev.faultline.engine.run.SimulatedRunTest.FREEZE;
import static dev.faultline.engine.run.Simulation.phases;
import static dev.faultline.engine.run.Simulation.reasons;
import static dev.faultline.engine.run.Simulation.seconds;
import static dev.faultline.engine.run.Simulation.stops;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run ends soon after it is told to, whatever it is doing, and leaves nothing. */
final class SimulatedHaltTest {

  @TempDir Path root;
  private Simulation sim;

  @BeforeEach
  void aWorld() {
    sim = new Simulation(root);
    sim.world.process("db").process("web").series("errors", () -> 0);
  }

  private void whenTold(String action, Supplier<Optional<Effect>> twist) {
    sim.world.twistAction(told -> told.describe().equals(action) ? twist.get() : Optional.empty());
  }

  private void assertHalted(Result result) {
    assertThat(result.verdict().outcome()).as("%s", result.verdict()).isEqualTo(Outcome.HALTED);
    assertThat(sim.world.residue()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05, 1, 2.05, 2.1, 4, 12.1, 12.2, 13})
  void aRunCanBeHaltedAtAnyTime(double seconds) throws Exception {
    sim.haltAt(seconds);
    Result result = sim.run(FREEZE);
    assertHalted(result);
    assertThat(sim.now()).isLessThan(seconds + 1);
    assertThat(phases(result)).endsWith(Phase.CLOSED);
  }

  @Test
  void aRunCanBeHaltedTwice() throws Exception {
    sim.haltAt(5);
    sim.haltAt(5.01);
    Result result = sim.run(FREEZE);
    assertHalted(result);
    assertThat(stops(result)).containsExactly(StopReason.HALTED, StopReason.HALTED);
    assertThat(reasons(result)).containsExactly("Ctrl-C");
  }

  @Test
  void aHaltCutsThePreparationShort() throws Exception {
    sim.world.preparing(() -> sim.time.sleep(seconds(60)));
    sim.haltAt(5);
    assertHalted(sim.run(FREEZE));
    assertThat(sim.now()).isBetween(5.0, 5.1);
    assertThat(sim.deeds()).isEmpty();
  }

  @Test
  void aHaltCutsARecoveryShortThatAnAbortBegan() throws Exception {
    sim.world.series("errors", () -> sim.now() > 4 ? 1 : 0);
    sim.haltAt(8);
    assertHalted(sim.run(FREEZE));
    assertThat(sim.now()).isLessThan(9);
  }

  @Test
  void aHaltWhileAFaultBeginsTakesItBack() throws Exception {
    whenTold(
        "send SIGSTOP to db",
        () -> {
          sim.time.sleepDeaf(seconds(7));
          return Optional.empty();
        });
    sim.haltAt(5);
    Result result = sim.run(FREEZE);
    assertHalted(result);
    assertThat(sim.deeds())
        .containsSubsequence(
            "send SIGSTOP to db", "send SIGCONT to db", "disarm fuse freeze-db.db");
    assertThat(result.folder().read().whole()).isTrue();
  }

  @Test
  void aGateThatStaysSlowIsHaltedAtOnce() throws Exception {
    sim.world.twistQuery(
        query -> {
          if (query instanceof Query.PromInstant && sim.now() > 3) {
            sim.time.sleepDeaf(Duration.ofHours(1));
          }
          return Optional.empty();
        });
    sim.haltAt(5);
    assertHalted(sim.run(FREEZE));
    assertThat(sim.now()).isLessThan(6);
  }
}
