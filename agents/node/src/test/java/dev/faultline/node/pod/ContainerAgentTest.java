package dev.faultline.node.pod;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.Await;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that is ended, or frozen; however its agent ends, it goes on. */
class ContainerAgentTest {

  private static final String ID = "cd".repeat(32);
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Without a child, which would not be in the container of this test. */
  private static final String WRITES = "n=0; while :; do n=$((n + 1)); echo $n > count; done";

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();
  private Process first;
  private Process second;

  @BeforeEach
  void aContainerOfTwoProcesses() throws Exception {
    first = start("sh", "-c", WRITES);
    Await.until("it writes", () -> Files.exists(folder.resolve("count")));
    second = start("sleep", "600");
    inside(first);
    inside(second);
  }

  private void inside(Process process) throws IOException {
    Path there = Files.createDirectories(folder.resolve("proc/" + process.pid()));
    Files.writeString(there.resolve("cgroup"), "0::/kubepods/" + ID);
  }

  @AfterEach
  void nothingStays() throws Exception {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    processes.add(process);
    return process;
  }

  private Process agent(Duration lease) throws IOException {
    write(ContainerOrders.first());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ContainerProgram.class.getName(), folder.resolve("proc").toString()));
    command.addAll(new PodSettings("test", ID, lease, folder.resolve("orders")).arguments());
    return start(command.toArray(String[]::new));
  }

  private void write(ContainerOrders orders) throws IOException {
    Path fresh = Files.writeString(folder.resolve("fresh"), orders.text());
    Files.move(fresh, folder.resolve("orders"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String await(BufferedReader lines, String begin) throws IOException {
    List<String> said = new ArrayList<>();
    String line = lines.readLine();
    while (line != null && !line.startsWith(begin)) {
      said.add(line);
      line = lines.readLine();
    }
    assertThat(line).as("%s, after %s", begin, said).isNotNull();
    return String.valueOf(line);
  }

  private static ProcessIdentity identity(Process process) {
    return ProcessIdentity.of(process.pid()).orElseThrow();
  }

  private String count() throws IOException {
    return Files.readString(folder.resolve("count"));
  }

  private void assertFrozen() throws Exception {
    assertThat(identity(first).state()).isEqualTo(ProcessState.STOPPED);
    assertThat(identity(second).state()).isEqualTo(ProcessState.STOPPED);
    String before = count();
    identity(first).signal(PosixSignal.CONT);
    // Nothing can be awaited: for a while, nothing may happen.
    Thread.sleep(200);
    assertThat(count()).isEqualTo(before);
  }

  private void assertGoesOn() throws Exception {
    String before = count();
    Await.until("it writes again", () -> !count().isEmpty() && !count().equals(before));
    assertThat(identity(first).state()).isEqualTo(ProcessState.RUNNING);
    assertThat(identity(second).state()).isEqualTo(ProcessState.RUNNING);
  }

  @Test
  void allStandStillAsLongAsThatIsWanted() throws Exception {
    Process agent = agent(LONG);
    try (BufferedReader says = agent.inputReader()) {
      await(says, "ready container " + ID);
      ContainerOrders freeze = ContainerOrders.first().with(ContainerWork.FREEZE);
      write(freeze);
      await(says, "in-force freeze");
      assertThat(await(says, "held ")).isEqualTo("held 2 2");
      await(says, "marked 2");
      assertFrozen();

      write(freeze.next());
      await(says, "marked 3");
      assertFrozen();

      write(freeze.next().without());
      assertThat(await(says, "removed ")).isEqualTo("removed freeze 2 0");
      assertGoesOn();
    }
  }

  @Test
  void anAgentThatIsKilledLeavesNothingFrozen() throws Exception {
    Process agent = frozen(LONG);

    agent.destroyForcibly().waitFor();

    assertGoesOn();
  }

  @Test
  void anAgentThatIsStoppedIsKilledByTheKernelAtTheEndOfItsLease() throws Exception {
    Process agent = frozen(Duration.ofSeconds(6));
    identity(agent).signal(PosixSignal.STOP);
    assertFrozen();

    assertThat(agent.waitFor()).isNotZero();
    assertGoesOn();
  }

  @Test
  void anAgentThatNobodyRenewsEnds() throws Exception {
    Process agent = frozen(Duration.ofSeconds(6));

    // With 1, or by the kernel's signal where the machine is too busy for that.
    assertThat(agent.waitFor()).isNotZero();
    assertGoesOn();
  }

  private Process frozen(Duration lease) throws Exception {
    Process agent = agent(lease);
    BufferedReader says = agent.inputReader();
    await(says, "ready ");
    write(ContainerOrders.first().with(ContainerWork.FREEZE));
    await(says, "marked 2");
    assertFrozen();
    return agent;
  }

  @Test
  void oneThatEndsWhileItIsFrozenIsNotKeptFromWhoWaitsForIt() throws Exception {
    Process agent = frozen(LONG);
    second.destroyForcibly();

    assertThat(second.waitFor()).isEqualTo(137);
    write(ContainerOrders.first().with(ContainerWork.FREEZE).next());
    assertThat(await(agent.inputReader(), "held ")).isEqualTo("held 1 1");
  }

  @Test
  void oneThatStoodStillBeforeIsLeftAlone() throws Exception {
    identity(second).signal(PosixSignal.STOP);
    Await.until("stopped", () -> identity(second).state() == ProcessState.STOPPED);
    Process agent = agent(LONG);
    try (BufferedReader says = agent.inputReader()) {
      await(says, "ready ");
      write(ContainerOrders.first().with(ContainerWork.FREEZE));
      assertThat(await(says, "refused ")).contains("stands still already, and not by this run");
      assertThat(identity(first).state()).isEqualTo(ProcessState.RUNNING);
    }
  }

  @Test
  void theFirstProcessOfAContainerGetsASignalOnce() throws Exception {
    Process agent = agent(LONG);
    try (BufferedReader says = agent.inputReader()) {
      await(says, "ready ");
      ContainerOrders kill = ContainerOrders.first().with(ContainerWork.TERM);
      write(kill);
      assertThat(await(says, "signalled ")).isEqualTo("signalled TERM " + first.pid());
      assertThat(first.waitFor()).isEqualTo(143);

      write(kill.next());
      assertThat(await(says, "marked 3")).isNotEmpty();
      assertThat(second.isAlive()).isTrue();
    }
  }

  @Test
  void aContainerThatHasEndedIsRefused() throws Exception {
    first.destroyForcibly().waitFor();
    second.destroyForcibly().waitFor();

    Process agent = agent(LONG);

    assertThat(new String(agent.getInputStream().readAllBytes(), UTF_8))
        .contains("no process of container");
    assertThat(agent.waitFor()).isEqualTo(5);
  }
}
