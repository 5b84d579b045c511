package dev.faultline.node.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.Await;
import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect.Latency;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.Probe;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.TestNetwork;
import dev.faultline.node.packet.text.PacketOrder;
import dev.faultline.node.packet.text.SettingsText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
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

/** The programs of the image, in a network as a pod has one, fed as in a pod. */
class PodAgentTest {

  private static final String ID = "ab".repeat(32);
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private TestNetwork network;
  private Probe probe;
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void aPodWithAProcess() throws Exception {
    network = TestNetwork.create();
    probe = Probe.on(network, "127.0.0.1");
    Process inside = start("nsenter", "--net=" + network.path(), "--", "sleep", "600");
    Path there = Path.of("/proc/" + inside.pid() + "/ns/net");
    Await.until("it has entered", () -> Files.isSameFile(there, network.path()));
    see(inside.pid(), ID, there);
    see(1, "init", Path.of("/proc/self/ns/net"));
  }

  private void see(long pid, String group, Path net) throws IOException {
    Path process = folder.resolve("proc/" + pid);
    Files.createDirectories(process.resolve("ns"));
    Files.writeString(process.resolve("cgroup"), "0::/kubepods/" + group);
    Files.createSymbolicLink(process.resolve("ns/net"), net);
  }

  @AfterEach
  void nothingStays() throws Exception {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    if (network != null) {
      assertThat(network.isClean()).isTrue();
      probe.close();
      network.close();
    }
  }

  private Process start(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    processes.add(process);
    return process;
  }

  private Process java(List<String> before, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(arguments);
    return start(command.toArray(String[]::new));
  }

  private Process agent(Duration lease) throws IOException {
    write(PodOrders.first());
    List<String> arguments = new ArrayList<>(List.of(folder.resolve("proc").toString()));
    arguments.addAll(new PodSettings("test", ID, lease, folder.resolve("orders")).arguments());
    return java(List.of(), PodProgram.class, arguments);
  }

  private void write(PodOrders orders) throws IOException {
    Path fresh = Files.writeString(folder.resolve("fresh"), orders.text());
    Files.move(fresh, folder.resolve("orders"), StandardCopyOption.ATOMIC_MOVE);
  }

  private PacketFault stuck() {
    return PacketFault.of(
        Selection.of(Protocol.UDP, Ends.local(probe.port()), Direction.IN), Latency.of(LONG));
  }

  private static void await(BufferedReader lines, String begin) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith(begin)) {
      line = lines.readLine();
    }
    assertThat(line).isNotNull();
  }

  @Test
  void itFollowsTheFileAndEndsWhenAsked() throws Exception {
    Process agent = agent(LONG);
    try (BufferedReader says = agent.inputReader()) {
      await(says, "ready ");
      PodOrders second = PodOrders.first().with("stuck", stuck());
      write(second);
      await(says, "in-force stuck");
      await(says, "marked 2");
      assertThat(probe.passes()).isFalse();

      write(second.without("stuck"));
      await(says, "removed stuck matched=1 ");
      probe.mustPass();

      write(second.next().next());
      await(says, "in-force stuck");
      agent.destroy();
      agent.waitFor();
      probe.mustPass();
    }
  }

  @Test
  void aFileThatNobodyWritesAnyMoreEndsIt() throws Exception {
    Process agent = agent(Duration.ofSeconds(4));
    try (BufferedReader says = agent.inputReader()) {
      await(says, "ready ");
      write(PodOrders.first().with("stuck", stuck()));
      await(says, "in-force stuck");
      assertThat(probe.passes()).isFalse();

      // With 1, or by the kernel's signal where the machine is too busy for that.
      assertThat(agent.waitFor()).isNotZero();
      probe.mustPass();
    }
  }

  @Test
  void aGuestHandsItsInputOnAndEndsWithIt() throws Exception {
    Process guest = guest(Duration.ofSeconds(30));
    try (BufferedReader says = guest.inputReader()) {
      Writer to = guest.outputWriter();
      to.write(
          String.join("\n", SettingsText.write(PacketSettings.of("test", new Place.Here(), LONG))));
      to.write("\n" + new PacketOrder.Put("stuck", stuck()).text() + "\n");
      to.flush();
      await(says, "in-force stuck");
      assertThat(probe.passes()).isFalse();

      to.close();
      await(says, "undone");
      assertThat(guest.waitFor()).isZero();
      probe.mustPass();
    }
  }

  @Test
  void aGuestWhomNobodyTellsAnythingEnds() throws Exception {
    assertThat(guest(Duration.ofMillis(200)).waitFor()).isEqualTo(5);
  }

  private Process guest(Duration patience) throws IOException {
    return java(
        List.of("nsenter", "--net=" + network.path(), "--"),
        GuestAgent.class,
        GuestAgent.arguments(patience));
  }
}
