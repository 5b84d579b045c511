package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.examples.shop.Await;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What {@code faultline crds} prints and a real API server makes of it, and two replicas of an
 * operator that runs its objects.
 */
@Tag("slow")
@ResourceLock("cluster of fake nodes")
@Order(1)
final class KubernetesOperatorTest {

  private static final Pattern SHOWN = Pattern.compile("(?ms)^```yaml\\n(apiVersion.*?)^```");
  private static final Pattern KIND =
      Pattern.compile("(?m)^kind: (Experiment|Rollout|GameDay|Environment)$");

  /** Both may write objects of Faultline, and one may change config maps, too. */
  private static final String USERS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: rights}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: objects, namespace: rights}
      rules: [{apiGroups: [faultline.dev], resources: ["*"], verbs: ["*"]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: objects, namespace: rights}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: objects}
      subjects: [{kind: User, name: alice}, {kind: User, name: bob}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: settings, namespace: rights}
      rules: [{apiGroups: [""], resources: [configmaps], verbs: [get, patch]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: settings, namespace: rights}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: settings}
      subjects: [{kind: User, name: alice}]
      """;

  private static final String DEPLOYER =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: deployments, namespace: routes}
      rules: [{apiGroups: [apps], resources: [deployments], verbs: [patch]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: deployments, namespace: routes}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deployments}
      subjects: [{kind: User, name: alice}]
      """;

  @TempDir private static Path shared;
  private static TestCluster cluster;

  @BeforeAll
  static void define() throws Exception {
    cluster = TestCluster.startFake(shared);
    Operators.define(cluster.client(), shared);
  }

  @AfterAll
  static void end() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static KubernetesClient client() {
    return cluster.client();
  }

  private static GenericKubernetesResource tried(String document) {
    return client()
        .resource(
            client()
                .getKubernetesSerialization()
                .unmarshal(document, GenericKubernetesResource.class))
        .inNamespace("default")
        .dryRun()
        .fieldValidation(FieldValidateable.Validation.STRICT)
        .create();
  }

  @Test
  void theVeryFilesOfTheCommandLineAreTaken() throws IOException {
    List<String> documents = documents().toList();
    assertThat(documents).hasSizeGreaterThan(100);
    for (String document : documents) {
      assertThat(tried(document).getMetadata().getName()).isNotEmpty();
    }
  }

  @Test
  void whatIsWrongIsRefusedWithItsPlace() {
    String fine =
        """
        apiVersion: faultline.dev/v1
        kind: Experiment
        metadata: {name: killed}
        spec:
          environment: shop
          gates: [{name: ready, kubernetes: {deployment: web, read: readyReplicas}, above: 0}]
          faults: [{podKill: {grace: 5s}, target: {deployment: web, count: 1}}]
        """;
    assertThat(tried(fine)).isNotNull();
    refused(fine.replace("grace", "grcae"), "spec.faults[0].podKill.grcae");
    refused(fine.replace("5s", "5"), "spec.faults[0].podKill.grace");
    refused(fine.replace("podKill: {grace: 5s}", "podKill: {}, podEvict: {}"), "spec.faults[0]");
  }

  private static void refused(String document, String place) {
    assertThatThrownBy(() -> tried(document))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(place);
  }

  @Test
  void nobodyLetsTheOperatorDoWhatHeMayNotDoHimself() throws IOException {
    Operators.apply(client(), USERS);
    String setting =
        """
        apiVersion: faultline.dev/v1
        kind: Experiment
        metadata: {name: settings, namespace: rights}
        spec:
          environment: here
          gates: [{name: ready, kubernetes: {deployment: web, read: readyReplicas}, above: 0}]
          faults: [{setConfig: {key: timeout, value: 1ms}, target: {configMap: settings}, for: 5s}]
        """;
    try (KubernetesClient may = as("alice");
        KubernetesClient mayNot = as("bob")) {
      Await.until("the policies are in force", () -> said(mayNot, setting).contains("may not"));
      assertThat(said(mayNot, setting)).contains("its creator may not change config maps here");
      assertThat(said(may, setting)).isEmpty();
      String killing = setting.replaceAll("setConfig.*", "podKill: {}, target: {pod: web-0}}]");
      assertThat(said(may, killing)).contains("its creator may not delete pods here");
      String route = "gatewayApi: {httpRoute: r, stable: a, canary: b%s}";
      String shifting = setting.replaceAll("setConfig.*", "shift: {%s, weight: 10%%}, for: 5s}]");
      assertThat(said(may, shifting.formatted(route.formatted(""))))
          .contains("its creator may not change HTTPRoutes here");
      assertThat(
              said(may, shifting.formatted(route.formatted(", scaled: {deployment: b, pods: 2}"))))
          .contains("its creator may not change deployments here");
    }
  }

  @Test
  void nobodyHasTrafficShiftedThatHeMayNotShift() throws IOException {
    Operators.apply(
        client(),
        USERS
            .replace("[configmaps]", "[configmaps, pods]")
            .replace("verbs: [get, patch]", "verbs: [get, patch, create, delete]")
            .replace("rights", "routes"));
    Operators.apply(client(), DEPLOYER);
    String rollout =
        """
        apiVersion: faultline.dev/v1
        kind: Rollout
        metadata: {name: orders, namespace: routes}
        spec:
          environment: here
          stable: v1
          canary: v2
          route: {%s}
          steps: [{weight: 25%%}]
          compare: [{errors: {bad: 'b{v="${version}"}', total: 't{v="${version}"}'}}]
        """;
    try (KubernetesClient alice = as("alice")) {
      Await.until(
          "her rights are in force",
          () ->
              said(alice, rollout.formatted("replicas: {stable: a, canary: b, pods: 4}"))
                  .isEmpty());
      assertThat(said(alice, rollout.formatted("gatewayApi: {httpRoute: r, stable: a, canary: b}")))
          .contains("its creator may not change HTTPRoutes here");
      assertThat(said(alice, rollout.formatted("istio: {virtualService: r, stable: a, canary: b}")))
          .contains("its creator may not change VirtualServices here");
    }
  }

  private static KubernetesClient as(String user) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(client().getConfiguration()).withImpersonateUsername(user).build())
        .build();
  }

  /** What the API server says where it does not take an object. */
  private static String said(KubernetesClient user, String object) {
    try {
      var _ =
          user.resource(
                  user.getKubernetesSerialization()
                      .unmarshal(object, GenericKubernetesResource.class))
              .dryRun()
              .create();
      return "";
    } catch (KubernetesClientException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @Test
  void anotherReplicaTakesBackWhatOneThatWasKilledHasLeft() throws Exception {
    try (Operators operators =
        new Operators(client(), shared, cluster.administrator().toString())) {
      operators.start();
      operators.start();
      // Its environment comes later, as files are applied in any order.
      operators.setting("first", "10m");
      operators.await("experiments/operated/first", "phase", "Pending");
      assertThat(operators.status("experiments/operated/first", "message"))
          .contains("no environment 'here'");
      operators.environment();
      Await.until("the fault is in force", () -> operators.timeout().equals("1ms"));
      operators.await("experiments/operated/first", "openFaults", "1");

      operators.killHolder("experiments/operated/first");

      operators.await("experiments/operated/first", "verdict", "halted");
      assertThat(operators.timeout()).isEqualTo("2s");
      assertThat(operators.status("experiments/operated/first", "message"))
          .contains("is gone", "set 'timeout' to 2s");
      assertThat(operators.status("experiments/operated/first", "openFaults")).isEqualTo("0");
      Await.until("it is kept no longer", () -> operators.isFree("experiments/operated/first"));
      survives(operators);
      isHeldToRules(operators);
      followsGameDays(operators);
      operators.stop();
    }
  }

  /** The one that is left goes on: while the API server is away, and when an object is deleted. */
  private static void survives(Operators operators) throws Exception {
    operators.setting("second", "8s");
    Await.until("the fault is in force", () -> operators.timeout().equals("1ms"));
    List<String> server = cluster.killApiServer();
    cluster.startApiServer(server);
    operators.await("experiments/operated/second", "phase", "Completed");
    assertThat(operators.timeout()).isEqualTo("2s");
    assertThat(operators.status("experiments/operated/first", "verdict"))
        .as("it is never run again")
        .isEqualTo("halted");

    operators.setting("third", "10m");
    Await.until("the fault is in force", () -> operators.timeout().equals("1ms"));
    var _ = operators.object("experiments/operated/third").delete();
    Await.until("it is gone", () -> operators.object("experiments/operated/third").get() == null);
    assertThat(operators.timeout()).as("undone before it was gone").isEqualTo("2s");
  }

  private static void isHeldToRules(Operators operators) {
    operators.setting("long", "20m");

    operators.await("experiments/operated/long", "phase", "Refused");

    assertThat(operators.status("experiments/operated/long", "message"))
        .contains("no fault lasts longer than a quarter of an hour");
    assertThat(operators.timeout()).isEqualTo("2s");
  }

  private static void followsGameDays(Operators operators) {
    operators.sleepingSetting("fourth", "2s");
    operators.gameDay("soon", "fourth.yaml", Instant.now().plusSeconds(5));

    operators.await("gamedays/operated/soon", "verdict", "passed");

    assertThat(operators.status("experiments/operated/fourth", "verdict")).isEqualTo("passed");
    assertThat(operators.status("experiments/operated/fourth", "requested"))
        .startsWith("game day soon, ");
    assertThat(operators.status("gamedays/operated/soon", "phase")).isEqualTo("Waiting");
  }

  private static Stream<String> documents() throws IOException {
    Stream<String> pages =
        texts("docs", ".md").stream()
            .flatMap(page -> SHOWN.matcher(page).results().map(block -> block.group(1)));
    return Stream.concat(pages, texts("examples", ".yaml").stream())
        .flatMap(text -> Arrays.stream(text.split("(?m)^---$")))
        .filter(document -> KIND.matcher(document).find());
  }

  private static List<String> texts(String folder, String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(Cli.home().resolve(folder))) {
      List<Path> files =
          all.filter(path -> path.toString().endsWith(suffix))
              .filter(path -> !path.toString().contains("/target/"))
              .filter(path -> !path.toString().contains("/manifests/"))
              .sorted()
              .toList();
      List<String> texts = new ArrayList<>();
      for (Path file : files) {
        texts.add(Files.readString(file));
      }
      return texts;
    }
  }
}
