package dev.faultline.benchmarks.agents;

import dev.faultline.benchmarks.Spread;
import dev.faultline.environment.kubernetes.agent.AgentPlan;
import dev.faultline.environment.kubernetes.agent.AgentPods;
import dev.faultline.environment.kubernetes.agent.PodDisturber;
import dev.faultline.environment.kubernetes.agent.PodTarget;
import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints how soon an agent makes a pod slow, and how soon it is fast again. */
public final class AgentTable {

  private static final Duration DELAY = Duration.ofMillis(300);
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration A_WHILE = Duration.ofSeconds(1);
  private static final int RENEWALS = 5;

  private final KubernetesClient client;
  private final Knocks knocks;
  private final Pod pod;
  private final PacketFault late;
  private final Map<String, List<Duration>> table = new LinkedHashMap<>();

  private AgentTable(KubernetesClient client, Knocks knocks, Pod pod, int port) {
    this.client = client;
    this.knocks = knocks;
    this.pod = pod;
    this.late =
        PacketFault.of(
            Selection.of(Protocol.TCP, Ends.local(port), Direction.IN),
            PacketEffect.Latency.of(DELAY));
  }

  /**
   * Disturbs one pod again and again.
   *
   * @param args a kubeconfig, the image of the agent, which its node has, namespace and name of a
   *     pod that serves and can be reached from here, its port, and how often
   */
  public static void main(String[] args) throws Exception {
    Config config = Config.fromKubeconfig(Files.readString(Path.of(args[0])));
    int port = Integer.parseInt(args[4]);
    int passes = args.length > 5 ? Integer.parseInt(args[5]) : 20;
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      Pod pod = client.pods().inNamespace(args[2]).withName(args[3]).get();
      InetSocketAddress door = new InetSocketAddress(pod.getStatus().getPodIP(), port);
      try (Knocks knocks = new Knocks(door)) {
        AgentTable table = new AgentTable(client, knocks, pod, port);
        for (int pass = 0; pass < passes; pass++) {
          table.pass(new AgentPlan("figures", args[2], args[1], SOON, SOON.multipliedBy(5)));
        }
        table.print(passes);
      }
    }
  }

  private void pass(AgentPlan plan) throws Exception {
    Thread.sleep(A_WHILE);
    knocks.forget();
    long start = System.nanoTime();
    PodDisturber agent = new AgentPods(client).start(plan, PodTarget.of(pod), SOON);
    note("ready", Duration.ofNanos(System.nanoTime() - start));
    agent.put("late", late);
    Thread.sleep(A_WHILE);
    note("from start to the first late packet", knocks.toFirst(start, DELAY));
    for (int renewal = 0; renewal < RENEWALS; renewal++) {
      long asked = System.nanoTime();
      agent.renew();
      note("a renewal, with its answer", Duration.ofNanos(System.nanoTime() - asked));
    }
    long removed = System.nanoTime();
    agent.remove("late");
    Thread.sleep(A_WHILE);
    note("from remove to the last late packet", knocks.toLast(removed, DELAY));
    agent.put("late", late);
    long ended = System.nanoTime();
    boolean gone = agent.end(SOON);
    if (!gone) {
      throw new IllegalStateException("%s does not end".formatted(agent.name()));
    }
    note("until the pod is gone", Duration.ofNanos(System.nanoTime() - ended));
    Thread.sleep(A_WHILE);
    note("from deletion to the last late packet", knocks.toLast(ended, DELAY));
  }

  private void note(String what, Duration time) {
    table.computeIfAbsent(what, _ -> new ArrayList<>()).add(time);
  }

  private void print(int passes) {
    System.out.println("| %d passes | ms: least, median, most |".formatted(passes));
    System.out.println("|---|---|");
    table.forEach(
        (what, times) -> System.out.printf("| %s | %s |%n", what, Spread.millis(times.stream())));
  }
}
