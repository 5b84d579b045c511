package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.environment.Await;
import dev.faultline.environment.kubernetes.Remain.State;
import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.ClusterFuseAction;
import dev.faultline.model.world.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What dead runs left, found and taken back by the objects alone. */
final class SweepTest {

  private static final String WEB = "/apis/apps/v1/namespaces/shop/deployments/web";
  private static final String SETTINGS = "/api/v1/namespaces/other/configmaps/settings";
  private static final String NODE = "/api/v1/nodes/n1";
  private static final String AGENT = "/api/v1/namespaces/other/pods/faultline-agent-x";

  private FakeApiServer server;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    api = server.api();
    server.put(
        WEB,
        """
        {'metadata': {'name': 'web', 'namespace': 'shop', 'uid': 'u-1', 'resourceVersion': '1'},
          'spec': {'replicas': 3}}
        """);
    server.put(
        SETTINGS,
        """
        {'metadata': {'name': 'settings', 'namespace': 'other', 'uid': 'u-2',
          'resourceVersion': '1'}, 'data': {'level': 'info', 'theirs': 'stays'}}
        """);
    server.put(
        NODE, "{'metadata': {'name': 'n1', 'uid': 'u-3', 'resourceVersion': '1'}, 'spec': {}}");
    change("run-1", WEB, ref(ObjectKind.DEPLOYMENT, "shop", "web", 1), replicas("3", "0"));
    change(
        "run-2",
        SETTINGS,
        ref(ObjectKind.CONFIG_MAP, "other", "settings", 2),
        new FieldChange(new ObjectField.Entry("level"), Optional.of("info"), Optional.of("debug")));
    change(
        "run-2",
        NODE,
        ref(ObjectKind.NODE, "", "n1", 3),
        new FieldChange(new ObjectField.Unschedulable(), Optional.empty(), Optional.of("true")));
    server.put(
        AGENT,
        """
        {'metadata': {'name': 'faultline-agent-x', 'namespace': 'other', 'uid': 'u-4',
          'labels': {'app.kubernetes.io/managed-by': 'faultline',
            'app.kubernetes.io/component': 'packet-agent', 'faultline.dev/run': 'run-2'}}}
        """);
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  private static ObjectRef ref(ObjectKind kind, String namespace, String name, int uid) {
    return new ObjectRef(kind, namespace, name, "u-" + uid);
  }

  private static FieldChange replicas(String was, String is) {
    return new FieldChange(new ObjectField.Replicas(), Optional.of(was), Optional.of(is));
  }

  private void change(String run, String path, ObjectRef object, FieldChange change)
      throws Exception {
    String version = server.object(path).path("metadata").path("resourceVersion").asString("");
    assertThat(
            new Changes(api, run)
                .change(new ClusterAction.ChangeObject(object, version, "fault", List.of(change)))
                .detail())
        .startsWith("set ");
  }

  private List<Remain> undo(Optional<String> namespace, Optional<String> run, String... on) {
    return new Sweep(api, namespace, run, Set.of(on)).undo();
  }

  private List<Remain> undo() {
    return undo(Optional.empty(), Optional.empty());
  }

  private JsonNode web() {
    return server.object(WEB);
  }

  @Test
  void everythingOfAllRunsInAllNamespacesIsTakenBackAndTheSecondTimeThereIsNothing() {
    assertThat(undo())
        .extracting(Remain::run, Remain::what, Remain::state, Remain::words)
        .containsExactly(
            tuple("run-1", "deployment web in shop", State.UNDONE, "set replicas to 3"),
            tuple("run-2", "configMap settings in other", State.UNDONE, "set 'level' to info"),
            tuple("run-2", "node n1", State.UNDONE, "set unschedulable to none"),
            tuple("run-2", "agent faultline-agent-x in other", State.UNDONE, "it is gone"));
    assertThat(web().path("spec").path("replicas").asInt(0)).isEqualTo(3);
    assertThat(web().path("metadata").path("labels").properties()).isEmpty();
    assertThat(server.object(SETTINGS).path("data").toString())
        .isEqualTo("{\"level\":\"info\",\"theirs\":\"stays\"}");
    assertThat(server.object(NODE).path("spec").properties()).isEmpty();

    assertThat(undo()).isEmpty();
  }

  @Test
  void aNamespaceOrARunIsAllThatIsTouchedWhereOneIsNamed() {
    assertThat(undo(Optional.of("other"), Optional.of("run-2")))
        .extracting(Remain::what)
        .containsExactly(
            "configMap settings in other", "node n1", "agent faultline-agent-x in other");
    assertThat(web().path("spec").path("replicas").asInt(-1)).isZero();

    assertThat(undo(Optional.empty(), Optional.of("run-3"))).isEmpty();
    assertThat(web().path("spec").path("replicas").asInt(-1)).isZero();
  }

  @Test
  void runsThatAreOnAreLeftAlone() {
    assertThat(undo(Optional.empty(), Optional.empty(), "run-2"))
        .extracting(Remain::run, Remain::state)
        .containsExactly(
            tuple("run-1", State.UNDONE),
            tuple("run-2", State.ALIVE),
            tuple("run-2", State.ALIVE),
            tuple("run-2", State.ALIVE));
    assertThat(server.object(AGENT)).isNotNull();
    assertThat(server.object(NODE).path("spec").path("unschedulable").asBoolean(false)).isTrue();
  }

  @Test
  void twoChangesOfOneObjectGoBackInReverse() throws Exception {
    change("run-3", WEB, ref(ObjectKind.DEPLOYMENT, "shop", "web", 1), replicas("0", "1"));

    assertThat(undo()).extracting(Remain::run).startsWith("run-3", "run-1");
    assertThat(web().path("spec").path("replicas").asInt(-1)).isEqualTo(3);
  }

  @Test
  void whatSomebodyElseSetIsLeftAloneAndTold() {
    server.change(WEB, "{'spec': {'replicas': 7}}");

    assertThat(undo().getFirst())
        .satisfies(
            remain -> {
              assertThat(remain.state()).isEqualTo(State.SUPERSEDED);
              assertThat(remain.words()).contains("replicas is 7", "left alone");
            });
    assertThat(web().path("spec").path("replicas").asInt(-1)).isEqualTo(7);
    assertThat(web().path("metadata").path("labels").properties()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "null",
        "{}",
        "{'entries':null}",
        "{'entries':[],'version':9}",
        "{'entries':[null]}",
        "{'entries':[{'run':'run-1','mark':'m','changes':[{'field':{'unheardOf':{}}}]}]}"
      })
  void anAnnotationThatIsGoneOrNotReadIsToldWithTheWayOutAndNotTouched(String text) {
    server.annotate(WEB, UndoNote.ANNOTATION, text.replace('\'', '"'));
    String before = web().toString();

    assertThat(undo())
        .hasSize(4)
        .first()
        .satisfies(
            remain -> {
              assertThat(remain.state()).isEqualTo(State.LEFT);
              assertThat(remain.run()).isEqualTo("run-1");
              assertThat(remain.words())
                  .contains("kubectl annotate deployments web -n shop faultline.dev/undo-");
            });
    assertThat(web().toString()).isEqualTo(before);
  }

  @Test
  void aNumberOfPodsThatIsNoneIsNotWritten() {
    String note = web().path("metadata").path("annotations").path(UndoNote.ANNOTATION).asString("");
    server.annotate(WEB, UndoNote.ANNOTATION, note.replace("\"was\":\"3\"", "\"was\":\"three\""));

    assertThat(undo().getFirst().state()).isEqualTo(State.LEFT);
    assertThat(web().path("spec").path("replicas").asInt(-1)).isZero();
  }

  @Test
  void whatMayNotBeListedOrChangedIsLeftAndTheRestIsUndone() {
    server.meet(
        request ->
            request.startsWith("GET /api/v1/nodes") || request.startsWith("PATCH /api")
                ? Optional.of(FakeApiServer.status(403, "may not"))
                : Optional.empty());

    assertThat(undo(Optional.of("other"), Optional.empty()))
        .extracting(Remain::what, Remain::state)
        .containsExactly(
            tuple("configMap settings in other", State.LEFT),
            tuple("nodes", State.UNSEEN),
            tuple("agent faultline-agent-x in other", State.UNDONE));
    assertThat(undo())
        .filteredOn(remain -> remain.what().equals("nodes"))
        .singleElement()
        .satisfies(
            nodes -> {
              assertThat(nodes.state()).isEqualTo(State.LEFT);
              assertThat(nodes.words()).contains("may not", "--namespace");
            });
  }

  private ClusterFuses fuses(String run) throws Exception {
    ObjectRef web = ref(ObjectKind.DEPLOYMENT, "shop", "web", 1);
    ClusterFuses fuses = new ClusterFuses(api, run);
    assertThat(
            fuses.arm(
                new ClusterFuseAction.ArmObjectFuse(
                    web, "fault", "agent:1", Duration.ofSeconds(2), Duration.ofSeconds(60))))
        .isInstanceOf(Effect.Done.class);
    return fuses;
  }

  private String renewedAt() {
    String lease =
        new FuseObjects("shop", "run-1", ref(ObjectKind.DEPLOYMENT, "shop", "web", 1), "fault")
            .lease();
    return server.object(lease).path("spec").path("renewTime").asString("");
  }

  @Test
  void aRunThatRenewsItsLeaseIsLeftAloneWhereverItIs() throws Exception {
    ClusterFuses fuses = fuses("run-1");
    server.meet(
        request -> {
          if (request.startsWith("GET /apis/coordination.k8s.io/v1/leases")) {
            String before = renewedAt();
            Await.until(
                "a renewal that is due",
                () -> {
                  assertThat(fuses.renew()).isEmpty();
                  return !renewedAt().equals(before);
                });
          }
          return Optional.empty();
        });

    assertThat(undo().getFirst())
        .satisfies(remain -> assertThat(remain.state()).isEqualTo(State.ALIVE));
    assertThat(web().path("spec").path("replicas").asInt(-1)).isZero();
    assertThat(fuses.renew()).isEmpty();
  }

  @Test
  void theFuseOfADeadRunGoesWithWhatItGuarded() throws Exception {
    ClusterFuses fuses = fuses("run-1");

    assertThat(undo())
        .filteredOn(remain -> remain.run().equals("run-1"))
        .extracting(Remain::state, Remain::words)
        .containsExactly(tuple(State.UNDONE, "set replicas to 3"), tuple(State.UNDONE, "removed"));
    assertThat(undo()).isEmpty();
    Await.until(
        "a renewal that is due finds the fuse gone",
        () -> fuses.renew().filter(Effect.Superseded.class::isInstance).isPresent());
  }
}
