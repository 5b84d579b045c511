package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.gate.Kubernetes;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What gates read of a cluster. */
final class ClusterNumbersTest {

  private static final String SPACE = "/api/v1/namespaces/shop";
  private static final String APPS = "/apis/apps/v1/namespaces/shop/";
  private static final String UNHEALTHY = "{'deployment': 'web', 'events': 'Unhealthy'}";

  private FakeApiServer server;
  private ClusterHands hands;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    hands = new ClusterHands(server.api(), "run-1", Optional.empty());
    server.put(
        APPS + "deployments/web",
        "{'spec': {'replicas': 3, 'selector': {'matchLabels': {'app': 'web'}}},"
            + " 'status': {'readyReplicas': 2, 'conditions': [{'type': 'Available', 'status':"
            + " 'True'}, {'type': 'Progressing', 'status': 'False'}]}}");
    server.put(APPS + "deployments/new", "{'spec': {'replicas': 1}, 'status': {}}");
    server.put(
        APPS + "replicasets/web-1", "{'metadata': {'name': 'web-1', 'labels': {'app': 'web'}}}");
    server.put(
        APPS + "daemonsets/log", "{'status': {'desiredNumberScheduled': 3, 'numberReady': 1}}");
    server.put("/apis/batch/v1/namespaces/shop/jobs/check", "{'status': {'failed': 1}}");
    server.put(
        "/api/v1/nodes/n1",
        "{'status': {'conditions': [{'type': 'Ready', 'status': 'True'}, {'type':"
            + " 'MemoryPressure', 'status': 'Unknown', 'reason': 'NodeStatusUnknown'}]}}");
    pod("web-1-a");
    pod("web-1-b");
  }

  @AfterEach
  void stop() {
    hands.close();
    server.close();
  }

  private void pod(String name) {
    server.put(
        SPACE + "/pods/" + name,
        ("{'metadata': {'name': '%s', 'labels': {'app': 'web'}}, 'status': {'containerStatuses':"
                + " [{'restartCount': 1}, {'restartCount': 1}]}}")
            .formatted(name));
  }

  /** An event that tells of some times in the one way or the other. */
  private void event(String id, String kind, String name, String times) {
    event("shop", id, "Unhealthy", kind, name, times);
  }

  private void event(
      String space, String id, String reason, String kind, String name, String times) {
    server.put(
        "/api/v1/namespaces/%s/events/%s".formatted(space, id),
        "{'metadata': {'uid': '%s'}, 'reason': '%s', 'involvedObject': {'kind': '%s', 'name': '%s'}%s}"
            .formatted(id, reason, kind, name, times.isEmpty() ? "" : ", " + times));
  }

  private Answer ask(String gate) {
    Kubernetes signal = Codec.json().readValue(gate.replace('\'', '"'), Kubernetes.class);
    return hands.ask((Query.OfCluster) signal.queries().getFirst());
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
        "{'pod': 'web-1-a', 'read': 'restarts'} | 2",
        "{'pod': 'web-1-a', 'read': 'ready'} | 0",
        "{'node': 'n1', 'read': 'ready'} | 1",
        "{'deployment': 'web', 'condition': 'Available'} | 1",
        "{'deployment': 'web', 'condition': 'Progressing'} | 0",
        "{'deployment': 'web', 'condition': 'ReplicaFailure'} | 0",
        "{'job': 'check', 'condition': 'Complete'} | 0",
        "{'node': 'n1', 'condition': 'Ready'} | 1",
        "{'deployment': 'web', 'events': 'Unhealthy'} | 0"
      })
  void aGateReadsOneNumber(String gate, double expected) {
    assertThat(ask(gate)).isEqualTo(new Answer.Numeric(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'deployment': 'gone', 'read': 'readyReplicas'} | there is no deployment gone in shop",
        "{'deployment': 'gone', 'events': 'Unhealthy'} | there is no deployment gone in shop",
        "{'node': 'n1', 'condition': 'MemoryPressure'} | n1 is unknown (NodeStatusUnknown)",
        "{'node': 'n1', 'condition': 'DiskFull'} | it states MemoryPressure, Ready",
        "{'daemonSet': 'log', 'condition': 'Complete'} | it states none"
      })
  void whatIsNotThereIsNoData(String gate, String why) {
    assertThat(ask(gate).words()).contains("no data", why);
  }

  @Test
  void eventsCountAsOftenAsTheyTellAndOldOnesDoNot() {
    event("old", "Pod", "web-1-a", "'count': 7");
    assertThat(ask(UNHEALTHY)).isEqualTo(new Answer.Numeric(0));

    event("old", "Pod", "web-1-a", "'count': 9");
    event("new", "Pod", "web-1-b", "'count': 0, 'series': {'count': 3}");
    event("set", "ReplicaSet", "web-1", "");
    event("own", "Deployment", "web", "'count': 1");
    event("other", "Pod", "stock-1", "'count': 5");
    event("shop", "reason", "BackOff", "Pod", "web-1-a", "'count': 5");

    assertThat(ask(UNHEALTHY)).isEqualTo(new Answer.Numeric(7));
  }

  @Test
  void eventsOfPodsThatCameAndWentAreKept() {
    event("before", "Pod", "web-1-c", "'count': 2");
    ask(UNHEALTHY);
    pod("web-1-c");
    event("during", "Pod", "web-1-c", "'count': 4");
    assertThat(ask(UNHEALTHY)).isEqualTo(new Answer.Numeric(4));

    server.meet(
        request ->
            request.contains("/pods?") || request.contains("/events?")
                ? Optional.of(new FakeApiServer.Answer(200, "{\"items\": []}"))
                : Optional.empty());

    assertThat(ask(UNHEALTHY)).isEqualTo(new Answer.Numeric(4));
  }

  @Test
  void eventsOfNodesAreInTheirOwnNamespace() {
    String gate = "{'node': 'n1', 'events': 'OOMKilling'}";
    ask(gate);

    event("default", "one", "OOMKilling", "Node", "n1", "'count': 2");
    event("default", "two", "OOMKilling", "Node", "n2", "'count': 2");

    assertThat(ask(gate)).isEqualTo(new Answer.Numeric(2));
  }

  @Test
  void podsAreFoundByWhateverSelectsThem() {
    server.put(
        APPS + "statefulsets/db",
        "{'spec': {'selector': {'matchLabels': {'app': 'db'}, 'matchExpressions': ["
            + "{'key': 'tier', 'operator': 'In', 'values': ['a', 'b']},"
            + "{'key': 'old', 'operator': 'DoesNotExist'}]}}}");
    server.meet(
        request ->
            request.contains("/pods?")
                ? Optional.of(new FakeApiServer.Answer(200, "{\"items\": []}"))
                : Optional.empty());

    ask("{'statefulSet': 'db', 'read': 'restarts'}");

    assertThat(server.requests().getLast())
        .contains("labelSelector=app%3Ddb%2Ctier+in+%28a%2Cb%29%2C%21old");
  }
}
