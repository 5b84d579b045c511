package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.environment.kubernetes.agent.AgentImage;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The examples that disturb packets of pods, on a real Kubernetes, as a user who may do what {@code
 * faultline rbac} says and nothing else; who is late is measured from outside.
 */
@Tag("slow")
@ResourceLock("cluster of a real node")
@Order(1)
final class KubernetesPacketsTest {

  private static final String EXAMPLE = "examples/kubernetes/slow-inventory.yaml";
  private static final String LOSS = "examples/kubernetes/packet-loss.yaml";
  private static final String ZONES = "examples/kubernetes/zone-partition.yaml";
  private static final String ENVIRONMENT =
      "examples/kubernetes/environments/shop-with-agents.yaml";
  private static final String LEVEL = "pod-security.kubernetes.io/enforce";

  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("faultline.outage", 0));

  @TempDir private static Path shared;
  private static TestCluster cluster;
  private static InventoryPods pods;
  private static String image;
  private static String space;

  @TempDir private Path temp;
  private Cli cli;

  @BeforeAll
  static void startPods() throws Exception {
    cluster = TestCluster.start(shared, 2);
    image = AgentImage.load(shared, cluster.client().nodes().list().getItems().size());
    space = "inventory-" + ProcessHandle.current().pid();
    pods = InventoryPods.open(cluster.client(), space);
  }

  @AfterAll
  static void endCluster() throws Exception {
    if (pods != null) {
      pods.end();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void open() {
    cli = new Cli(temp);
    pods.forget();
  }

  @AfterEach
  void nothingStays() {
    cli.close();
    pods.awaitFast();
    assertThat(pods.agents()).isEmpty();
  }

  /** The environment of the example, for these pods; with more settings of the agent. */
  private String environment(String more) throws Exception {
    String text = Files.readString(Cli.home().resolve(ENVIRONMENT));
    String named = "namespace: shop\n    agent: {image: \"registry.example/faultline-agent:1\"}";
    assertThat(text).contains(named);
    return cli.file(
        "shop-with-agents.yaml",
        text.replace(
            named, "namespace: %s%n    agent: {image: \"%s\"%s}".formatted(space, image, more)));
  }

  private Running start(String verb, String environment) throws Exception {
    return start(verb, EXAMPLE, environment);
  }

  private Running start(String verb, String file, String environment) throws Exception {
    Ended rbac = cli.run("rbac", file, "--environment", environment);
    assertThat(rbac.exit()).as(rbac.err()).isEqualTo(0);
    pods.apply(rbac.out());
    return as(verb, file, "--environment", environment);
  }

  /** As the account that has those rights. */
  private Running as(String... arguments) throws Exception {
    Path kubeconfig = cluster.kubeconfig(temp.resolve("kubeconfig"), "test", space, "faultline");
    return cli.start(Map.of("KUBECONFIG", kubeconfig.toString()), Cli.command(arguments));
  }

  private static String words(Ended command) {
    return (command.out() + command.err()).replaceAll("\\s+", " ");
  }

  private void assertLateWhileItWasAsked(Ended run) {
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(pods.late()).hasSize(2).allSatisfy((_, times) -> assertThat(times).isGreaterThan(9));
  }

  @Test
  void both_pods_are_late_while_the_fault_lasts_and_no_agent_is_left() throws Exception {
    Ended run = start("run", environment("")).end();

    assertLateWhileItWasAsked(run);
    assertThat(words(run))
        .contains("2 of 2 steps proven undone", "agents of image " + image, "a pod of its own");
  }

  /** A lost packet that opens a connection is sent again after a second. */
  @Test
  void one_pod_loses_packets_and_the_other_does_not() throws Exception {
    Ended run = start("run", LOSS, environment("")).end();

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(pods.late()).hasSize(1);
  }

  /** Where there is one node, all of one zone. The caller from outside is in none. */
  @Test
  void zones_are_cut_off_from_each_other_and_what_is_in_none_is_not() throws Exception {
    try (InventoryZones zones = pods.zones()) {
      boolean two = zones.names().size() == 2;
      String text = Files.readString(Cli.home().resolve(ZONES)).replace("for: 20s", "for: 10s");
      String file = cli.file("zone-partition.yaml", two ? text : withinZoneA(text));
      Ended run = start("run", file, environment("")).end();

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
      // Who is cut off for ten seconds tries in vain after 1 s, 3 s and 7 s.
      assertThat(pods.longest()).isLessThan(Duration.ofSeconds(7));
      for (String from : zones.names()) {
        for (String to : zones.names()) {
          boolean apart = !two || !from.equals(to);
          assertThat(zones.cuts(from, to) > 0).as("%s from %s", from, to).isEqualTo(apart);
        }
      }
      zones.awaitAnswers();
    }
  }

  private static String withinZoneA(String text) {
    return text.substring(0, text.indexOf("    - name: b-from-a")).replace("zone/b", "zone/a")
        + text.substring(text.indexOf("  lease:"));
  }

  @Test
  void a_pod_in_place_of_one_that_was_deleted_is_late_too() throws Exception {
    String text = Files.readString(Cli.home().resolve(EXAMPLE));
    String file =
        cli.file(
            "slow-inventory.yaml",
            text.replace("{deployment: inventory}", "{deployment: inventory, follow: true}")
                .replace("missingReplicas}, below: 1", "missingReplicas}, below: 2")
                .replace("for: 20s", "for: 25s"));
    Running running = start("run", file, environment(""));
    pods.awaitLate();
    pods.deleteOne();
    pods.awaitLate();
    Ended run = running.end();

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(pods.late()).hasSize(3);
    assertThat(words(run)).contains("one in its place is disturbed", "3 of 3 steps proven undone");
  }

  @Test
  void a_controller_that_is_killed_leaves_nothing_behind_the_lease_and_undo_the_rest()
      throws Exception {
    Running running = start("run", environment(""));
    pods.awaitLate();
    try (Cli elsewhere = new Cli(Files.createDirectory(temp.resolve("elsewhere")))) {
      Ended second =
          elsewhere
              .start(
                  Map.of("KUBECONFIG", temp.resolve("kubeconfig").toString()),
                  Cli.command("plan", EXAMPLE, "--environment", environment("")))
              .end();
      assertThat(second.exit()).as(second.out() + second.err()).isEqualTo(5);
      assertThat(words(second)).contains("an agent of run " + cli.latest().getFileName());
    }
    assertThat(running.signal("KILL").end().exit()).isEqualTo(137);

    pods.awaitFast();
    assertThat(pods.agents()).hasSize(2);
    Ended undo = as("undo").end();
    assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
    assertThat(undo.out()).contains("halted");
  }

  /** The agents judge the lease by themselves, and the run knows nothing before it can ask. */
  @Test
  void agents_end_it_while_the_api_server_is_away_and_the_run_proves_it_when_that_is_back()
      throws Exception {
    Assumptions.assumeTrue(OUTAGE.isPositive(), "takes minutes, see faultline.outage");
    String text = Files.readString(Cli.home().resolve(EXAMPLE));
    Running running =
        start(
            "run",
            cli.file("slow-inventory.yaml", text.replace("for: 20s", "for: 5m")),
            environment(""));
    running.awaitErr("fault latency-inventory is in force");
    List<String> addresses = pods.addresses();
    List<String> server = cluster.killApiServer();
    long began = System.nanoTime();
    try {
      running.awaitErr("withdrawing every fault");
      InventoryPods.awaitFastAt(addresses);
      Thread.sleep(OUTAGE.minusNanos(System.nanoTime() - began));
    } finally {
      cluster.startApiServer(server);
    }
    Ended run = running.end();

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(4);
    assertThat(words(run)).contains("2 of 2 steps proven undone");
  }

  @Test
  void where_no_pod_may_be_beside_them_the_agents_are_in_the_pods() throws Exception {
    pods.namespace(space + "-agents", Map.of(LEVEL, "baseline"));
    String environment =
        environment(", namespace: %s-agents, way: ephemeralContainer".formatted(space));
    Ended run = start("run", environment).end();
    assertLateWhileItWasAsked(run);

    assertThat(words(run)).contains("stays in the spec");
    assertThat(pods.pods())
        .allSatisfy(
            pod ->
                assertThat(pod.getStatus().getEphemeralContainerStatuses())
                    .extracting(ContainerStatus::getState)
                    .allSatisfy(state -> assertThat(state.getTerminated()).isNotNull())
                    .isNotEmpty());
    Ended plan = start("plan", environment(", namespace: %s-agents".formatted(space))).end();
    assertThat(plan.exit()).isEqualTo(5);
    assertThat(words(plan))
        .contains("violates PodSecurity", "may not", "patch pods/ephemeralcontainers");
  }

  @Test
  void where_neither_may_be_nothing_is_made_and_the_faults_that_would_work_are_named()
      throws Exception {
    pods.namespace(space, Map.of("faultline.dev/chaos", "allowed", LEVEL, "baseline"));
    try {
      Ended run = start("run", environment("")).end();

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(5);
      assertThat(words(run)).contains("no agent can come to pod inventory-", "hostPID", "podKill");
    } finally {
      pods.namespace(space, Map.of("faultline.dev/chaos", "allowed", LEVEL, "privileged"));
    }
    assertThat(pods.late()).isEmpty();
  }
}
