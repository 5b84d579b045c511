package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessIdentityTest {

  private static final String OTHER_BOOT = "01234567-89ab-cdef-0123-456789abcdef";

  @AutoClose private final Victims victims = new Victims();

  @Test
  void aRunningProcessIsRunning() throws Exception {
    assertThat(victims.sleeper().state()).isEqualTo(ProcessState.RUNNING);
    assertThat(ProcessIdentity.self().state()).isEqualTo(ProcessState.RUNNING);
  }

  @Test
  void aPidThatNobodyHasIsNoProcess() {
    assertThat(ProcessIdentity.of(Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void aReusedPidIsAnotherProcess() throws Exception {
    ProcessIdentity now = victims.sleeper();
    ProcessIdentity before = new ProcessIdentity(now.bootId(), now.pid(), now.startTicks() - 1);

    assertThat(before.state()).isEqualTo(ProcessState.GONE);
    assertThat(before.signal(PosixSignal.KILL)).isEqualTo(new SignalResult.Gone());
    assertThat(KillCommand.signal(before, PosixSignal.KILL)).isEqualTo(new SignalResult.Gone());
    assertThat(now.state()).isEqualTo(ProcessState.RUNNING);
  }

  @Test
  void aProcessOfAnotherBootIsGone() throws Exception {
    ProcessIdentity now = victims.sleeper();
    ProcessIdentity before = new ProcessIdentity(OTHER_BOOT, now.pid(), now.startTicks());

    assertThat(before.state()).isEqualTo(ProcessState.GONE);
    assertThat(before.signal(PosixSignal.KILL)).isEqualTo(new SignalResult.Gone());
    assertThat(now.state()).isEqualTo(ProcessState.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a) R (b", ") Z 1 2 3", "(((", "x y", ") T"})
  void aNameThatLooksLikeFieldsIsNotTakenForThem(String name, @TempDir Path folder)
      throws Exception {
    Path program = folder.resolve(name);
    Files.copy(Path.of("/bin/sleep"), program, StandardCopyOption.COPY_ATTRIBUTES);
    ProcessIdentity identity = victims.start(program.toString(), "600");
    Await.until(
        "comm is " + name,
        () -> Files.readString(Path.of("/proc/" + identity.pid() + "/comm")).strip().equals(name));

    assertThat(ProcessIdentity.of(identity.pid())).contains(identity);
    assertThat(identity.state()).isEqualTo(ProcessState.RUNNING);
    assertThat(identity.signal(PosixSignal.STOP)).isEqualTo(new SignalResult.Sent());
    Await.state(identity, ProcessState.STOPPED);
  }

  @Test
  void aZombieIsGone() throws Exception {
    // The shell becomes a program that never asks for the fate of its child.
    Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
    victims.track(ProcessIdentity.of(parent.pid()).orElseThrow());
    long pid = Long.parseLong(parent.inputReader().readLine());
    ProcessIdentity child = victims.track(ProcessIdentity.of(pid).orElseThrow());
    Await.until("the parent is past its shell", () -> CommandLine.of(parent.pid()).contains("600"));

    assertThat(child.signal(PosixSignal.KILL)).isEqualTo(new SignalResult.Sent());
    Await.until("it is a zombie", () -> ProcStat.of(pid).orElseThrow().state() == 'Z');

    assertThat(child.state()).isEqualTo(ProcessState.GONE);
    assertThat(child.signal(PosixSignal.CONT)).isEqualTo(new SignalResult.Gone());
    assertThat(ProcessIdentity.of(pid)).isEmpty();
  }

  @Test
  void aProcessWhoseFirstThreadHasEndedIsNotGone() throws Exception {
    assumeThat(Path.of("/usr/bin/python3")).exists();
    ProcessIdentity identity =
        victims.start(
            "/usr/bin/python3",
            "-c",
            """
            import ctypes, threading, time
            threading.Thread(target=time.sleep, args=(600,)).start()
            ctypes.CDLL(None).pthread_exit(None)
            """);
    Await.until(
        "its first thread has ended",
        () -> ProcStat.of(identity.pid()).orElseThrow().state() == 'Z');

    assertThat(identity.state()).isEqualTo(ProcessState.RUNNING);
  }

  @Test
  void theTextFormComesBackAsItWas() {
    ProcessIdentity self = ProcessIdentity.self();

    assertThat(ProcessIdentity.parse(self.text())).isEqualTo(self);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "::",
        "1:2:3",
        OTHER_BOOT + ":1",
        OTHER_BOOT + ":0:1",
        OTHER_BOOT + ":-1:1",
        OTHER_BOOT + ":01:1",
        OTHER_BOOT + ":1:01",
        OTHER_BOOT + ":1:1 ",
        OTHER_BOOT + ":1:1\n",
        OTHER_BOOT + ":9999999999:1",
        OTHER_BOOT + ":1:99999999999999999999",
        OTHER_BOOT + ":1:1:1"
      })
  void aTextThatIsNoIdentityIsRefused(String text) {
    assertThatThrownBy(() -> ProcessIdentity.parse(text))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a process i");
  }
}
