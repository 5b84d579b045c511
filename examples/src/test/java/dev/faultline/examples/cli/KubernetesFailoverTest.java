package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.environment.patroni.PatroniPods;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example for Kubernetes, on a real one: PostgreSQL under Patroni in two pods. */
@Tag("slow")
@ResourceLock("cluster of a real node")
@ResourceLock("shared memory of databases")
@Order(1)
final class KubernetesFailoverTest {

  private static final String EXPERIMENT = "examples/kubernetes/database-failover.yaml";
  private static final String ENVIRONMENT =
      "examples/kubernetes/environments/orders-on-kubernetes.yaml";
  private static final String NAMED_HOSTS = "orders-0.shop:5432,orders-1.shop:5432";
  private static final String NAMED_PRIMARY = "cluster-name=orders,role=primary";

  @TempDir private static Path shared;
  private static TestCluster cluster;
  private static PatroniPods pods;

  @TempDir private Path temp;
  private Cli cli;

  @BeforeAll
  static void startPods() throws Exception {
    cluster = TestCluster.start(shared);
    pods = PatroniPods.start(cluster, "shop", cache(), shared, PatroniPods.Data.ENDS_WITH_POD);
  }

  @AfterAll
  static void endCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The cache of labs, which have the same programs. */
  private static Path cache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("faultline");
  }

  @BeforeEach
  void open() throws Exception {
    cli = new Cli(temp);
    PatroniPods.passwordFile(temp.resolve("orders.password"));
  }

  @AfterEach
  void close() {
    cli.close();
  }

  @Test
  void the_pod_of_the_primary_dies_and_nothing_acknowledged_is_lost() throws Exception {
    pods.awaitWhole();
    ObjectMeta before = pods.primary().orElseThrow().getMetadata();

    Ended run = faultline("faultline", "run", pods.addresses(), NAMED_PRIMARY);

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(run.out()).contains("PASSED kubernetes-database-failover");
    assertThat(Files.readString(cli.latest().resolve("journal.jsonl")))
        .contains("pod %s (%s) deleted without grace".formatted(before.getName(), before.getUid()));
    assertThat(pods.primary().orElseThrow().getMetadata().getName()).isNotEqualTo(before.getName());
    JsonNode failover =
        JsonMapper.shared().readTree(cli.latest().resolve("report.json").toFile()).at("/failover");
    assertThat(failover.at("/ledger/acknowledged").asLong()).isGreaterThan(500);
    assertThat(failover.at("/ledger/found/lost").asLong(-1)).isZero();
    assertThat(failover.at("/outage/recoveryTimeSeconds").asDouble()).isBetween(0.1, 30.0);
    assertThat(failover.at("/outage/waits").findValuesAsString("part")).contains("promotion");
    assertThat(pods.number("orders", "select count(*) from pg_class where relname ~ 'faultline'"))
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody | role=primary | pods is forbidden: User \"system:serviceaccount:shop:default\""
            + " cannot list",
        "onlooker | role=primary | the user of the kubeconfig may not delete pods in shop",
        "faultline | role=none | role=none in shop selects 0 pods, and must select one",
        "faultline | cluster-name=orders | selects 2 pods, and must select one: orders-0, orders-1",
        "faultline | role in primary | unable to parse requirement"
      })
  void what_keeps_the_pod_from_being_deleted_is_said_beforehand(
      String account, String selector, String words) throws Exception {
    Ended run =
        faultline(
            account.equals("nobody") ? "default" : account, "run", pods.addresses(), selector);

    assertRefused(run, words);
  }

  @Test
  void a_namespace_and_a_context_that_are_not_there_are_named() throws Exception {
    Path kubeconfig =
        cluster.kubeconfig(temp.resolve("kubeconfig"), "staging", "shop", "faultline");
    String text = environment(pods.addresses(), NAMED_PRIMARY);

    assertRefused(
        run("plan", kubeconfig, text.replace("namespace: shop", "namespace: shoop")),
        "pods is forbidden: User \"system:serviceaccount:shop:faultline\" cannot list resource"
            + " \"pods\" in API group \"\" in the namespace \"shoop\"");
    assertRefused(
        run("plan", kubeconfig, text.replace("context: staging", "context: production")),
        "the kubeconfig has no context production");
  }

  @Test
  void an_api_server_that_is_away_is_named() throws Exception {
    Path kubeconfig =
        cluster.kubeconfig(temp.resolve("kubeconfig"), "staging", "shop", "faultline");
    Files.writeString(
        kubeconfig,
        Files.readString(kubeconfig).replaceFirst("https://[^\"]+", "https://127.0.0.1:1"));

    assertRefused(
        run("run", kubeconfig, environment(pods.addresses(), NAMED_PRIMARY)),
        "https://127.0.0.1:1/ does not answer: ");
  }

  private void assertRefused(Ended run, String words) throws Exception {
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(5);
    assertThat((run.out() + run.err()).replaceAll("\\s+", " "))
        .contains("orders cannot be made to fail over: Kubernetes: ", words)
        .doesNotContain("Exception");
    assertThat(pods.primary()).isPresent();
  }

  private Ended faultline(String account, String verb, List<String> hosts, String selector)
      throws Exception {
    Path kubeconfig = cluster.kubeconfig(temp.resolve("kubeconfig"), "staging", "shop", account);
    return run(verb, kubeconfig, environment(hosts, selector));
  }

  private Ended run(String verb, Path kubeconfig, String environment) throws Exception {
    String file = cli.file("orders-on-kubernetes.yaml", environment);
    return cli.start(
            Map.of("KUBECONFIG", kubeconfig.toString()),
            Cli.command(verb, EXPERIMENT, "--environment", file))
        .end();
  }

  /** The environment of the example, with the addresses of these pods. */
  private static String environment(List<String> hosts, String selector) throws Exception {
    String text = Files.readString(Cli.home().resolve(ENVIRONMENT));
    assertThat(text).contains(NAMED_HOSTS, NAMED_PRIMARY);
    return text.replace(NAMED_HOSTS, String.join(",", hosts)).replace(NAMED_PRIMARY, selector);
  }
}
