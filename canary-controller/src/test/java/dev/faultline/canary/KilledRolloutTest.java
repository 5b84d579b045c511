package dev.faultline.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Event;
import dev.faultline.model.world.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rollouts that are killed before or after anything they write or do. Traffic is never left where
 * nobody knows of it: it stays with a canary whose promotion is on disk, and else goes back.
 */
class KilledRolloutTest {

  private static final int STRIDE = 7;

  @TempDir Path root;

  private String spec = RolloutSimulation.SPEC;

  private record Trial(RolloutSimulation world, Path folder, boolean killed) {}

  @Test
  void theNextRunFinishesWhatAKilledRolloutLeftSomewhere() throws Exception {
    killAtEvery(STRIDE);
  }

  @Test
  @Tag("slow")
  void theNextRunFinishesWhatAKilledRolloutLeftAnywhere() throws Exception {
    killAtEvery(1);
  }

  @Test
  void nothingIsMatchedOrMirroredAfterAKilledRollout() throws Exception {
    spec = RolloutSimulation.MIRRORING;
    killAtEvery(2 * STRIDE);
  }

  @Test
  @Tag("slow")
  void nothingIsMatchedOrMirroredWhereverARolloutWasKilled() throws Exception {
    spec = RolloutSimulation.MIRRORING;
    killAtEvery(1);
  }

  private void killAtEvery(int stride) throws Exception {
    int promoted = 0;
    int last = boundaries();
    for (int at = last - 1; at >= 0; at -= stride) {
      Trial trial = killedAt(at);
      assertThat(trial.killed()).as("killed at %d", at).isTrue();

      List<Result> undone = undo(trial);

      boolean kept = promotedOnDisk(trial);
      promoted += kept ? 1 : 0;
      assertThat(trial.world().share()).as("killed at %d of %d", at, last).isEqualTo(kept ? 1 : 0);
      assertThat(trial.world().match()).as("killed at %d of %d", at, last).isEmpty();
      assertThat(trial.world().mirror()).as("killed at %d of %d", at, last).isEmpty();
      assertThat(undone)
          .as("killed at %d", at)
          .allSatisfy(
              result ->
                  assertThat(result.verdict().outcome()).isNotEqualTo(Outcome.UNDO_NOT_PROVEN));
      assertThat(undo(trial)).as("a second undo finds nothing").isEmpty();
    }
    assertThat(promoted).isBetween(1, last / 2);
  }

  /** Between the end of its fuse and the record of its promotion a canary has all traffic. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutAnotherRunTheFuseSendsAllTrafficBack(boolean matches) throws Exception {
    spec = matches ? RolloutSimulation.MIRRORING : RolloutSimulation.SPEC;
    int last = boundaries();
    for (int at = last - 1; at >= 0; at -= STRIDE) {
      Trial trial = killedAt(at);

      trial.world().time.sleep(Duration.ofSeconds(12));
      trial.world().world.ask(new Query.Marks());

      double share = trial.world().share();
      assertThat(trial.world().match()).as("killed at %d", at).isEmpty();
      assertThat(trial.world().mirror()).as("killed at %d", at).isEmpty();
      assertThat(share == 0 || (share == 1 && disarmed(trial))).as("killed at %d", at).isTrue();
    }
  }

  @Test
  void aKilledRolloutThatWasRollingBackIsFinishedToo() throws Exception {
    int last = boundaries(0.4);
    for (int at = last - 1; at >= 0; at -= STRIDE) {
      Trial trial = killedAt(at, 0.4);

      undo(trial);

      assertThat(trial.world().share()).as("killed at %d of %d", at, last).isZero();
    }
  }

  private int boundaries() throws Exception {
    return boundaries(0.01);
  }

  private int boundaries(double canaryBad) throws Exception {
    Mortality immortal = new Mortality(Integer.MAX_VALUE);
    Path folder = Files.createTempDirectory(root, "whole");
    RolloutSimulation whole = new RolloutSimulation(folder, immortal);
    whole.canaryBad = canaryBad;
    whole.run(RolloutSimulation.spec(spec));
    assertThat(immortal.passed()).isGreaterThan(40);
    return immortal.passed();
  }

  private Trial killedAt(int at) throws Exception {
    return killedAt(at, 0.01);
  }

  private Trial killedAt(int at, double canaryBad) throws Exception {
    Path folder = Files.createTempDirectory(root, "killed");
    RolloutSimulation simulation = new RolloutSimulation(folder, new Mortality(at));
    simulation.canaryBad = canaryBad;
    Throwable end = catchThrowable(() -> simulation.run(RolloutSimulation.spec(spec)));
    return new Trial(simulation, folder, end instanceof Mortality.Killed);
  }

  private static List<Result> undo(Trial trial) throws IOException {
    return trial.world().engine(trial.folder(), Mortality.NEVER).undo(Optional.empty(), _ -> {});
  }

  private static boolean promotedOnDisk(Trial trial) throws IOException {
    return trial.world().engine(trial.folder(), Mortality.NEVER).store().all().stream()
        .flatMap(
            run -> {
              try {
                return run.read().entries().stream();
              } catch (IOException unread) {
                throw new AssertionError(unread);
              }
            })
        .anyMatch(entry -> entry.event() instanceof Event.Promoted);
  }

  private static boolean disarmed(Trial trial) {
    return trial.world().world.deeds().stream()
        .anyMatch(deed -> deed.toString().startsWith("disarm fuse"));
  }
}
