package dev.faultline.environment.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Action.OnHost;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Strain;
import dev.faultline.model.world.Target;
import dev.faultline.node.FuseProcesses;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.host.HostMark;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host behind a real server of SSH: whatever is killed, nothing is left there. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class SshHostsTest {

  @TempDir private static Path folder;
  private static Sshd sshd;

  private final String run = "run-" + System.nanoTime();
  private Process sleeper;
  private ProcessIdentity victim;
  private Habitat habitat;

  @BeforeAll
  static void aServer() throws Exception {
    sshd = Sshd.start(folder, "127.0.0.1", Optional.empty());
  }

  @AfterAll
  static void noServer() throws Exception {
    if (sshd != null) {
      sshd.close();
    }
  }

  @BeforeEach
  void aVictim() throws Exception {
    sleeper = new ProcessBuilder("sleep", "600").start();
    victim = ProcessIdentity.of(sleeper.pid()).orElseThrow();
    Files.writeString(folder.resolve("victim.pid"), Long.toString(sleeper.pid()));
    habitat = HostController.open(folder, run);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    habitat.close();
    sleeper.destroyForcibly();
    Await.until("nothing is left on the host", () -> isGone(run));
    Await.until("no program is left on the host", () -> programs().isEmpty());
  }

  /** No holder, no fuse, and the victim goes on. */
  private static boolean isGone(String run) {
    return HostMark.of(run).isEmpty() && FuseProcesses.find(run).isEmpty();
  }

  /** The programs that were delivered into our folder, and run. */
  private static List<ProcessHandle> programs() {
    return withArguments(folder.resolve("there").toString(), RemoteProgram.class.getName());
  }

  private static List<ProcessHandle> withArguments(String... words) {
    return ProcessHandle.allProcesses()
        .filter(
            process -> {
              String line = process.info().commandLine().orElse("");
              return Stream.of(words).allMatch(line::contains);
            })
        .toList();
  }

  private static List<ProcessHandle> clients() {
    return withArguments("ssh -T", folder.toString());
  }

  private Answer ask(Query query) {
    return habitat.ask(new Query.OnHost(HostController.HOST, query));
  }

  private ProcessRef ref() {
    Target target = Target.process("victim");
    Instance there = habitat.facts(target.on(HostController.HOST)).instances().getFirst().itself();
    return ((Instance.ProcessInstance) there).process().orElseThrow();
  }

  private boolean isInForce() {
    return victim.state() == dev.faultline.node.ProcessState.STOPPED
        && HostMark.of(run).size() == 1
        && FuseProcesses.find(run).size() == 1;
  }

  private boolean isOver() {
    return victim.state() == dev.faultline.node.ProcessState.RUNNING && isGone(run);
  }

  @Test
  void whatIsPutInForceThereIsShownAndTakenBack() {
    ProcessRef found = ref();
    assertThat(found.identity()).isEqualTo(victim.text());

    HostController.begin(habitat, found);

    assertThat(isInForce()).isTrue();
    assertThat(ask(new Query.ProcessStatus(found)))
        .isEqualTo(new Answer.ProcessIs(ProcessState.STOPPED));
    assertThat(habitat.ask(new Query.Marks()))
        .isInstanceOfSatisfying(
            Answer.Marked.class,
            marked -> {
              assertThat(marked.fuses()).containsExactly("web1/freeze.victim");
              assertThat(marked.holders()).contains("web1/strain held");
            });
    assertThat(habitat.apply(new Action.RenewLease())).isInstanceOf(Effect.Done.class);
    assertThat(habitat.apply(new Action.FireFuse("web1/freeze.victim")))
        .isInstanceOf(Effect.Done.class);
    assertThat(habitat.apply(new OnHost(HostController.HOST, new Action.EndStrain("held"))))
        .isInstanceOf(Effect.Done.class);
    assertThat(isOver()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"the client of SSH", "the program on the host"})
  void aLostConnectionIsToldAndAnUndoFindsNothingLeft(String killed) throws Exception {
    HostController.begin(habitat, ref());
    assertThat(isInForce()).isTrue();

    List<ProcessHandle> those = killed.startsWith("the client") ? clients() : programs();
    assertThat(those).isNotEmpty().allMatch(ProcessHandle::destroyForcibly);

    Await.until(
        "the loss is told",
        () -> habitat.apply(new Action.RenewLease()) instanceof Effect.Superseded);
    Await.until("it ends by itself", this::isOver);
    assertThat(ask(new Query.FuseStatus("freeze.victim"))).isEqualTo(new Answer.FuseIs(false));
    Strain held = new Strain.Memory(16L << 20, 64L << 20);
    assertThat(((Answer.StrainIs) ask(new Query.StrainStatus("held", held))).reading().holding())
        .isFalse();
    assertThat(habitat.apply(new OnHost(HostController.HOST, new Action.EndStrain("held"))))
        .isInstanceOf(Effect.Done.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "STOP"})
  void whenFaultlineDiesOrHangsItEndsByItself(String signal) throws Exception {
    Process controller = controller();
    try (BufferedReader said = controller.inputReader()) {
      assertThat(said.readLine()).isEqualTo("in force");
      assertThat(isInForce()).isTrue();

      ProcessIdentity.of(controller.pid()).orElseThrow().signal(PosixSignal.valueOf(signal));

      Await.until("it ends by itself", this::isOver);
    } finally {
      controller.destroyForcibly();
    }
    assertThat(ask(new Query.Marks())).isEqualTo(new Answer.Marked(List.of(), List.of()));
  }

  private Process controller() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            HostController.class.getName(),
            folder.toString(),
            run,
            victim.text())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void aHostWhoseServerIsAwayIsToldAsSuch() throws Exception {
    String spec = Files.readString(folder.resolve("hosts.json"));
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(
        elsewhere.resolve("hosts.json"), spec.replaceFirst("\"port\": \\d+", "\"port\": 1"));
    try (Habitat unreachable = HostController.open(elsewhere, run)) {
      assertThat(unreachable.ask(new Query.OnHost(HostController.HOST, new Query.Marks())).words())
          .contains("host web1: ")
          .contains("Connection refused");
    }
  }
}
