package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.cluster.Permission;
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

/** What a namespace says of faults, what one may do there, and how marks are found again. */
final class ClusterHandsTest {

  private static final String SPACE = "/api/v1/namespaces/shop";

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

  @Test
  void aRightMayBeAboutAnotherNamespaceAndOneObject() {
    server.meet(
        _ -> Optional.of(new FakeApiServer.Answer(201, "{\"status\": {\"allowed\": true}}")));
    Permission proxy = new Permission("", "services/proxy", "get", false);

    hands.ask(new Query.MayDo(List.of(proxy.in("monitoring").only("http:prometheus:9090"))));

    assertThat(server.requests().getLast())
        .contains("\"namespace\":\"monitoring\"", "\"name\":\"http:prometheus:9090\"");
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
