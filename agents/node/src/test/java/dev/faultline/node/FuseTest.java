package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuseTest {

  private static final Duration STALE = Duration.ofMillis(500);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration ARMING = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path folder;
  @AutoClose private final Victims victims = new Victims();
  private final String runId = "test-" + UUID.randomUUID();
  private final Lease lease;

  FuseTest(@TempDir Path leases) throws IOException {
    lease = Lease.create(leases.resolve("lease"));
  }

  @BeforeEach
  void nothingOfThisRunIsThereYet() {
    assertThat(FuseProcesses.find(runId)).isEmpty();
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    for (FuseProcess fuse : FuseProcesses.find(runId)) {
      victims.track(fuse.identity());
    }
    victims.close();
    lease.close();
  }

  @Test
  void itFiresWhenTheControllerIsKilled() throws Exception {
    ProcessIdentity victim = victims.sleeper();
    Process controller = controllerOf(victim);

    controller.destroyForcibly();

    Await.state(victim, ProcessState.RUNNING);
    assertFired(controllerLease(), "freeze", Fired.Cause.STALE);
  }

  @Test
  void itSurvivesTheKillingOfTheControllersWholeProcessGroup() throws Exception {
    ProcessIdentity victim = victims.sleeper();
    Process controller = controllerOf(victim, "setsid");

    new ProcessBuilder("kill", "-s", "KILL", "--", "-" + controller.pid()).start().waitFor();

    Await.state(victim, ProcessState.RUNNING);
  }

  @Test
  void itFiresWhenTheControllerIsStopped() throws Exception {
    ProcessIdentity victim = victims.sleeper();
    Process controller = controllerOf(victim);

    ProcessIdentity.of(controller.pid()).orElseThrow().signal(PosixSignal.STOP);

    Await.state(victim, ProcessState.RUNNING);
    assertThat(controller.isAlive()).isTrue();
  }

  @Test
  void itDoesNotFireWhileTheLeaseIsRenewed() throws Exception {
    Path trace = folder.resolve("trace");
    Armed fuse = arm(STALE, touch(trace));
    long end = System.nanoTime() + STALE.multipliedBy(5).toNanos();
    while (System.nanoTime() < end) {
      lease.renew();
      Thread.onSpinWait();
    }

    assertThat(fuse.inForce()).isTrue();
    assertThat(trace).doesNotExist();
    Await.state(fuse.identity(), ProcessState.GONE);
    assertThat(trace).as("once nobody renews any more").exists();
  }

  @Test
  void itEndsWithoutActingWhenTheLeaseIsReleased() throws Exception {
    Path trace = folder.resolve("trace");
    Armed fuse = arm(LONG, touch(trace));

    lease.release();

    Await.state(fuse.identity(), ProcessState.GONE);
    assertThat(trace).doesNotExist();
    assertThat(fuse.fired()).isEmpty();
  }

  @Test
  void itFiresWhenTheLeaseFileIsRemoved() throws Exception {
    Path trace = folder.resolve("trace");
    Armed fuse = arm(LONG, touch(trace));

    Files.delete(lease.path());

    Await.state(fuse.identity(), ProcessState.GONE);
    assertThat(trace).exists();
    assertFired(lease.path(), "fault", Fired.Cause.LEASE_GONE);
  }

  @Test
  void itFiresWhenTheLeaseTellsNothingAnyMore() throws Exception {
    Path trace = folder.resolve("trace");
    Armed fuse = arm(STALE, touch(trace));

    Files.writeString(lease.path(), "rubbish");

    Await.state(fuse.identity(), ProcessState.GONE);
    assertThat(trace).exists();
    assertFired(lease.path(), "fault", Fired.Cause.STALE);
  }

  @Test
  void itFiresAtOnceWhenItIsTold() throws Exception {
    Path trace = folder.resolve("trace");
    Armed fuse = arm(Duration.ofHours(1), touch(trace));

    assertThat(fuse.undoNow()).isEqualTo(new SignalResult.Sent());

    Await.state(fuse.identity(), ProcessState.GONE);
    assertThat(trace).exists();
    assertFired(lease.path(), "fault", Fired.Cause.TERMINATED);
    assertThat(fuse.undoNow()).isEqualTo(new SignalResult.Gone());
  }

  @Test
  void whatIsReleasedIsNotUndoneByATermEither() throws Exception {
    Path trace = folder.resolve("trace");
    Armed fuse = arm(LONG, touch(trace));
    fuse.identity().signal(PosixSignal.STOP);
    Await.state(fuse.identity(), ProcessState.STOPPED);

    lease.release();
    fuse.undoNow();

    Await.state(fuse.identity(), ProcessState.GONE);
    assertThat(trace).doesNotExist();
  }

  @Test
  void aFuseThatWasStoppedItselfDoesNotBlameALivingController() throws Exception {
    Path trace = folder.resolve("trace");
    Armed fuse = arm(STALE, touch(trace));
    fuse.identity().signal(PosixSignal.STOP);
    Await.state(fuse.identity(), ProcessState.STOPPED);
    assertThat(fuse.inForce()).isFalse();
    long end = System.nanoTime() + STALE.multipliedBy(3).toNanos();
    Await.until("several periods have passed", () -> System.nanoTime() > end);

    fuse.identity().signal(PosixSignal.CONT);
    long renewed = System.nanoTime() + STALE.multipliedBy(2).toNanos();
    while (System.nanoTime() < renewed) {
      lease.renew();
    }

    assertThat(fuse.inForce()).isTrue();
    assertThat(trace).doesNotExist();
  }

  @Test
  void aTermDuringTheUndoDoesNotCutItShort() throws Exception {
    Path begun = folder.resolve("begun");
    Path go = folder.resolve("go");
    Path trace = folder.resolve("trace");
    Armed fuse =
        arm(
            LONG,
            run(
                "sh",
                "-c",
                "touch \"$1\"; until [ -e \"$2\" ]; do sleep 0.01; done",
                "sh",
                begun.toString(),
                go.toString()),
            touch(trace));
    Files.delete(lease.path());
    Await.until("the undo has begun", () -> Files.exists(begun));

    fuse.undoNow();
    Files.createFile(go);

    Await.state(fuse.identity(), ProcessState.GONE);
    assertThat(trace).exists();
    assertFired(lease.path(), "fault", Fired.Cause.LEASE_GONE);
  }

  @Test
  void aFailedActionIsRepeatedAndHoldsUpNoOther() throws Exception {
    Path count = folder.resolve("count");
    Path trace = folder.resolve("trace");
    String third = "echo x >> \"$1\"; [ $(wc -l < \"$1\") -ge 3 ]";
    Armed fuse =
        arm(
            LONG,
            run("false"),
            run("no-such-program"),
            new FuseAction.Run(List.of("sleep", "600"), Map.of(), Duration.ofMillis(50)),
            run("sh", "-c", third, "sh", count.toString()),
            touch(trace));

    fuse.undoNow();
    Await.state(fuse.identity(), ProcessState.GONE);

    assertThat(trace).exists();
    List<Fired.Outcome> outcomes = fuse.fired().orElseThrow().outcomes();
    assertThat(outcomes.stream().map(Fired.Outcome::done))
        .containsExactly(false, false, false, true, true);
    assertThat(outcomes.stream().map(Fired.Outcome::attempts)).containsExactly(3, 3, 3, 3, 1);
    assertThat(outcomes.get(0).detail()).isEqualTo("run false with 0 arguments: exit 1");
    assertThat(outcomes.get(1).detail()).contains("Cannot run program");
    assertThat(outcomes.get(2).detail()).endsWith("killed after 50 ms");
  }

  @Test
  void argumentsAndVariablesReachTheProgramUntouched() throws Exception {
    Path out = folder.resolve("out");
    List<String> odd = List.of("a b", "'\"", "$(touch /tmp/x)", "x\ny", "", "-n", "*", "ü", "\\");
    List<String> argv =
        new ArrayList<>(
            List.of("sh", "-c", "printf '%s|' \"$ODD\" \"$PWD\" \"$@\" > \"$OUT\"", "sh"));
    argv.addAll(odd);
    Map<String, String> variables = Map.of("ODD", "$(id) \n'ü", "OUT", out.toString());
    Armed fuse = arm(LONG, new FuseAction.Run(argv, variables, LONG));

    fuse.undoNow();
    Await.state(fuse.identity(), ProcessState.GONE);

    assertThat(out).hasContent("$(id) \n'ü|/|" + String.join("|", odd) + "|");
  }

  @Test
  void onlyTheOwnerMayReadWhatItDid() throws Exception {
    Armed fuse = arm(LONG, run("true"));

    fuse.undoNow();
    Await.state(fuse.identity(), ProcessState.GONE);

    Path file = Fired.path(lease.path(), "fault");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "faultline-fired 1 TERMINATED", "done attempts=1 run true with 0 arguments: exit 0");
  }

  @Test
  void itIsFoundByItsRun() throws Exception {
    Armed fuse = arm(LONG, run("true"));

    FuseProcess expected = new FuseProcess(fuse.identity(), runId, "fault", lease.path());
    assertThat(FuseProcesses.find(runId)).containsExactly(expected);
    assertThat(FuseProcesses.findAll()).contains(expected);
    assertThat(FuseProcesses.find("another-run")).isEmpty();
    lease.release();
    Await.until("nothing is found", () -> FuseProcesses.find(runId).isEmpty());
  }

  @Test
  void itUsesNoStandardStreamOnceItIsArmed() throws Exception {
    Armed fuse = arm(LONG, run("true"));
    Path descriptors = Path.of("/proc/" + fuse.identity().pid() + "/fd");

    for (String number : List.of("0", "1", "2")) {
      Await.until(
          "descriptor " + number + " is /dev/null",
          () -> Files.readSymbolicLink(descriptors.resolve(number)).equals(Path.of("/dev/null")));
    }
  }

  @Test
  void itActsAlthoughItsClassesHaveBeenRemovedMeanwhile() throws Exception {
    Path classes = folder.resolve("classes");
    Path original = Path.of(FuseLauncher.likeThisProcess().classPath());
    new ProcessBuilder("cp", "-r", original.toString(), classes.toString()).start().waitFor();
    ProcessIdentity victim = victims.sleeper();
    Path trace = folder.resolve("trace");
    Armed fuse =
        new FuseLauncher(FuseLauncher.likeThisProcess().java(), classes.toString())
            .start(
                order(
                    STALE,
                    new FuseAction.Signal(victim, PosixSignal.KILL),
                    run("false"),
                    touch(trace)),
                ARMING);
    new ProcessBuilder("rm", "-r", classes.toString()).start().waitFor();
    assertThat(classes).doesNotExist();

    Await.state(fuse.identity(), ProcessState.GONE);

    assertThat(fuse.fired().orElseThrow().outcomes())
        .extracting(Fired.Outcome::detail)
        .containsExactly(
            "signal KILL to " + victim.text() + ": sent",
            "run false with 0 arguments: exit 1",
            "run touch with 1 arguments: exit 0");
    Await.state(victim, ProcessState.GONE);
    assertThat(trace).exists();
  }

  @Test
  void itIsNotArmedWithoutALeaseThatIsHeld() throws Exception {
    lease.release();

    assertThatThrownBy(() -> arm(LONG, run("true")))
        .isInstanceOf(FuseStartException.class)
        .hasMessageContaining("the lease is not held");
  }

  private Process controllerOf(ProcessIdentity victim, String... prefix) throws IOException {
    Process controller =
        victims.java(
            List.of(prefix),
            FuseController.class,
            victim.text(),
            controllerLease().toString(),
            runId);
    BufferedReader lines = controller.inputReader();
    victims.read(lines);
    assertThat(lines.readLine()).isEqualTo("renewing");
    Await.state(victim, ProcessState.STOPPED);
    return controller;
  }

  private Path controllerLease() {
    return folder.resolve("controller-lease");
  }

  private Armed arm(Duration stale, FuseAction... actions) throws IOException {
    Armed fuse = FuseLauncher.likeThisProcess().start(order(stale, actions), ARMING);
    victims.track(fuse.identity());
    return fuse;
  }

  private FuseOrder order(Duration stale, FuseAction... actions) {
    return new FuseOrder(runId, "fault", lease.path(), stale, POLL, Arrays.asList(actions));
  }

  private static FuseAction touch(Path file) {
    return run("touch", file.toString());
  }

  private static FuseAction run(String... argv) {
    return new FuseAction.Run(Stream.of(argv).toList(), Map.of(), LONG);
  }

  private static void assertFired(Path lease, String fault, Fired.Cause cause) throws IOException {
    Path file = Fired.path(lease, fault);
    Await.until(file + " is there", () -> Files.exists(file));
    Fired fired = Fired.read(file).orElseThrow();
    assertThat(fired.cause()).isEqualTo(cause);
    assertThat(fired.allDone()).isTrue();
  }
}
