package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.ClusterFuseAction;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is made in a cluster for a fuse, what it may do, and that it goes again. */
final class ClusterFusesTest {

  private static final String NODE = "/api/v1/nodes/n1";
  private static final ObjectRef REF = new ObjectRef(ObjectKind.NODE, "", "n1", "u-1");
  private static final ClusterFuseAction.ArmObjectFuse ARM =
      new ClusterFuseAction.ArmObjectFuse(
          REF, "cordon", "agent:1", Duration.ofSeconds(10), Duration.ofSeconds(60));
  private static final ClusterFuseAction.DisarmObjectFuse DISARM =
      new ClusterFuseAction.DisarmObjectFuse(REF, "cordon");
  private static final ClusterAction.ChangeObject CHANGE =
      new ClusterAction.ChangeObject(
          REF,
          "1",
          "cordon",
          List.of(
              new FieldChange(
                  new ObjectField.Unschedulable(), Optional.empty(), Optional.of("true"))));

  private FakeApiServer server;
  private ClusterHands hands;
  private FuseObjects objects;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    server.put(
        NODE, "{'metadata': {'name': 'n1', 'uid': 'u-1', 'resourceVersion': '1'}, 'spec': {}}");
    hands = new ClusterHands(server.api(), "run-1", Optional.empty());
    objects = new FuseObjects("shop", "run-1", REF, "cordon");
  }

  @AfterEach
  void stop() {
    hands.close();
    server.close();
  }

  @Test
  void oneObjectOwnsAllAndTheAccountMayUndoThatChangeAndNoOther() {
    assertThat(hands.apply(ARM)).isInstanceOf(Effect.Done.class);
    assertThat(hands.apply(ARM)).isInstanceOf(Effect.Done.class);

    String owner = server.object(objects.owner()).path("metadata").path("uid").asString("");
    for (String path :
        List.of(
            objects.leases(),
            objects.accounts(),
            objects.roles(),
            objects.bindings(),
            objects.clusterBindings(),
            objects.jobs())) {
      JsonNode meta = server.object(path + "/" + objects.name()).path("metadata");
      assertThat(meta.path("ownerReferences").path(0).path("uid").asString("")).isEqualTo(owner);
      assertThat(meta.path("labels").toString())
          .contains("\"app.kubernetes.io/managed-by\":\"faultline\"", "run-1");
    }
    assertThat(server.object(objects.owner()).path("rules").toString())
        .isEqualTo(
            ("[{'apiGroups':[''],'resources':['nodes'],'resourceNames':['n1'],"
                    + "'verbs':['get','patch']},"
                    + "{'apiGroups':['rbac.authorization.k8s.io'],'resources':['clusterroles'],"
                    + "'resourceNames':['%s'],'verbs':['delete']}]")
                .replace('\'', '"')
                .formatted(objects.name()));
  }

  @Test
  void aFuseIsArmedOnceItSaysSoAndGoneOnceItsOwnerIs() {
    Query.ObjectFuse query = new Query.ObjectFuse(REF, "cordon");
    hands.apply(ARM);
    assertThat(hands.ask(query)).isEqualTo(new Answer.FuseIs(false));

    server.annotate(objects.lease(), "faultline.dev/fuse", "watching");
    assertThat(hands.ask(query)).isEqualTo(new Answer.FuseIs(true));
    assertThat(hands.apply(DISARM)).isInstanceOf(Effect.Done.class);
    assertThat(hands.ask(query)).isEqualTo(new Answer.FuseIs(false));
    assertThat(hands.apply(DISARM)).isInstanceOf(Effect.Done.class);
    assertThat(hands.renewFuses()).isEmpty();
  }

  @Test
  void noChangeIsMadeOnceItsFuseHasFired() {
    hands.apply(ARM);
    server.meet(
        request ->
            request.startsWith("GET " + objects.lease())
                ? Optional.of(FakeApiServer.status(404, "gone"))
                : Optional.empty());

    assertThat(hands.apply(CHANGE))
        .isInstanceOf(Effect.Failed.class)
        .extracting(Effect::detail)
        .asString()
        .contains("has fired");
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));
  }

  @Test
  void whatMayNotBeMadeFailsTheFuseAndNothingIsChanged() {
    server.meet(
        request ->
            request.startsWith("POST " + objects.roles())
                ? Optional.of(FakeApiServer.status(403, "attempting to grant more"))
                : Optional.empty());

    assertThat(hands.apply(ARM).detail()).contains("attempting to grant more");
    assertThat(hands.apply(DISARM)).isInstanceOf(Effect.Done.class);
  }
}
