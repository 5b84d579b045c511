package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectField.Amount;
import dev.faultline.model.cluster.ObjectField.Amount.Bound;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectReading;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Query;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Changes of objects whose API server is asked by others too, fails, or comes back. */
final class ChangesTest {

  private static final String WEB = "/apis/apps/v1/namespaces/shop/deployments/web";
  private static final String NODE = "/api/v1/nodes/n1";
  private static final ObjectRef REF = new ObjectRef(ObjectKind.DEPLOYMENT, "shop", "web", "u-1");
  private static final List<FieldChange> TO_ZERO =
      List.of(new FieldChange(new ObjectField.Replicas(), Optional.of("3"), Optional.of("0")));
  private static final ClusterAction.ChangeObject CHANGE =
      new ClusterAction.ChangeObject(REF, "7", "scale-web", TO_ZERO);
  private static final ClusterAction.RestoreObject RESTORE =
      new ClusterAction.RestoreObject(REF, "scale-web", TO_ZERO);

  private FakeApiServer server;
  private Api api;
  private Changes changes;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    server.put(
        WEB,
        """
        {'metadata': {'name': 'web', 'namespace': 'shop', 'uid': 'u-1', 'resourceVersion': '7',
          'annotations': {'theirs': 'stays'}}, 'spec': {'replicas': 3}}
        """);
    api = server.api();
    changes = new Changes(api, "run-1");
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  private String replicas() {
    return server.object(WEB).path("spec").path("replicas").asString("");
  }

  private JsonNode meta() {
    return server.object(WEB).path("metadata");
  }

  @Test
  void theChangeCarriesItsUndoAndTheUndoLeavesNothing() throws Exception {
    assertThat(changes.change(CHANGE)).isInstanceOf(Effect.Done.class);
    assertThat(replicas()).isEqualTo("0");
    assertThat(meta().path("labels").path(UndoNote.LABEL).asString("")).isEqualTo("run-1");
    assertThat(meta().path("annotations").path(UndoNote.ANNOTATION).asString(""))
        .contains("\"run\":\"run-1\"", "\"was\":\"3\"", "\"is\":\"0\"");
    assertThat(server.requests()).hasSize(2);

    assertThat(changes.restore(RESTORE)).isInstanceOf(Effect.Done.class);
    assertThat(replicas()).isEqualTo("3");
    assertThat(meta().path("labels").properties()).isEmpty();
    assertThat(meta().path("annotations").properties()).hasSize(1);
    assertThat(changes.restore(RESTORE)).isInstanceOf(Effect.Done.class);
    assertThat(meta().path("annotations").properties()).hasSize(1);
  }

  @Test
  void whatIsLeftKeepsItsValueAndCarriesNothing() throws Exception {
    ClusterAction.LeaveObject leave = new ClusterAction.LeaveObject(REF, "scale-web", TO_ZERO);
    changes.change(CHANGE);
    boolean[] overtaken = new boolean[1];
    server.meet(
        request -> {
          if (request.startsWith("PATCH") && !overtaken[0]) {
            overtaken[0] = true;
            server.change(WEB, "{'metadata': {'annotations': {'theirs': 'newer'}}}");
          }
          return Optional.empty();
        });

    assertThat(changes.leave(leave))
        .isEqualTo(new Effect.Done("let deployment web keep what was set: replicas from 3 to 0"));
    assertThat(overtaken[0]).isTrue();
    assertThat(replicas()).isEqualTo("0");
    assertThat(meta().path("labels").properties()).isEmpty();
    assertThat(meta().path("annotations").properties()).hasSize(1);
    assertThat(changes.leave(leave).detail()).contains("carries nothing of this run");
    assertThat(changes.restore(RESTORE)).isInstanceOf(Effect.Done.class);
    assertThat(replicas()).isEqualTo("0");
  }

  @Test
  void theUndoKnowsWhatToDoByTheObjectAlone() throws Exception {
    changes.change(CHANGE);
    ClusterAction.RestoreObject forgetful =
        new ClusterAction.RestoreObject(REF, "scale-web", List.of());

    assertThat(changes.restore(forgetful)).isInstanceOf(Effect.Done.class);
    assertThat(replicas()).isEqualTo("3");
  }

  @Test
  void aNewerVersionIsWrittenOverOnlyWhereTheFieldIsStillAsPlanned() throws Exception {
    server.change(WEB, "{'metadata': {'annotations': {'theirs': 'newer'}}}");
    assertThat(changes.change(CHANGE)).isInstanceOf(Effect.Done.class);
    assertThat(meta().path("annotations").path("theirs").asString("")).isEqualTo("newer");
    assertThat(server.requests().stream().filter(one -> one.startsWith("PATCH"))).hasSize(2);
    changes.restore(RESTORE);

    server.change(WEB, "{'spec': {'replicas': 5}}");
    assertThat(changes.change(CHANGE))
        .isInstanceOf(Effect.Superseded.class)
        .extracting(Effect::detail)
        .asString()
        .contains("is 5 by now, and was 3");
    assertThat(replicas()).isEqualTo("5");
  }

  @Test
  void anObjectThatOthersChangeAllTheTimeIsGivenUp() throws Exception {
    server.meet(
        request ->
            request.startsWith("PATCH")
                ? Optional.of(FakeApiServer.status(409, "modified"))
                : Optional.empty());

    assertThat(changes.change(CHANGE)).isInstanceOf(Effect.Failed.class);
    assertThat(server.requests()).hasSize(10);
  }

  @Test
  void aWriteWhoseAnswerWasLostIsFoundToBeOurs() throws Exception {
    AtomicInteger patches = new AtomicInteger();
    server.meet(
        request -> {
          if (request.startsWith("PATCH") && patches.getAndIncrement() == 0) {
            new Changes(api, "run-1").change(CHANGE);
            return Optional.of(FakeApiServer.status(500, "lost"));
          }
          return Optional.empty();
        });

    assertThat(changes.change(CHANGE).detail()).contains("by an earlier write");
    assertThat(replicas()).isEqualTo("0");
    assertThat(changes.restore(RESTORE)).isInstanceOf(Effect.Done.class);
    assertThat(replicas()).isEqualTo("3");
  }

  @Test
  void aValueThatIsNoLongerOursIsLeftAloneAndTheMarkGoes() throws Exception {
    changes.change(CHANGE);
    server.change(WEB, "{'spec': {'replicas': 2}}");

    assertThat(changes.restore(RESTORE))
        .isInstanceOf(Effect.Superseded.class)
        .extracting(Effect::detail)
        .asString()
        .contains("replicas is 2", "left alone");
    assertThat(replicas()).isEqualTo("2");
    assertThat(meta().path("labels").properties()).isEmpty();
  }

  @Test
  void twoRunsChangeOneNodeAndEachTakesBackItsOwn() throws Exception {
    server.put(
        NODE,
        """
        {'metadata': {'name': 'n1', 'uid': 'u-2', 'resourceVersion': '1'},
          'spec': {'taints': [{'key': 'theirs', 'effect': 'NoExecute'}]}}
        """);
    ObjectRef node = new ObjectRef(ObjectKind.NODE, "", "n1", "u-2");
    ObjectField taint = new ObjectField.Taint("k", "NoSchedule");
    List<FieldChange> tainted = List.of(new FieldChange(taint, Optional.empty(), Optional.of("v")));
    List<FieldChange> cordoned =
        List.of(
            new FieldChange(
                new ObjectField.Unschedulable(), Optional.empty(), Optional.of("true")));
    Changes other = new Changes(api, "run-2");

    changes.change(new ClusterAction.ChangeObject(node, "1", "taint", tainted));
    other.change(new ClusterAction.ChangeObject(node, "2", "cordon", cordoned));
    assertThat(server.object(NODE).path("spec").path("taints")).hasSize(2);

    changes.restore(new ClusterAction.RestoreObject(node, "taint", tainted));
    assertThat(server.object(NODE).path("spec").path("taints")).hasSize(1);
    assertThat(server.object(NODE).path("spec").path("unschedulable").asBoolean(false)).isTrue();
    assertThat(
            server.object(NODE).path("metadata").path("labels").path(UndoNote.LABEL).asString(""))
        .isEqualTo("run-2");
    other.restore(new ClusterAction.RestoreObject(node, "cordon", cordoned));
    assertThat(server.object(NODE).path("spec").has("unschedulable")).isFalse();
    assertThat(server.object(NODE).path("metadata").path("labels").properties()).isEmpty();
  }

  @Test
  void partsOfAContainerAreChangedAndItsOtherPartsStay() throws Exception {
    server.change(
        WEB,
        """
        {'spec': {'template': {'spec': {'containers': [
          {'name': 'log', 'image': 'log:1'},
          {'name': 'web', 'image': 'web:1', 'resources': {'requests': {'cpu': '1'}}}]}}}}
        """);
    String before = server.object(WEB).path("spec").toString();
    List<FieldChange> worse =
        List.of(
            new FieldChange(
                new ObjectField.Image("web"), Optional.of("web:1"), Optional.of("none:0")),
            new FieldChange(
                new Amount("web", Bound.LIMITS, "memory"), Optional.empty(), Optional.of("64Mi")),
            new FieldChange(
                new Amount("web", Bound.REQUESTS, "cpu"), Optional.of("1"), Optional.of("50m")));

    assertThat(changes.change(new ClusterAction.ChangeObject(REF, "8", "worse", worse)))
        .isInstanceOf(Effect.Done.class);
    assertThat(server.object(WEB).path("spec").path("template").path("spec").path("containers"))
        .hasToString(
            "[{\"name\":\"log\",\"image\":\"log:1\"},{\"name\":\"web\",\"image\":\"none:0\",\"resources\":"
                + "{\"requests\":{\"cpu\":\"50m\"},\"limits\":{\"memory\":\"64Mi\"}}}]");

    assertThat(changes.restore(new ClusterAction.RestoreObject(REF, "worse", worse)))
        .isInstanceOf(Effect.Done.class);
    assertThat(server.object(WEB).path("spec").toString().replace(",\"limits\":{}", ""))
        .isEqualTo(before);
  }

  @Test
  void aServiceSelectsNothingAndThenWhatItDid() throws Exception {
    String path = "/api/v1/namespaces/shop/services/web";
    server.put(
        path,
        """
        {'metadata': {'name': 'web', 'namespace': 'shop', 'uid': 'u-3', 'resourceVersion': '1'},
          'spec': {'selector': {'app': 'web'}}}
        """);
    ObjectRef service = new ObjectRef(ObjectKind.SERVICE, "shop", "web", "u-3");
    List<FieldChange> none =
        List.of(
            new FieldChange(
                new ObjectField.Selects("faultline.dev/no-endpoints"),
                Optional.empty(),
                Optional.of("true")));

    changes.change(new ClusterAction.ChangeObject(service, "1", "none", none));
    assertThat(server.object(path).path("spec").path("selector")).hasSize(2);

    changes.restore(new ClusterAction.RestoreObject(service, "none", none));
    assertThat(server.object(path).path("spec").path("selector")).hasToString("{\"app\":\"web\"}");
  }

  @Test
  void anUndoThatFindsNothingMakesALateChangeComeTooLate() throws Exception {
    assertThat(changes.restore(RESTORE)).isInstanceOf(Effect.Done.class);
    assertThat(meta().path("resourceVersion").asString("")).isNotEqualTo("7");
    assertThat(meta().path("annotations").properties()).hasSize(1);
  }

  @Test
  void whatWasReplacedOrIsGoneIsNotTouched() throws Exception {
    server.change(WEB, "{'metadata': {'uid': 'another'}}");
    assertThat(changes.change(CHANGE)).isInstanceOf(Effect.Superseded.class);
    assertThat(changes.restore(RESTORE)).isInstanceOf(Effect.Superseded.class);
    assertThat(server.requests()).noneMatch(one -> one.startsWith("PATCH"));

    Answer status = changes.status(new Query.ObjectStatus(REF, "scale-web", TO_ZERO));
    assertThat(new Expectation.ObjectChanged(List.of()).met(status)).isTrue();
    assertThat(new Expectation.ObjectChanged(TO_ZERO).met(status)).isFalse();
  }

  @Test
  void anEffectIsShownByWhatTheClusterBroughtAbout() throws Exception {
    changes.change(CHANGE);
    Query.ObjectStatus query = new Query.ObjectStatus(REF, "scale-web", TO_ZERO);
    server.change(
        WEB, "{'metadata': {'generation': 2}, 'status': {'observedGeneration': 2, 'replicas': 1}}");
    assertThat(new Expectation.ObjectChanged(TO_ZERO).met(changes.status(query))).isFalse();
    server.change(WEB, "{'status': {'observedGeneration': 1, 'replicas': 0}}");
    assertThat(new Expectation.ObjectChanged(TO_ZERO).met(changes.status(query))).isFalse();
    server.change(WEB, "{'status': {'observedGeneration': 2}}");

    Answer.ObjectIs shown = (Answer.ObjectIs) changes.status(query);
    assertThat(new Expectation.ObjectChanged(TO_ZERO).met(shown)).isTrue();
    assertThat(shown.reading().map(ObjectReading::marked)).contains(true);
  }

  @Test
  void aNoteThatSomebodyElseWroteIsNotObeyed() throws Exception {
    server.change(WEB, "{'metadata': {'annotations': {'faultline.dev/undo': '[1'}}}");

    assertThat(new ClusterHands(api, "run-1", Optional.empty()).apply(RESTORE))
        .isInstanceOf(Effect.Failed.class)
        .extracting(Effect::detail)
        .asString()
        .contains("cannot be read");
    assertThat(replicas()).isEqualTo("3");
  }
}
