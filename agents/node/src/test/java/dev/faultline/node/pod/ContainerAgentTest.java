package dev.faultline.node.pod;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.Await;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import dev.faultline.node.host.HostOrder;
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
      ContainerOrders freeze = ContainerOrders.first().with(new ContainerWork.Freeze());
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
    write(ContainerOrders.first().with(new ContainerWork.Freeze()));
    await(says, "marked 2");
    assertFrozen();
    return agent;
  }

  @Test
  void oneThatEndsWhileItIsFrozenIsNotKeptFromWhoWaitsForIt() throws Exception {
    Process agent = frozen(LONG);
    second.destroyForcibly();

    assertThat(second.waitFor()).isEqualTo(137);
    write(ContainerOrders.first().with(new ContainerWork.Freeze()).next());
    assertThat(await(agent.inputReader(), "held ")).isEqualTo("held 1 1");
  }

  @Test
  void oneThatStoodStillBeforeIsLeftAlone() throws Exception {
    identity(second).signal(PosixSignal.STOP);
    Await.until("stopped", () -> identity(second).state() == ProcessState.STOPPED);
    Process agent = agent(LONG);
    try (BufferedReader says = agent.inputReader()) {
      await(says, "ready ");
      write(ContainerOrders.first().with(new ContainerWork.Freeze()));
      assertThat(await(says, "refused ")).contains("stands still already, and not by this run");
      assertThat(identity(first).state()).isEqualTo(ProcessState.RUNNING);
    }
  }

  @Test
  void theFirstProcessOfAContainerGetsASignalOnce() throws Exception {
    Process agent = agent(LONG);
    try (BufferedReader says = agent.inputReader()) {
      await(says, "ready ");
      ContainerOrders kill =
          ContainerOrders.first().with(new ContainerWork.Signal(PosixSignal.TERM));
      write(kill);
      assertThat(await(says, "signalled ")).isEqualTo("signalled TERM " + first.pid());
      assertThat(first.waitFor()).isEqualTo(143);

      write(kill.next());
      assertThat(await(says, "marked 3")).isNotEmpty();
      assertThat(second.isAlive()).isTrue();
    }
  }

  /** What a node shows of the control groups of the container; it may have a tenth of a core. */
  private void limited() throws IOException {
    Path proc = folder.resolve("proc");
    String group = "/kubepods/" + ID;
    Path there = Files.createDirectories(proc.resolve("1/root/cgroup" + group));
    Files.writeString(
        proc.resolve("1/mountinfo"), "35 23 0:30 / /cgroup rw - cgroup2 cgroup2 rw\n");
    Files.createDirectories(proc.resolve("self"));
    Files.writeString(proc.resolve("self/cgroup"), "0::" + group);
    Files.writeString(there.resolve("cgroup.procs"), "");
    Files.writeString(there.resolve("cpu.max"), "10000 100000");
    Files.writeString(there.resolve("cpu.stat"), "usage_usec 0");
    Files.writeString(there.resolve("memory.max"), String.valueOf(64 << 20));
    Files.writeString(there.resolve("memory.current"), String.valueOf(24 << 20));
    Files.writeString(there.resolve("memory.stat"), "inactive_file 0");
  }

  private static List<Long> holders(Process agent) {
    return agent.children().map(ProcessHandle::pid).toList();
  }

  private static ContainerOrders strain(HostOrder what) {
    return ContainerOrders.first().with(new ContainerWork.Strain(what));
  }

  @Test
  void aContainerIsStrainedByAProcessOfItsControlGroupsAsLongAsThatIsWanted() throws Exception {
    limited();
    Process agent = agent(LONG);
    try (BufferedReader says = agent.inputReader()) {
      await(says, "ready ");
      ContainerOrders half = strain(new HostOrder.Cpu(0.5, 0));
      write(half);
      await(says, "in-force strain");
      await(says, "marked 2");
      assertThat(folder.resolve("proc/1/root/cgroup/kubepods/" + ID + "/cgroup.procs"))
          .hasContent("0");
      assertThat(holders(agent)).hasSize(1);

      ContainerOrders[] now = {half};
      Await.until(
          "half of the limit is used",
          () -> {
            now[0] = now[0].next();
            write(now[0]);
            // Asked, held and left.
            String[] reading = await(says, "strained ").split(" ");
            assertThat(reading[1]).isEqualTo("0.05");
            return Double.parseDouble(reading[2]) > 0.04;
          });

      write(now[0].without());
      assertThat(await(says, "removed ")).isEqualTo("removed strain");
      assertThat(holders(agent)).isEmpty();
    }
  }

  @Test
  void anAgentThatIsKilledTakesWhatHoldsMemoryWithIt() throws Exception {
    limited();
    Process agent = strained(new HostOrder.Memory(20 << 20, 0));
    ProcessHandle holder = agent.children().findFirst().orElseThrow();

    agent.destroyForcibly().waitFor();

    Await.until("the holder is gone", () -> !holder.isAlive());
  }

  @Test
  void whatAContainerHasIsFreeWhenItEnds() throws Exception {
    limited();
    Process agent = strained(new HostOrder.Memory(20 << 20, 0));
    ProcessHandle holder = agent.children().findFirst().orElseThrow();

    first.destroyForcibly().waitFor();

    assertThat(await(agent.inputReader(), "over ")).contains("the container has ended");
    assertThat(agent.waitFor()).isEqualTo(5);
    assertThat(holder.isAlive()).isFalse();
  }

  private Process strained(HostOrder what) throws Exception {
    Process agent = agent(LONG);
    BufferedReader says = agent.inputReader();
    await(says, "ready ");
    write(strain(what));
    await(says, "in-force strain");
    await(says, "marked 2");
    return agent;
  }

  @Test
  void moreMemoryThanTheLimitLeavesIsRefused() throws Exception {
    limited();
    Process agent = agent(LONG);
    try (BufferedReader says = agent.inputReader()) {
      await(says, "ready ");
      write(strain(new HostOrder.Memory(50 << 20, 0)));
      assertThat(await(says, "refused "))
          .contains("the container's limit lets it have 40 MiB more, and 50 MiB are asked for");
      assertThat(holders(agent)).isEmpty();
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
