package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.ChildStartException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {

  @AutoClose private final Victims victims = new Victims();
  @AutoClose private final Children children = new Children();

  @Test
  void childrenDieWithTheirParentThoughItIsKilled() throws Exception {
    Process controller = victims.java(ChildrenController.class);
    List<ProcessIdentity> started = new ArrayList<>();
    try (BufferedReader lines = controller.inputReader()) {
      for (int child = 0; child < 3; child++) {
        started.add(victims.read(lines));
      }
    }
    assertThat(started).allMatch(child -> child.state() == ProcessState.RUNNING);

    controller.destroyForcibly();

    for (ProcessIdentity child : started) {
      Await.state(child, ProcessState.GONE);
    }
  }

  @Test
  void thePidIsThatOfTheProgramItself() throws Exception {
    Child child = children.start(ChildSpec.of("sleep", "600"));

    assertThat(child.identity().pid()).isEqualTo(child.process().pid());
    assertThat(CommandLine.of(child.identity().pid())).containsExactly("sleep", "600");
  }

  @Test
  void aChildLeadsASessionOfItsOwn() throws Exception {
    Child child = children.start(ChildSpec.of("sleep", "600"));
    String stat = Files.readString(Path.of("/proc/" + child.identity().pid() + "/stat"));
    String pid = Long.toString(child.identity().pid());

    assertThat(stat.substring(stat.lastIndexOf(')')).split(" "))
        .as("group and session")
        .satisfies(fields -> assertThat(List.of(fields[3], fields[4])).containsExactly(pid, pid));
  }

  @Test
  void closingKillsAllChildren() throws Exception {
    ProcessIdentity child = victims.track(children.start(ChildSpec.of("sleep", "600")).identity());

    children.close();

    Await.state(child, ProcessState.GONE);
    assertThatThrownBy(() -> children.start(ChildSpec.of("true")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aStartWhoseCallerIsInterruptedIsTakenBack(@TempDir Path folder) throws Exception {
    String mark = folder.toString();
    for (int delay = 0; delay < 12; delay++) {
      interruptAfter(delay, Thread.currentThread());
      try {
        Child child = children.start(ChildSpec.of("sh", "-c", "sleep 600; : " + mark));
        child.process().destroyForcibly();
      } catch (ChildStartException refused) {
        assertThat(refused).hasMessage("interrupted");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(living(mark)).isEmpty();
      }
      Await.until("interrupt", Thread::interrupted);
      Await.until("end of what was started", () -> living(mark).isEmpty());
    }
  }

  @Test
  void whoIsInterruptedAlreadyStartsNothing(@TempDir Path folder) throws Exception {
    String mark = folder.toString();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> children.start(ChildSpec.of("sh", "-c", "sleep 600; : " + mark)))
        .hasMessage("interrupted");

    assertThat(Thread.interrupted()).isTrue();
    children.start(ChildSpec.of("true"));
    assertThat(living(mark)).isEmpty();
  }

  @Test
  void closingLeavesNothingOfAStartThatIsUnderWay(@TempDir Path folder) throws Exception {
    String mark = folder.toString();
    for (int delay = 0; delay < 12; delay++) {
      Children closing = new Children();
      Thread starting = Thread.ofPlatform().start(() -> startUnlessClosed(closing, mark));
      Thread.sleep(delay);

      closing.close();

      assertThat(starting.join(Duration.ofSeconds(20))).isTrue();
      Await.until("end of what was started", () -> living(mark).isEmpty());
    }
  }

  private static void startUnlessClosed(Children children, String mark) {
    try {
      children.start(ChildSpec.of("sh", "-c", "sleep 600; : " + mark));
    } catch (ChildStartException | IllegalStateException closed) {
      assertThat(closed).hasMessage("closed");
    }
  }

  private static void interruptAfter(int millis, Thread whom) {
    Thread.ofPlatform()
        .start(
            () -> {
              LockSupport.parkNanos(millis * 1_000_000L);
              whom.interrupt();
            });
  }

  private static List<Long> living(String mark) {
    try (var all = ProcessHandle.current().children()) {
      return all.map(ProcessHandle::pid).filter(pid -> isMarked(pid, mark)).toList();
    }
  }

  private static boolean isMarked(long pid, String mark) {
    try {
      return String.join(" ", CommandLine.of(pid)).contains(mark);
    } catch (IOException ended) {
      return false;
    }
  }

  @Test
  void argumentsEnvironmentAndDirectoryArriveUntouched(@TempDir Path folder) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> odd = List.of("a b", "'\"", "$(id)", "x\ny", "", "-n", "*", "\\");
    List<String> argv =
        new ArrayList<>(List.of("sh", "-c", "printf '%s|' \"$PWD\" \"$ODD\" \"$@\"; echo e >&2"));
    argv.add("sh");
    argv.addAll(odd);

    Child child =
        children.start(
            new ChildSpec(
                argv,
                Map.of("ODD", "$(id) \n'"),
                folder,
                new ChildOutput.Append(out),
                new ChildOutput.Append(err)));

    assertThat(child.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(out).hasContent(folder + "|$(id) \n'|" + String.join("|", odd) + "|");
    assertThat(err).hasContent("e\n");
  }

  /** In a UTF-8 locale they arrive; in a C locale the JDK would silently hand over others. */
  @Test
  void lettersBeyondAsciiArriveOrAreRefused(@TempDir Path folder) throws Exception {
    Path out = folder.resolve("out");
    ChildSpec spec =
        ChildSpec.of("printf", "ü€")
            .withOutput(new ChildOutput.Append(out), new ChildOutput.Discard());
    if (CommandLine.carries("ü€")) {
      assertThat(children.start(spec).process().waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(out).hasContent("ü€");
    } else {
      assertRefused(Reason.FAILED, spec, "locale");
    }
  }

  @Test
  void aChildIsFedThroughItsStandardInput() throws Exception {
    Child child =
        children.start(
            ChildSpec.of("cat").withOutput(new ChildOutput.Pipe(), new ChildOutput.Discard()));
    try (var in = child.process().outputWriter()) {
      in.write("one line\n");
    }

    assertThat(child.process().inputReader().readLine()).isEqualTo("one line");
  }

  @Test
  void aProgramThatEndsAtOnceIsNoFailure() throws Exception {
    Child child = children.start(ChildSpec.of("sh", "-c", "exit 3"));

    assertThat(child.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(child.process().exitValue()).isEqualTo(3);
  }

  @Test
  void aProgramThatIsNotThereIsRefused() {
    assertRefused(Reason.NOT_EXECUTABLE, ChildSpec.of("no-such-program"), "no-such-program");
    assertRefused(Reason.NOT_EXECUTABLE, ChildSpec.of("/etc/passwd"), "/etc/passwd");
  }

  @Test
  void aProgramThatCannotBeExecutedIsRefused(@TempDir Path folder) throws Exception {
    Path program = Files.writeString(folder.resolve("broken"), "#!/no/such/interpreter\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();

    assertRefused(Reason.NOT_EXECUTABLE, ChildSpec.of(program.toString()), "broken");
  }

  @Test
  void aProgramThatWouldUnbindItselfIsRefused(@TempDir Path folder) throws Exception {
    Path program = Files.copy(Path.of("/bin/sleep"), folder.resolve("sleep"));
    Files.setAttribute(program, "unix:mode", 04755);

    assertRefused(Reason.CANNOT_BIND, ChildSpec.of(program.toString(), "1"), "setuid");
  }

  @Test
  void aMissingToolIsNamed() {
    assertThatThrownBy(() -> BoundCommand.of(ChildSpec.of("/bin/true"), "/no/such/folder"))
        .isInstanceOfSatisfying(
            ChildStartException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.MISSING_TOOL))
        .hasMessageContaining("setpriv");
  }

  /** What the gate of the chain is for: the parent died before the kernel could be asked. */
  @Test
  void aChildWhoseParentIsNoLongerTheOneThatStartedItNeverRuns(@TempDir Path folder)
      throws Exception {
    Path trace = folder.resolve("trace");
    BoundCommand command =
        BoundCommand.of(ChildSpec.of("touch", trace.toString()), "/usr/bin:/bin");
    for (String line : List.of("1\n", "")) {
      Process process = new ProcessBuilder(command.words()).start();
      try (var in = process.outputWriter()) {
        in.write(line);
      }
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(trace).doesNotExist();
    }
  }

  private void assertRefused(Reason reason, ChildSpec spec, String named) {
    assertThatThrownBy(() -> children.start(spec))
        .isInstanceOfSatisfying(
            ChildStartException.class, refused -> assertThat(refused.reason()).isEqualTo(reason))
        .hasMessageContaining(named);
  }
}
