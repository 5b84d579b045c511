package dev.faultline.environment.hands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Action.ArmFuse;
import dev.faultline.model.world.Action.DisarmFuse;
import dev.faultline.model.world.Action.RenewLease;
import dev.faultline.model.world.Action.RunCommand;
import dev.faultline.model.world.Action.SendSignal;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Query.FuseStatus;
import dev.faultline.model.world.Query.ProcessStatus;
import dev.faultline.node.FuseProcess;
import dev.faultline.node.FuseProcesses;
import dev.faultline.node.Lease;
import dev.faultline.node.LeaseState;
import dev.faultline.node.PosixSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FusesTest {

  private static final Duration PATIENT = Duration.ofMinutes(10);
  private static final Duration HASTY = Duration.ofMillis(300);

  @TempDir private Path folder;
  private final String runId = "test-" + UUID.randomUUID();
  @AutoClose private final Victims victims = new Victims();
  @AutoClose private Hands hands;
  @AutoClose private Hands later;

  @BeforeEach
  void open() {
    hands = Victims.hands(Victims.place(folder, runId));
    later = Victims.hands(Victims.place(folder, runId));
  }

  @AfterEach
  void leaveNothing() {
    FuseProcesses.find(runId).forEach(fuse -> victims.ref(fuse.identity().pid()));
  }

  @Test
  void aDisarmedFuseIsGoneAndHasDoneNothing() throws Exception {
    ProcessRef frozen = frozen();
    assertThat(hands.apply(thaw("f", frozen, PATIENT))).isInstanceOf(Effect.Done.class);
    assertThat(armed(hands, "f")).isTrue();

    assertThat(hands.apply(new DisarmFuse("f"))).isEqualTo(new Effect.Done("fuse f is disarmed"));

    assertThat(armed(hands, "f")).isFalse();
    assertThat(FuseProcesses.find(runId)).isEmpty();
    assertThat(state(frozen)).isEqualTo(ProcessState.STOPPED);
    assertThat(hands.apply(new DisarmFuse("f"))).isEqualTo(new Effect.Done("fuse f was not armed"));
  }

  @Test
  void oneFuseIsDisarmedAlone() throws Exception {
    ProcessRef frozen = frozen();
    hands.apply(thaw("f", frozen, PATIENT));
    hands.apply(thaw("g", frozen, PATIENT));

    hands.apply(new DisarmFuse("f"));

    assertThat(armed(hands, "f")).isFalse();
    assertThat(armed(hands, "g")).isTrue();
    hands.apply(new DisarmFuse("g"));
  }

  @Test
  void withoutRenewalItThaws() throws Exception {
    ProcessRef frozen = frozen();
    hands.apply(thaw("f", frozen, HASTY));

    Await.until("thaw", () -> state(frozen) == ProcessState.RUNNING);
    Await.until("end", () -> !armed(hands, "f"));

    Await.until("end", () -> FuseProcesses.find(runId).isEmpty());
    assertThat(hands.apply(new RenewLease())).isInstanceOf(Effect.Superseded.class);
    for (Hands who : List.of(hands, later)) {
      assertThat(who.apply(new DisarmFuse("f")))
          .isInstanceOfSatisfying(
              Effect.Superseded.class,
              fired ->
                  assertThat(fired.detail())
                      .startsWith("fuse f had fired (its lease was not renewed): signal CONT"));
    }
  }

  @Test
  void itRunsAProgramInTheFolderOfTheFileWithItsVariables() throws Exception {
    RunCommand undo =
        new RunCommand(
            List.of(
                "sh",
                "-c",
                "echo \"$FAULTLINE_RUN $1\" > undone.part; mv undone.part undone",
                "sh",
                "a'b\" $(x) ${port}"),
            Duration.ofSeconds(20));

    assertThat(hands.apply(new ArmFuse("f", List.of(undo), HASTY))).isInstanceOf(Effect.Done.class);

    Await.until("undo", () -> Files.exists(folder.resolve("undone")));
    assertThat(folder.resolve("undone")).hasContent(runId + " a'b\" $(x) 8080");
    hands.apply(new DisarmFuse("f"));
  }

  @Test
  void aLaterProcessSeesAndDisarmsTheFuseOfADeadOne() throws Exception {
    ProcessRef frozen = frozen();
    hands.apply(thaw("f", frozen, PATIENT));
    hands.close();

    assertThat(armed(later, "f")).isTrue();
    assertThat(later.apply(new DisarmFuse("f"))).isEqualTo(new Effect.Done("fuse f is disarmed"));

    assertThat(armed(later, "f")).isFalse();
    assertThat(FuseProcesses.find(runId)).isEmpty();
    assertThat(state(frozen)).isEqualTo(ProcessState.STOPPED);
  }

  @Test
  void theFuseOfAnotherRunIsLeftAlone(@TempDir Path elsewhere) throws Exception {
    hands.apply(thaw("f", frozen(), PATIENT));
    try (Hands other = Victims.hands(Victims.place(elsewhere, runId));
        Hands another = Victims.hands(Victims.place(folder, runId + "x"))) {
      for (Hands stranger : List.of(other, another)) {
        assertThat(armed(stranger, "f")).isFalse();
        assertThat(stranger.apply(new DisarmFuse("f")))
            .isEqualTo(new Effect.Done("fuse f was not armed"));
      }
    }
    assertThat(armed(hands, "f")).isTrue();
    hands.apply(new DisarmFuse("f"));
  }

  @Test
  void renewingMovesEveryLease() throws Exception {
    ProcessRef frozen = frozen();
    hands.apply(thaw("f", frozen, PATIENT));
    hands.apply(thaw("g", frozen, PATIENT));
    List<LeaseState> before = leases();

    assertThat(hands.apply(new RenewLease())).isEqualTo(new Effect.Done("renewed 2 leases"));

    assertThat(leases()).hasSize(2).doesNotContainAnyElementsOf(before);
    hands.apply(new DisarmFuse("f"));
    hands.apply(new DisarmFuse("g"));
    assertThat(hands.apply(new RenewLease())).isEqualTo(new Effect.Done("renewed 0 leases"));
  }

  @Test
  void aFuseThatWasKilledIsNotInForceAndRenewingTells() throws Exception {
    hands.apply(thaw("f", frozen(), PATIENT));
    FuseProcess fuse = FuseProcesses.find(runId).getFirst();

    OwnFuse.kill(fuse.identity());

    assertThat(armed(hands, "f")).isFalse();
    assertThat(hands.apply(new RenewLease()))
        .isEqualTo(new Effect.Superseded("fuse f is gone; it did not fire"));
  }

  @Test
  void aFuseThatIsStoppedIsNotInForceAndCanBeDisarmed() throws Exception {
    hands.apply(thaw("f", frozen(), PATIENT));
    FuseProcess fuse = FuseProcesses.find(runId).getFirst();
    fuse.identity().signal(PosixSignal.STOP);

    Await.until("stop", () -> !armed(hands, "f"));
    assertThat(hands.apply(new DisarmFuse("f"))).isInstanceOf(Effect.Done.class);
    assertThat(FuseProcesses.find(runId)).isEmpty();
  }

  @Test
  void armingAgainIsDoneOnceAndUnderAnotherMeaningRefused() throws Exception {
    ArmFuse fuse = thaw("f", frozen(), PATIENT);
    hands.apply(fuse);

    assertThat(hands.apply(fuse)).isEqualTo(new Effect.Done("fuse f was armed already"));
    assertThat(hands.apply(thaw("f", frozen(), PATIENT))).isInstanceOf(Effect.Failed.class);
    assertThat(FuseProcesses.find(runId)).hasSize(1);

    hands.apply(new DisarmFuse("f"));
    assertThat(hands.apply(fuse)).isInstanceOf(Effect.Done.class);
    assertThat(armed(hands, "f")).isTrue();
    hands.apply(new DisarmFuse("f"));
  }

  @Test
  void whatAFuseCannotDoIsRefusedBeforeAnythingStarts() throws Exception {
    for (ArmFuse impossible :
        List.of(
            new ArmFuse("f", List.of(new Action.StopLoad()), PATIENT),
            new ArmFuse("f", List.of(), PATIENT),
            new ArmFuse("../f", List.of(new RunCommand(List.of("true"), HASTY)), PATIENT),
            new ArmFuse("f", List.of(new RunCommand(List.of("${nothing}"), HASTY)), PATIENT),
            new ArmFuse("f", List.of(new RunCommand(List.of("true"), HASTY)), Duration.ZERO))) {
      assertThat(hands.apply(impossible)).isInstanceOf(Effect.Failed.class);
    }
    assertThat(FuseProcesses.find(runId)).isEmpty();
    assertThat(leases()).isEmpty();
  }

  private ProcessRef frozen() throws Exception {
    ProcessRef sleeper = victims.sleeper();
    hands.apply(new SendSignal(sleeper, ProcessSignal.STOP));
    Await.until("stop", () -> state(sleeper) == ProcessState.STOPPED);
    return sleeper;
  }

  private static ArmFuse thaw(String name, ProcessRef process, Duration lease) {
    return new ArmFuse(name, List.of(new SendSignal(process, ProcessSignal.CONT)), lease);
  }

  private ProcessState state(ProcessRef process) {
    return ((Answer.ProcessIs) later.ask(new ProcessStatus(process))).state();
  }

  private static boolean armed(Hands hands, String name) {
    return ((Answer.FuseIs) hands.ask(new FuseStatus(name))).armed();
  }

  private List<LeaseState> leases() throws Exception {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".lease"))
          .sorted()
          .map(Lease::read)
          .toList();
    }
  }
}
