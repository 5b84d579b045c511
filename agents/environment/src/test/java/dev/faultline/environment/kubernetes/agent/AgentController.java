package dev.faultline.environment.kubernetes.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.kubernetes.TestCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A controller that makes a pod slow until it is ended. */
final class AgentController {

  private static final Duration LEASE = Duration.ofSeconds(12);
  private static final Duration SOON = Duration.ofSeconds(60);

  private AgentController() {}

  /** Starts one, which is ended by killing it; returns when the pod is slow. */
  static Process start(TestCluster cluster, Shop shop, Path folder, String... kind)
      throws Exception {
    String account = shop.account();
    Path kubeconfig =
        cluster.kubeconfig(folder.resolve("controller.yaml"), "test", shop.agents(), account);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AgentController.class.getName(),
                kubeconfig.toString()));
    command.addAll(List.of(kind));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertThat(process.inputReader().readLine()).isEqualTo("in force");
    return process;
  }

  /**
   * The arguments: kubeconfig, image, run, namespace for agents, namespace and name of the pod, and
   * {@code guest} for an agent inside it.
   */
  public static void main(String[] args) throws Exception {
    Config config = Config.fromKubeconfig(Files.readString(Path.of(args[0])));
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      PodTarget target = PodTarget.of(client.pods().inNamespace(args[4]).withName(args[5]).get());
      AgentPlan plan = new AgentPlan(args[2], args[3], args[1], LEASE, Duration.ofMinutes(5));
      PodDisturber agent =
          args[6].equals("guest")
              ? new GuestAgents(client).start(plan, target, SOON)
              : new AgentPods(client).start(plan, target, SOON);
      agent.put("slow", Shop.late(Duration.ofMillis(400)));
      System.out.println("in force");
      while (true) {
        Thread.sleep(LEASE.dividedBy(3));
        agent.renew();
      }
    }
  }
}
