package dev.faultline.environment.lab;

import static dev.faultline.environment.lab.LabKit.identity;
import static dev.faultline.environment.lab.LabKit.lab;
import static dev.faultline.environment.lab.LabKit.place;
import static dev.faultline.environment.lab.LabKit.processesMentioning;
import static dev.faultline.environment.lab.LabKit.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.environment.Await;
import dev.faultline.environment.lab.LabKit.Told;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClockReading;
import dev.faultline.model.world.ClockShift;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Sighting.Kind;
import dev.faultline.model.world.Wiring;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clocks of real processes of Java, which tell their time in the dates of their answers. */
class LabClockTest {

  private static final ClockShift AHEAD = new ClockShift(7200);
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Query STATUS = new Query.ClockStatus("web");

  private final Told told = new Told();
  private Optional<LabHabitat> habitat = Optional.empty();

  @TempDir private Path folder;

  private LabHabitat started(Lab lab) throws Exception {
    assumeTrue(FakeTime.find().isPresent(), "needs libfaketime");
    LabHabitat started = new LabHabitat(lab, List.of(), Wiring.NONE, place(folder), told::accept);
    habitat = Optional.of(started);
    started.prepare();
    return started;
  }

  @AfterEach
  void nothing_is_left() {
    habitat.ifPresent(LabHabitat::close);
    assertThat(processesMentioning(folder)).isEmpty();
  }

  private static ClockReading clock(LabHabitat lab) {
    return ((Answer.ClockIs) lab.ask(STATUS)).reading();
  }

  private static boolean leftBy(ProcessIdentity process) {
    return Files.exists(Path.of("/dev/shm", "faketime_shm_" + process.pid()))
        || Files.exists(Path.of("/dev/shm", "sem.faketime_sem_" + process.pid()));
  }

  @Test
  void a_process_is_started_again_with_another_clock_and_then_with_the_right_one()
      throws Exception {
    LabHabitat lab = started(lab(tiny("web")));
    ProcessIdentity first = identity(lab, "web");
    assertThat(clock(lab).shows(ClockShift.NONE)).isTrue();

    Effect shifted = lab.apply(new Action.ShiftClock("web", AHEAD, LEASE));

    assertThat(shifted).isEqualTo(new Effect.Done("web was started again"));
    ProcessIdentity second = identity(lab, "web");
    assertThat(second).isNotEqualTo(first);
    ClockReading off = clock(lab);
    assertThat(off.ready()).isTrue();
    assertThat(off.set()).isEqualTo(AHEAD);
    assertThat(off.seen().orElseThrow().seconds()).isBetween(7197L, 7203L);

    Effect restored = lab.apply(new Action.RestoreClock("web"));

    assertThat(restored).isEqualTo(new Effect.Done("web was started again"));
    ClockReading right = clock(lab);
    assertThat(right.set()).isEqualTo(ClockShift.NONE);
    assertThat(right.seen().orElseThrow().seconds()).isBetween(-3L, 3L);
    assertThat(lab.apply(new Action.RestoreClock("web")))
        .isEqualTo(new Effect.Done("web has that clock already"));
    assertThat(leftBy(second)).isFalse();
    assertThat(told.words(Kind.DETECTED, Kind.MITIGATED)).isEmpty();
  }

  @Test
  void a_process_that_ends_meanwhile_gets_the_same_clock_again_and_leaves_nothing()
      throws Exception {
    LabHabitat lab = started(lab(tiny("web").restarted(Duration.ZERO)));
    lab.apply(new Action.ShiftClock("web", new ClockShift(-90), LEASE));
    ProcessIdentity second = identity(lab, "web");
    assertThat(leftBy(second)).as("what libfaketime shares").isTrue();

    second.signal(PosixSignal.KILL);

    Await.until(
        "healthy again",
        () ->
            clock(lab).ready()
                && !identity(lab, "web").equals(second)
                && clock(lab).shows(new ClockShift(-90)));
    assertThat(leftBy(second)).isFalse();
    ProcessIdentity third = identity(lab, "web");

    lab.close();

    assertThat(leftBy(third)).isFalse();
    assertThat(clock(lab)).isEqualTo(ClockReading.GONE);
  }

  @Test
  void what_a_lab_that_died_left_is_removed_with_it() throws Exception {
    LabHabitat dead =
        new LabHabitat(lab(tiny("web")), List.of(), Wiring.NONE, place(folder), told::accept);
    Path lab = Files.createDirectories(folder.resolve("run").resolve("lab"));
    ProcessIdentity ended = ended();
    Files.writeString(lab.resolve("web.clock"), ended.pid() + "\n");
    Path shared = Files.createFile(Path.of("/dev/shm", "faketime_shm_" + ended.pid()));
    Path living =
        Files.createFile(Path.of("/dev/shm", "faketime_shm_" + ProcessHandle.current().pid()));
    try {
      Files.writeString(lab.resolve("api.clock"), ProcessHandle.current().pid() + "\n");

      dead.close();

      assertThat(shared).doesNotExist();
      assertThat(living).as("that of a process which lives").exists();
      assertThat(lab).doesNotExist();
    } finally {
      Files.deleteIfExists(living);
      Files.deleteIfExists(shared);
    }
  }

  private static ProcessIdentity ended() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessIdentity identity = ProcessIdentity.of(process.pid()).orElseThrow();
    process.destroyForcibly().waitFor();
    return identity;
  }

  @Test
  void without_libfaketime_or_for_what_is_no_process_of_the_file_it_cannot_be() {
    Lab lab = lab(tiny("web"));
    LabClocks without = new LabClocks(lab, Optional.empty(), _ -> Optional.empty());

    assertThat(without.possible(new Query.ClockPossible("web")))
        .isEqualTo(
            new Answer.ClockCanBe(
                Optional.of(
                    "libfaketime is not installed, by which a process gets another clock; install"
                        + " the package libfaketime")));
    assertThat(without.possible(new Query.ClockPossible("prometheus")).words())
        .contains("only 'processes' of the lab can have another clock");
  }
}
