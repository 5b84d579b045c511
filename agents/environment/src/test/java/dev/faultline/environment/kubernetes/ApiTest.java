package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API server that is busy, broken, silent or refuses. */
final class ApiTest {

  private static final String POD = "/api/v1/namespaces/shop/pods/web-1";
  private static final ObjectRef REF = new ObjectRef(ObjectKind.POD, "shop", "web-1", "u-1");
  private static final Action.InCluster KILL =
      new ClusterAction.DeletePod(REF, "deployment/web", Optional.of(Duration.ofSeconds(5)));
  private static final Action.InCluster EVICT =
      new ClusterAction.EvictPod(REF, "deployment/web", Optional.empty());

  private FakeApiServer server;
  private ClusterHands hands;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    server.put(POD, "{'metadata': {'name': 'web-1', 'namespace': 'shop', 'uid': 'u-1'}}");
    hands = new ClusterHands(server.api(), "run-1", Optional.empty());
  }

  @AfterEach
  void stop() {
    hands.close();
    server.close();
  }

  @Test
  void aPodIsDeletedWithItsGraceAndByItsUidAlone() throws Exception {
    assertThat(hands.apply(KILL)).isInstanceOf(Effect.Done.class);
    assertThat(server.requests().getFirst())
        .startsWith("DELETE " + POD)
        .contains("\"preconditions\":{\"uid\":\"u-1\"}", "\"gracePeriodSeconds\":5");
    assertThat(hands.ask(new Query.PodStatus(REF))).isEqualTo(new Answer.PodIs(false, false));

    server.put(POD, "{'metadata': {'name': 'web-1', 'namespace': 'shop', 'uid': 'u-2'}}");
    assertThat(hands.apply(KILL)).isInstanceOf(Effect.Superseded.class);
    assertThat(server.object(POD).path("metadata").path("uid").asString("")).isEqualTo("u-2");
  }

  @Test
  void aDisruptionBudgetIsToldAndNotAskedAgain() throws Exception {
    server.meet(
        _ ->
            Optional.of(
                new FakeApiServer.Answer(
                    429,
                    "{\"kind\":\"Status\",\"message\":\"Cannot evict"
                        + " pod\",\"details\":{\"causes\":[{\"reason\":\"DisruptionBudget\",\"message\":\"web-pdb"
                        + " needs 3\"}]}}")));

    assertThat(hands.apply(EVICT))
        .isInstanceOf(Effect.Failed.class)
        .extracting(Effect::detail)
        .asString()
        .contains("disruption budget", "web-pdb needs 3");
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().getFirst()).startsWith("POST " + POD + "/eviction");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void whatMayPassIsTriedAgainAndThenGoesWell(int code) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.meet(
        _ ->
            asked.getAndIncrement() < 2
                ? Optional.of(new FakeApiServer.Answer(code, "busy", Map.of("Retry-After", "0")))
                : Optional.empty());

    assertThat(hands.apply(KILL)).isInstanceOf(Effect.Done.class);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void whatDoesNotPassIsToldAfterThreeTries() throws Exception {
    server.meet(_ -> Optional.of(FakeApiServer.status(500, "etcd is gone")));

    assertThat(hands.apply(KILL)).isEqualTo(new Effect.Failed("Kubernetes: etcd is gone"));
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void aRefusalIsToldAtOnceInTheServersWords() throws Exception {
    server.meet(_ -> Optional.of(FakeApiServer.status(403, "pods is forbidden")));

    assertThat(hands.apply(KILL)).isEqualTo(new Effect.Failed("Kubernetes: pods is forbidden"));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aTornAnswerAndNoServerAreTrouble() throws Exception {
    server.meet(_ -> Optional.of(new FakeApiServer.Answer(200, "{\"metadata\": {\"na")));
    assertThat(hands.ask(new Query.PodStatus(REF)).words()).contains("no JSON");

    server.close();
    assertThat(hands.ask(new Query.PodStatus(REF)).words()).contains("does not answer");
  }

  @Test
  void aLongListComesInPages() throws Exception {
    server.meet(
        request ->
            Optional.of(
                new FakeApiServer.Answer(
                    200,
                    request.contains("continue=a%2Fb")
                        ? "{\"items\": [{\"n\": 2}], \"metadata\": {}}"
                        : "{\"items\": [{\"n\": 1}], \"metadata\": {\"continue\": \"a/b\"}}")));
    try (Api api = server.api()) {
      assertThat(api.list("/api/v1/pods", ""))
          .extracting(one -> one.path("n").asInt(0))
          .containsExactly(1, 2);
    }
  }

  @Test
  void answersMayBeCompressed() throws Exception {
    server.compress();
    try (Api api = server.api()) {
      assertThat(api.get(POD).json().path("metadata").path("name").asString("")).isEqualTo("web-1");
      assertThat(api.list("/api/v1/namespaces/shop/pods", "")).hasSize(1);
    }
    server.meet(
        _ ->
            Optional.of(
                new FakeApiServer.Answer(200, "not so", Map.of("Content-Encoding", "gzip"))));
    assertThat(hands.ask(new Query.PodStatus(REF)).words()).contains("no JSON");
  }

  @Test
  void theNextPageIsAskedForBeforeTheObjectsOfThisOneAreRead() throws Exception {
    CountDownLatch next = new CountDownLatch(1);
    server.meet(
        request -> {
          if (request.contains("continue=more")) {
            next.countDown();
            return Optional.of(new FakeApiServer.Answer(200, "{\"items\": null}"));
          }
          return Optional.of(
              new FakeApiServer.Answer(
                  200, "{\"metadata\": {\"continue\": \"more\"}, \"items\": [{\"n\": 1}, {\"n\""));
        });
    try (Api api = server.api()) {
      assertThatThrownBy(() -> api.list("/api/v1/pods", ""))
          .isInstanceOf(ApiTrouble.class)
          .hasMessageContaining("not all of it");
      assertThat(next.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
