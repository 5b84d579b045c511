package dev.faultline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.examples.shop.Await;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @TempDir private static Path shared;
  private static TestCluster cluster;

  @BeforeAll
  static void define() throws Exception {
    cluster = TestCluster.startFake(shared);
    try (Cli cli = new Cli(shared)) {
      Ended crds = cli.run("crds");
      assertThat(crds.exit()).as(crds.err()).isEqualTo(0);
      client().load(new ByteArrayInputStream(crds.out().getBytes(UTF_8))).serverSideApply();
    }
    for (String kind : List.of("experiments", "rollouts", "gamedays", "environments")) {
      Await.until(kind + " are known", () -> established(kind + ".faultline.dev"));
    }
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

  private static boolean established(String name) {
    CustomResourceDefinition definition =
        client().apiextensions().v1().customResourceDefinitions().withName(name).get();
    return definition != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
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
  void anotherReplicaTakesBackWhatOneThatWasKilledHasLeft() throws Exception {
    try (Operators operators =
        new Operators(client(), shared, cluster.administrator().toString())) {
      operators.start();
      operators.start();
      // Its environment comes later, as files are applied in any order.
      operators.setting("first", "10m");
      operators.await("first", "phase", "Pending");
      assertThat(operators.status("first", "message")).contains("no environment 'here'");
      operators.environment();
      Await.until("the fault is in force", () -> operators.timeout().equals("1ms"));
      operators.await("first", "openFaults", "1");

      operators.killHolder("first");

      operators.await("first", "verdict", "halted");
      assertThat(operators.timeout()).isEqualTo("2s");
      assertThat(operators.status("first", "message")).contains("is gone", "set 'timeout' to 2s");
      assertThat(operators.status("first", "openFaults")).isEqualTo("0");
      assertThat(operators.experiment("first").get().getMetadata().getFinalizers()).isEmpty();
      survives(operators);
      operators.stop();
    }
  }

  /** The one that is left goes on: while the API server is away, and when an object is deleted. */
  private static void survives(Operators operators) throws Exception {
    operators.setting("second", "8s");
    Await.until("the fault is in force", () -> operators.timeout().equals("1ms"));
    List<String> server = cluster.killApiServer();
    cluster.startApiServer(server);
    operators.await("second", "phase", "Completed");
    assertThat(operators.timeout()).isEqualTo("2s");
    assertThat(operators.status("first", "verdict"))
        .as("it is never run again")
        .isEqualTo("halted");

    operators.setting("third", "10m");
    Await.until("the fault is in force", () -> operators.timeout().equals("1ms"));
    var _ = operators.experiment("third").delete();
    Await.until("it is gone", () -> operators.experiment("third").get() == null);
    assertThat(operators.timeout()).as("undone before it was gone").isEqualTo("2s");
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
