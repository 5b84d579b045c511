package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.examples.shop.Await;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every fault of Kubernetes, and what keeps it away, on a real API server and fake nodes. */
@Tag("slow")
@ResourceLock("cluster of fake nodes")
final class KubernetesFaultsTest {

  private static final String CHANGES =
      """
      - scale: {replicas: 0}
        target: {deployment: stock}
        for: %1$s
      - cordon: {}
        target: {node: fake1}
        for: %1$s
      - taint: {key: disk, value: broken, effect: noSchedule}
        target: {select: {kind: node, fields: metadata.name=fake1}}
        for: %1$s
      - setConfig: {key: stock.timeout, value: 1ms}
        target: {configMap: shop-settings}
        for: %1$s
      """;
  private static final String POD_KILL = "- podKill: {}\n  target: {deployment: web, count: 1}\n";
  private static final String POD_EVICT = "- podEvict: {}\n  target: {deployment: web, count: 1}\n";
  private static final String LAST_CHANGE = "fault scale-stock is in force";

  @TempDir private static Path shared;
  private static TestCluster cluster;

  @TempDir private Path temp;
  private Cli cli;
  private ShopOnKubernetes shop;
  private String roles = "";

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.startFake(shared);
  }

  @AfterAll
  static void end() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    cli = new Cli(temp);
    shop = new ShopOnKubernetes(cluster);
  }

  @AfterEach
  void close() {
    cli.close();
    if (!roles.isEmpty()) {
      shop.remove(roles);
    }
    shop.close();
  }

  private String file(String faults) throws Exception {
    return cli.file(
        "trial.yaml",
        """
        apiVersion: faultline.dev/v1
        kind: Experiment
        metadata: {name: trial}
        spec:
          environment: {kubernetes: {namespace: shop, limits: {share: 100%%, lastPod: true}}}
          gates:
            - {name: web, kubernetes: {deployment: web, read: readyReplicas}, above: 1}
            - {name: node, kubernetes: {node: fake1, read: ready}, equals: 1}
          faults:
        %s
          recovery: {within: 60s}
        """
            .formatted(faults.indent(4).stripTrailing()));
  }

  /** Gives an account what {@code faultline rbac} says, but for one verb. */
  private Map<String, String> account(String file, String without) throws Exception {
    Ended rbac = cli.run("rbac", file);
    assertThat(rbac.exit()).as(rbac.err()).isEqualTo(0);
    assertThat(rbac.out()).contains(without);
    roles = rbac.out();
    String verb = without.replaceAll("verbs: \\[.*\\]", "verbs: [watch]");
    shop.apply(without.isEmpty() ? roles : roles.replace(without, verb));
    return Map.of("KUBECONFIG", shop.kubeconfig(temp, "faultline").toString());
  }

  private Running start(String file) throws Exception {
    return cli.start(account(file, ""), Cli.command("run", file, "--accept", "no-lease"));
  }

  @Test
  void each_fault_shows_and_goes_and_its_own_role_is_enough() throws Exception {
    List<String> before = shop.pods("web");

    Running run = start(file(POD_KILL + CHANGES.formatted("15s")));
    run.awaitErr(LAST_CHANGE).awaitErr("fault podKill-web is done");

    assertThat(shop.marked())
        .containsExactly("Deployment stock", "ConfigMap shop-settings", "Node fake1");
    assertThat(shop.replicas("stock")).isZero();
    assertThat(shop.settings().getData()).containsEntry("stock.timeout", "1ms");
    assertThat(shop.node().getSpec().getUnschedulable()).isTrue();
    assertThat(taints()).contains("disk=broken:NoSchedule");
    assertThat(shop.pods("web").containsAll(before)).as("all live").isFalse();

    Ended ended = run.end();
    assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(0);
    assertThat(ended.out()).contains("4 of 4 steps proven undone");
    assertAsBefore();
  }

  private List<String> taints() {
    return shop.node().getSpec().getTaints().stream()
        .map((Taint one) -> one.getKey() + "=" + one.getValue() + ":" + one.getEffect())
        .toList();
  }

  private void assertAsBefore() {
    assertThat(shop.marked()).isEmpty();
    assertThat(shop.replicas("stock")).isEqualTo(2);
    assertThat(shop.settings().getData()).containsEntry("stock.timeout", "2s");
    assertThat(shop.node().getSpec().getUnschedulable()).isNotEqualTo(true);
    assertThat(taints()).doesNotContain("disk=broken:NoSchedule");
  }

  @Test
  void what_somebody_else_sets_meanwhile_stays_and_is_told() throws Exception {
    Running run = start(file(CHANGES.formatted("15s")));
    run.awaitErr(LAST_CHANGE);
    shop.api()
        .configMaps()
        .inNamespace("shop")
        .withName("shop-settings")
        .edit(map -> new ConfigMapBuilder(map).addToData("stock.timeout", "5s").build());
    shop.api().apps().deployments().inNamespace("shop").withName("stock").scale(1);

    Ended ended = run.end();

    assertThat(Files.readString(cli.latest().resolve("journal.jsonl")))
        .contains(
            "somebody else changed configMap shop-settings meanwhile ('stock.timeout' is 5s)",
            "somebody else changed deployment stock meanwhile (replicas is 1)");
    assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(0);
    assertThat(shop.settings().getData()).containsEntry("stock.timeout", "5s");
    assertThat(shop.replicas("stock")).isEqualTo(1);
    assertThat(shop.node().getSpec().getUnschedulable()).isNotEqualTo(true);
    assertThat(shop.marked()).isEmpty();
  }

  @Test
  void an_undo_puts_all_back_after_the_run_was_killed() throws Exception {
    Running run = start(file(CHANGES.formatted("10m")));
    run.awaitErr(LAST_CHANGE);

    assertThat(run.signal("KILL").end().exit()).isEqualTo(137);
    assertThat(shop.marked()).hasSize(3);
    Ended undo =
        cli.start(
                Map.of("KUBECONFIG", shop.kubeconfig(temp, "faultline").toString()),
                Cli.command("undo"))
            .end();

    assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
    assertAsBefore();
  }

  @Test
  void a_run_whose_api_server_crashes_knows_nothing_and_puts_all_back_when_it_is_there_again()
      throws Exception {
    Running run = start(file(CHANGES.formatted("10m")));
    run.awaitErr(LAST_CHANGE);

    List<String> server = cluster.killApiServer();
    try {
      run.awaitErr("withdrawing every fault");
      Await.until("an undo was tried in vain", this::undoGotNoAnswer);
    } finally {
      cluster.startApiServer(server);
    }
    Ended ended = run.end();

    assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(4);
    assertThat(ended.out()).contains("4 of 4 steps proven undone");
    assertAsBefore();
  }

  private boolean undoGotNoAnswer() throws Exception {
    return Files.readString(cli.latest().resolve("journal.jsonl"))
        .lines()
        .anyMatch(line -> line.contains("undoApplied") && line.contains("does not answer"));
  }

  @Test
  void an_eviction_that_the_budget_forbids_is_told_and_ends_nothing() throws Exception {
    shop.api()
        .policy()
        .v1()
        .podDisruptionBudget()
        .inNamespace("shop")
        .withName("web")
        .edit(
            budget -> {
              budget.getSpec().getMinAvailable().setValue(4);
              return budget;
            });
    List<String> before = shop.pods("web");
    Await.until(
        "the budget is exhausted",
        () ->
            shop.api()
                    .policy()
                    .v1()
                    .podDisruptionBudget()
                    .inNamespace("shop")
                    .withName("web")
                    .get()
                    .getStatus()
                    .getDisruptionsAllowed()
                == 0);

    Ended run = start(file(POD_EVICT)).end();

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(4);
    assertThat(run.err()).contains("a disruption budget forbids the eviction of web-");
    assertThat(shop.pods("web")).isEqualTo(before);
  }

  @Test
  void a_namespace_without_consent_is_refused() throws Exception {
    shop.api()
        .namespaces()
        .withName("shop")
        .edit(
            space -> {
              space.getMetadata().getLabels().remove("faultline.dev/chaos");
              return space;
            });

    Ended run = start(file(POD_KILL)).end();

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err()).contains("namespace shop is not open to faults");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resources: [pods/eviction], verbs: [create] | may not create pods/eviction in namespace"
            + " shop",
        "resources: [replicasets], verbs: [list] | list replicasets.apps in namespace shop"
      })
  void a_right_that_is_missing_is_named(String without, String words) throws Exception {
    String file = file(POD_EVICT);

    Ended run = cli.start(account(file, without), Cli.command("run", file)).end();

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(5);
    assertThat(run.err().replaceAll("\\s+", " ")).contains(words).doesNotContain("Exception");
    assertThat(shop.pods("web")).hasSize(4);
  }
}
