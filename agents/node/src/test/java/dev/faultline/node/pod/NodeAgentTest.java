package dev.faultline.node.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.Await;
import dev.faultline.node.packet.TestNetwork;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node between the world and a pod, and who gets through to whom. */
class NodeAgentTest {

  private static final String WORLD = "10.91.0.1";
  private static final String NODE = "10.91.0.2";
  private static final String POD = "10.92.0.2";

  private final List<TestNetwork> networks = new ArrayList<>();
  private final List<ServerSocket> servers = new ArrayList<>();
  private TestNetwork world;
  private TestNetwork node;
  private final List<Process> agents = new ArrayList<>();

  @BeforeEach
  void aNodeWithAPod() throws Exception {
    world = network();
    node = network();
    TestNetwork pod = network();
    world.join(node, "out", List.of(WORLD + "/24"), List.of(NODE + "/24"));
    node.join(pod, "in", List.of("10.92.0.1/24"), List.of(POD + "/24"));
    node.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
    world.run("ip", "route", "add", "10.92.0.0/24", "via", NODE);
    pod.run("ip", "route", "add", "default", "via", "10.92.0.1");
    serve(world, WORLD);
    serve(node, NODE);
    serve(node, "127.0.0.1");
    serve(pod, POD);
    assertThat(who()).isEqualTo("all");
  }

  private TestNetwork network() throws Exception {
    TestNetwork made = TestNetwork.create();
    networks.add(made);
    return made;
  }

  private void serve(TestNetwork network, String address) throws Exception {
    servers.add(
        network.inside(
            () -> {
              ServerSocket socket = new ServerSocket();
              socket.bind(new InetSocketAddress(address, 8080));
              return socket;
            }));
  }

  @AfterEach
  void nothingStays() throws Exception {
    for (Process agent : agents) {
      agent.destroyForcibly().waitFor();
    }
    for (ServerSocket server : servers) {
      server.close();
    }
    for (TestNetwork network : networks) {
      assertThat(network.isClean()).isTrue();
      network.close();
    }
  }

  /** Who gets a connection. */
  private String who() throws Exception {
    boolean to = reaches(world, NODE);
    boolean from = reaches(node, WORLD);
    boolean through = reaches(world, POD);
    assertThat(reaches(node, "127.0.0.1")).as("the node, of itself").isTrue();
    return to && from && through ? "all" : !to && !from && !through ? "nobody" : "some";
  }

  private static boolean reaches(TestNetwork from, String address) throws Exception {
    return from.inside(
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, 8080), 300);
            return true;
          } catch (IOException cut) {
            return false;
          }
        });
  }

  private void cut(Duration lasts) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--net=" + node.path(),
                "--",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                NodeProgram.class.getName()));
    command.addAll(NodeAgent.arguments(lasts));
    Process agent = new ProcessBuilder(command).redirectErrorStream(true).start();
    agents.add(agent);
    BufferedReader says = agent.inputReader();
    String line = says.readLine();
    while (line != null && !line.startsWith("cut for")) {
      line = says.readLine();
    }
    assertThat(line).as("it says that it cuts").isNotNull();
    assertThat(who()).isEqualTo("nobody");
  }

  @Test
  void nobodyReachesTheNodeOrWhatIsBehindItUntilItsTimeIsOver() throws Exception {
    cut(Duration.ofSeconds(3));

    assertThat(agents.getLast().waitFor()).isZero();
    assertThat(who()).isEqualTo("all");
  }

  @Test
  void withTheAgentItEnds() throws Exception {
    cut(Duration.ofMinutes(5));

    agents.getLast().destroyForcibly().waitFor();
    Await.until("all get through", () -> who().equals("all"));
  }

  @Test
  void theKernelEndsItWhenTheAgentHangs() throws Exception {
    cut(Duration.ofSeconds(3));

    new ProcessBuilder("kill", "-STOP", Long.toString(agents.getLast().pid())).start().waitFor();
    Await.until("all get through", () -> who().equals("all"));
    assertThat(agents.getLast().isAlive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut-ms=999", "cut-ms=3600001", "cut-ms=-5", "for=5000", "cut-ms=5000 1"})
  void whatIsNoTimeIsRefused(String argument) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exit =
        NodeAgent.run(
            List.of(argument.split(" ")),
            Duration.ZERO,
            new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(exit).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("refused");
  }
}
