package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods that were ended are looked for with few requests, however many they are. */
final class EndingPodsTest {

  private static final String PODS = "/api/v1/namespaces/shop/pods/";

  private FakeApiServer server;
  private ClusterHands hands;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    hands = new ClusterHands(server.api(), "run-1", Optional.empty());
    server.put(
        PODS + "other", "{'metadata': {'namespace': 'shop', 'name': 'other', 'uid': 'u-other'}}");
  }

  @AfterEach
  void stop() {
    hands.close();
    server.close();
  }

  private List<ObjectRef> killed(int count) {
    List<ObjectRef> pods =
        IntStream.range(0, count)
            .mapToObj(i -> new ObjectRef(ObjectKind.POD, "shop", "web-" + i, "u-" + i))
            .toList();
    for (ObjectRef pod : pods) {
      server.put(
          PODS + pod.name(),
          "{'metadata': {'namespace': 'shop', 'name': '%s', 'uid': '%s'}}"
              .formatted(pod.name(), pod.uid()));
      assertThat(hands.apply(new ClusterAction.DeletePod(pod, "deployment/web", Optional.empty())))
          .isInstanceOf(Effect.Done.class);
    }
    return pods;
  }

  private long looks() {
    return server.requests().stream().filter(request -> request.startsWith("GET ")).count();
  }

  @Test
  void manyAreFoundGoneByOneList() {
    List<ObjectRef> pods = killed(20);

    assertThat(pods)
        .allSatisfy(
            pod ->
                assertThat(hands.ask(new Query.PodStatus(pod)))
                    .isEqualTo(new Answer.PodIs(false, false)));
    assertThat(looks()).isEqualTo(1);
  }

  @Test
  void oneThatIsStillThereIsTold() {
    List<ObjectRef> pods = killed(20);
    server.put(
        PODS + "web-7",
        "{'metadata': {'namespace': 'shop', 'name': 'web-7', 'uid': 'u-7', 'deletionTimestamp':"
            + " '2026-01-01T00:00:00Z'}}");

    assertThat(hands.ask(new Query.PodStatus(pods.get(7)))).isEqualTo(new Answer.PodIs(true, true));
    assertThat(hands.ask(new Query.PodStatus(pods.get(8))))
        .isEqualTo(new Answer.PodIs(false, false));
  }

  @Test
  void oneThatNobodyEndedFromHereIsAskedForAlone() {
    killed(20);

    assertThat(
            hands.ask(
                new Query.PodStatus(new ObjectRef(ObjectKind.POD, "shop", "other", "u-other"))))
        .isEqualTo(new Answer.PodIs(true, false));
    assertThat(server.requests().getLast()).startsWith("GET " + PODS + "other");
  }
}
