package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.cluster.Watched;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.gate.Kubernetes;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a namespace says of faults, what gates read, and how marks are found again. */
final class ClusterHandsTest {

  private static final String SPACE = "/api/v1/namespaces/shop";
  private static final String APPS = "/apis/apps/v1/namespaces/shop/";

  private FakeApiServer server;
  private ClusterHands hands;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    hands = new ClusterHands(server.api(), "run-1", Optional.empty());
  }

  @AfterEach
  void stop() {
    hands.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'labels': {'faultline.dev/chaos': 'allowed'}} | true",
        "{'annotations': {'faultline.dev/chaos': 'allowed'}} | true",
        "{'labels': {'faultline.dev/chaos': 'denied'}} | false",
        "{} | false"
      })
  void aNamespaceIsOpenWhereItsOwnerSaysSo(String meta, boolean open) {
    server.put(SPACE, "{'metadata': %s}".formatted(meta));

    assertThat(hands.ask(new Query.NamespaceStatus()))
        .isEqualTo(new Answer.SpaceIs("shop", true, open));
  }

  @Test
  void aNamespaceThatIsNotThereIsNotOpen() {
    assertThat(hands.ask(new Query.NamespaceStatus()))
        .isEqualTo(new Answer.SpaceIs("shop", false, false));
  }

  @Test
  void eachRightIsAskedForWhereItIsNeeded() {
    server.meet(
        _ ->
            Optional.of(
                new FakeApiServer.Answer(
                    201,
                    "{\"status\": {\"allowed\": %s}}"
                        .formatted(!server.requests().getLast().contains("eviction")))));
    Permission evict = new Permission("", "pods/eviction", "create", false);

    assertThat(hands.ask(new Query.MayDo(List.of(evict, Permission.of(ObjectKind.NODE, "patch")))))
        .isEqualTo(new Answer.Forbidden(List.of(evict)));
    assertThat(server.requests().getFirst())
        .contains("\"subresource\":\"eviction\"", "\"namespace\":\"shop\"");
    assertThat(server.requests().getLast())
        .contains("\"resource\":\"nodes\"")
        .doesNotContain("namespace");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'deployment': 'web', 'read': 'readyReplicas'} | 2",
        "{'deployment': 'web', 'read': 'missingReplicas'} | 1",
        "{'deployment': 'web', 'read': 'restarts'} | 4",
        "{'deployment': 'new', 'read': 'readyReplicas'} | 0",
        "{'daemonSet': 'log', 'read': 'missingReplicas'} | 2",
        "{'job': 'check', 'read': 'failed'} | 1",
        "{'job': 'check', 'read': 'succeeded'} | 0",
        "{'node': 'n1', 'read': 'ready'} | 1"
      })
  void aGateReadsOneNumber(String gate, double expected) {
    server.put(
        APPS + "deployments/web",
        "{'spec': {'replicas': 3, 'selector': {'matchLabels': {'app': 'web'}}},"
            + " 'status': {'readyReplicas': 2}}");
    server.put(APPS + "deployments/new", "{'spec': {'replicas': 1}, 'status': {}}");
    server.put(
        APPS + "daemonsets/log", "{'status': {'desiredNumberScheduled': 3, 'numberReady': 1}}");
    server.put("/apis/batch/v1/namespaces/shop/jobs/check", "{'status': {'failed': 1}}");
    server.put(
        "/api/v1/nodes/n1", "{'status': {'conditions': [{'type': 'Ready', 'status': 'True'}]}}");
    for (int i = 1; i < 3; i++) {
      server.put(
          SPACE + "/pods/web-" + i,
          "{'metadata': {'labels': {'app': 'web'}}, 'status': {'containerStatuses':"
              + " [{'restartCount': 1}, {'restartCount': 1}]}}");
    }
    Kubernetes signal = Codec.json().readValue(gate.replace('\'', '"'), Kubernetes.class);

    assertThat(hands.ask((Query.OfCluster) signal.queries().getFirst()))
        .isEqualTo(new Answer.Numeric(expected));
  }

  @Test
  void aNumberOfWhatIsNotThereIsNoData() {
    assertThat(
            hands
                .ask(
                    new Query.ClusterNumber(
                        new Watched.Deployment("gone"), Watched.Read.READY_REPLICAS))
                .words())
        .contains("no data", "there is no deployment gone in shop");
  }

  @Test
  void marksAreFoundByTheirLabelAndFiredByTheirNames() throws Exception {
    server.put(
        "/api/v1/nodes/n1", "{'metadata': {'name': 'n1', 'uid': 'u', 'resourceVersion': '1'}}");
    ObjectRef node = new ObjectRef(ObjectKind.NODE, "", "n1", "u");
    List<FieldChange> cordon =
        List.of(
            new FieldChange(
                new ObjectField.Unschedulable(), Optional.empty(), Optional.of("true")));
    hands.apply(new ClusterAction.ChangeObject(node, "1", "cordon-n1", cordon));
    try (ClusterHands other = new ClusterHands(server.api(), "run-2", Optional.empty())) {
      assertThat(other.marks()).isEmpty();
      assertThat(hands.marks()).containsExactly("node::n1:u:cordon-n1");
      assertThat(other.fire("node::n1:u:cordon-n1")).isInstanceOf(Effect.Done.class);
    }
    assertThat(hands.marks()).hasSize(1);

    assertThat(hands.fire("node::n1:u:cordon-n1")).isInstanceOf(Effect.Done.class);
    assertThat(hands.marks()).isEmpty();
    assertThat(server.object("/api/v1/nodes/n1").path("spec").has("unschedulable")).isFalse();
  }

  @Test
  void marksThatOneMayNotLookForAreLeftOutAndOthersAreNot() {
    server.meet(
        request ->
            request.contains("/nodes")
                ? Optional.of(FakeApiServer.status(403, "nodes is forbidden"))
                : Optional.empty());
    assertThat(marks()).isEmpty();

    server.meet(_ -> Optional.of(FakeApiServer.status(500, "no")));
    assertThat(marks()).containsExactly("trouble");
  }

  private List<String> marks() {
    try {
      return hands.marks();
    } catch (ApiTrouble trouble) {
      return List.of("trouble");
    }
  }
}
