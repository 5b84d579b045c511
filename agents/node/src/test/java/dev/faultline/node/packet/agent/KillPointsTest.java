package dev.faultline.node.packet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.Await;
import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.Probe;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.TestNetwork;
import dev.faultline.node.packet.text.PacketOrder;
import dev.faultline.node.packet.text.SettingsText;
import dev.faultline.testkit.QuickJava;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever is killed, at whatever moment: nothing is left. The moments are drawn by a seed: while an
 * agent starts, while a fault comes, holds, changes or goes, each at any microsecond of it.
 */
@Tag("slow")
final class KillPointsTest {

  private static final int SHARES = 2;
  private static final int POINTS = Integer.getInteger("faultline.kills", 30) / SHARES;
  private static final long SEED = 20_261_126;
  private static final long PATIENCE_SECONDS = 60;

  private enum Moment {
    STARTING(Duration.ofSeconds(1)),
    COMING(Duration.ofMillis(4)),
    HOLDING(Duration.ofMillis(4)),
    CHANGING(Duration.ofMillis(4)),
    GOING(Duration.ofMillis(4));

    private final Duration longest;

    Moment(Duration longest) {
      this.longest = longest;
    }
  }

  private enum Victim {
    AGENT,
    /** Both pipes to it end, as those of a child whose parent is killed do. */
    CONTROLLER,
    BOTH
  }

  private record Point(
      PacketEffect effect, PacketEffect other, Moment moment, Victim victim, long nanos) {
    static Point draw(Random random) {
      Moment moment = one(List.of(Moment.values()), random);
      return new Point(
          one(PacketAgentTest.effects(), random),
          one(PacketAgentTest.effects(), random),
          moment,
          one(List.of(Victim.values()), random),
          random.nextLong(moment.longest.toNanos()));
    }

    private static <T> T one(List<T> all, Random random) {
      return all.get(random.nextInt(all.size()));
    }
  }

  @TempDir private static Path folder;
  private static QuickJava agents;

  private String run = "";

  @BeforeAll
  static void aQuickStart() throws Exception {
    String practice = "kills-" + ProcessHandle.current().pid();
    try (TestNetwork network = TestNetwork.create()) {
      agents =
          QuickJava.of(
              folder, PacketAgent.class, PacketProcesses.marks(practice), told(practice, network));
    }
  }

  private static String told(String run, TestNetwork network) {
    PacketSettings settings =
        PacketSettings.of(run, new Place.Named(network.path()), Duration.ofSeconds(60));
    return String.join("\n", SettingsText.write(settings)) + "\n";
  }

  /** Each share has a network of its own: most of a point is the start of a process. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @Execution(ExecutionMode.CONCURRENT)
  void nothingIsLeft(int share) throws Exception {
    Random random = new Random(SEED + share);
    run = "kills-" + ProcessHandle.current().pid() + "-" + share;
    try (TestNetwork network = TestNetwork.create();
        Probe probe = Probe.on(network, "127.0.0.1")) {
      for (int number = 0; number < POINTS; number++) {
        Point point = Point.draw(random);

        meet(point, network, probe);

        assertThat(PacketProcesses.find(run)).as("%d: %s", number, point).isEmpty();
        assertThat(network.isClean()).as("%d: %s", number, point).isTrue();
        Await.until("packets pass after " + point, () -> passes(probe));
      }
    }
    System.out.printf("%d kill points, nothing left%n", POINTS);
  }

  /** A refusal that was under way may still come back to the sender, once. */
  private static boolean passes(Probe probe) throws InterruptedException {
    try {
      return probe.passes();
    } catch (IOException late) {
      return false;
    }
  }

  private void meet(Point point, TestNetwork network, Probe probe) throws Exception {
    Process agent = start();
    try {
      act(point, agent, network, probe);
      LockSupport.parkNanos(point.nanos());
      end(point.victim(), agent);
      assertThat(agent.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(point.toString()).isTrue();
    } finally {
      agent.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    return agents
        .with(PacketProcesses.marks(run))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void act(Point point, Process agent, TestNetwork network, Probe probe) throws Exception {
    tell(agent, told(run, network));
    if (point.moment() == Moment.STARTING) {
      return;
    }
    BufferedReader answers = agent.inputReader();
    assertThat(answers.readLine()).startsWith("ready ");
    tell(agent, put(point.effect(), probe));
    if (point.moment() == Moment.COMING) {
      return;
    }
    assertThat(answers.readLine()).startsWith("in-force ");
    send(probe);
    switch (point.moment()) {
      case CHANGING -> tell(agent, put(point.other(), probe));
      case GOING -> tell(agent, new PacketOrder.Remove("fault").text() + "\n");
      case STARTING, COMING, HOLDING -> {}
    }
  }

  private static void send(Probe probe) {
    try {
      probe.send(20);
    } catch (IOException refused) {
      // What is refused is told to its sender.
      assertThat(refused).isNotNull();
    }
  }

  private static void tell(Process agent, String lines) throws IOException {
    Writer input = agent.outputWriter();
    input.write(lines);
    input.flush();
  }

  private static String put(PacketEffect effect, Probe probe) {
    return new PacketOrder.Put(
                "fault",
                PacketFault.of(
                    Selection.of(Protocol.UDP, Ends.local(probe.port()), Direction.IN), effect))
            .text()
        + "\n";
  }

  private static void end(Victim victim, Process agent) throws IOException {
    if (victim != Victim.CONTROLLER) {
      agent.destroyForcibly();
    }
    if (victim != Victim.AGENT) {
      agent.getOutputStream().close();
      agent.getInputStream().close();
    }
  }
}
