package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.kubernetes.Remain.State;
import dev.faultline.model.route.Replicas;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.RouteFit;
import dev.faultline.model.world.RouteReading;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traffic between two Deployments whose pods are ready when the test says so. */
final class ReplicaSplitTest {

  private static final String AT = "/apis/apps/v1/namespaces/shop/deployments/";
  private static final String SCALERS =
      "/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/";
  private static final Replicas ROUTE = new Replicas("orders", "orders-v2", 10);
  private static final String FUSE = "notes-canary.all";

  private final Map<String, Integer> most = new HashMap<>();
  private FakeApiServer server;
  private Api api;
  private ReplicaSplit split;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    api = server.api();
    split = new ReplicaSplit(api, "run-1", Duration.ofMillis(300));
    deployment("orders", 10);
    deployment("orders-v2", 0);
    server.put(
        "/api/v1/namespaces/shop/services/orders",
        "{'metadata': {'name': 'orders'}, 'spec': {'selector': {'app': 'orders'}}}");
    server.meet(this::control);
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  private void deployment(String name, int replicas) {
    server.put(
        AT + name,
        """
        {'metadata': {'name': '%1$s', 'namespace': 'shop', 'uid': 'u-%1$s',
            'resourceVersion': '1'},
          'spec': {'replicas': %2$d, 'template': {'metadata':
            {'labels': {'app': 'orders', 'version': '%1$s'}}}},
          'status': {'readyReplicas': %2$d}}
        """
            .formatted(name, replicas));
  }

  /** What the controller of Deployments does, up to the most that are let get ready. */
  private Optional<FakeApiServer.Answer> control(String request) {
    for (String name : List.of("orders", "orders-v2")) {
      if (request.equals("GET " + AT + name)) {
        int ready = Math.min(replicas(name), most.getOrDefault(name, 1000));
        server.change(AT + name, "{'status': {'readyReplicas': %d}}".formatted(ready));
      }
    }
    return Optional.empty();
  }

  private int replicas(String name) {
    return server.object(AT + name).path("spec").path("replicas").asInt(-1);
  }

  private List<Integer> pods() {
    return List.of(replicas("orders"), replicas("orders-v2"));
  }

  private boolean marked(String name) {
    return server.object(AT + name).path("metadata").path("labels").has(UndoNote.LABEL);
  }

  private List<String> scaled() {
    return server.requests().stream()
        .filter(request -> request.startsWith("PATCH") && request.contains("replicas\":"))
        .map(request -> request.replaceAll("^PATCH \\S*/(\\S+) .*\"replicas\":(\\d+).*", "$1 $2"))
        .toList();
  }

  @Test
  void theCanaryGrowsBeforeStableShrinksAndGoesAfterStableIsBack() throws Exception {
    split.note(ROUTE, FUSE);
    assertThat(split.isNoted(FUSE)).isTrue();
    assertThat(split.shift(ROUTE, 0.3)).isInstanceOf(Effect.Done.class);
    assertThat(pods()).containsExactly(7, 3);
    assertThat(split.status(ROUTE))
        .isEqualTo(new Answer.RouteIs(new RouteReading(0.3, true, true)));
    assertThat(split.shift(ROUTE, 1)).isInstanceOf(Effect.Done.class);
    assertThat(split.status(ROUTE)).isEqualTo(new Answer.RouteIs(new RouteReading(1, false, true)));

    assertThat(split.shift(ROUTE, 0)).isInstanceOf(Effect.Done.class);

    assertThat(scaled())
        .containsExactly(
            "orders 10",
            "orders-v2 0", // the notes
            "orders-v2 3",
            "orders 7",
            "orders-v2 10",
            "orders 0",
            "orders 10",
            "orders-v2 0");
    assertThat(split.status(ROUTE)).isEqualTo(new Answer.RouteIs(new RouteReading(0, true, false)));
    assertThat(split.shift(ROUTE, 0)).isInstanceOf(Effect.Done.class);
    assertThat(scaled()).hasSize(8);
  }

  @Test
  void whatIsKeptCarriesNothing() throws Exception {
    split.note(ROUTE, FUSE);
    assertThat(split.shift(ROUTE, 1)).isInstanceOf(Effect.Done.class);

    split.forget(FUSE);

    assertThat(pods()).containsExactly(0, 10);
    assertThat(split.isNoted(FUSE)).isFalse();
    assertThat(marked("orders") || marked("orders-v2")).isFalse();
    assertThat(split.shift(ROUTE, 0).detail()).contains("carry nothing of this run");
    assertThat(pods()).containsExactly(0, 10);
  }

  @Test
  void theCanaryStaysUntilAnybodyElseServes() throws Exception {
    split.note(ROUTE, FUSE);
    assertThat(split.shift(ROUTE, 1)).isInstanceOf(Effect.Done.class);
    most.put("orders", 0);

    assertThat(split.shift(ROUTE, 0))
        .isEqualTo(
            new Effect.Failed(
                "no pod of orders is ready yet; until one is, the 10 of orders-v2 stay: they would"
                    + " be missed more"));
    assertThat(pods()).containsExactly(10, 10);
    most.put("orders", 1);

    assertThat(split.shift(ROUTE, 0)).isInstanceOf(Effect.Done.class);
    assertThat(pods()).containsExactly(10, 0);
  }

  @Test
  void withoutItsNotesNothingIsShifted() throws Exception {
    split.note(ROUTE, FUSE);
    assertThat(new Sweep(api, Optional.of("shop"), Optional.empty(), Set.of()).undo())
        .extracting(Remain::state)
        .containsExactly(State.UNDONE, State.UNDONE);

    assertThat(split.shift(ROUTE, 0.5).detail()).contains("carry no note of this run");
    assertThat(pods()).containsExactly(10, 0);
  }

  @Test
  void nobodyElsesNumberIsWrittenOverUntilTheWayBack() throws Exception {
    split.note(ROUTE, FUSE);
    assertThat(split.shift(ROUTE, 0.3)).isInstanceOf(Effect.Done.class);
    server.change(AT + "orders-v2", "{'spec': {'replicas': 6}}");

    assertThat(new Failing(split).shift(0.5)).isEqualTo("somebody else scaled orders-v2 to 6");
    assertThat(split.shift(ROUTE, 0)).isInstanceOf(Effect.Done.class);
    assertThat(pods()).containsExactly(10, 0);
  }

  private record Failing(ReplicaSplit split) {
    String shift(double share) {
      try {
        return split.shift(ROUTE, share).detail();
      } catch (ApiTrouble trouble) {
        return String.valueOf(trouble.getMessage());
      }
    }
  }

  @Test
  void aWriteThatComesTooLateIsLookedAtAgain() throws Exception {
    split.note(ROUTE, FUSE);
    Map<String, Integer> writes = new HashMap<>();
    server.meet(
        request -> {
          boolean first = request.startsWith("PATCH") && writes.merge(request, 1, Integer::sum) < 2;
          return first ? Optional.of(FakeApiServer.status(409, "modified")) : control(request);
        });

    assertThat(split.shift(ROUTE, 0.3)).isInstanceOf(Effect.Done.class);
    assertThat(pods()).containsExactly(7, 3);
  }

  @Test
  void theObjectsAloneTellHowAllTrafficGoesBack() throws Exception {
    split.note(ROUTE, FUSE);
    assertThat(split.shift(ROUTE, 1)).isInstanceOf(Effect.Done.class);

    List<Remain> remains = new Sweep(api, Optional.empty(), Optional.empty(), Set.of()).undo();

    assertThat(remains)
        .extracting(Remain::words)
        .containsExactlyInAnyOrder("set replicas to 10", "set replicas to 0");
    assertThat(pods()).containsExactly(10, 0);
    assertThat(scaled()).endsWith("orders 10", "orders-v2 0", "orders 10");
    assertThat(marked("orders") || marked("orders-v2")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "scaler, 'the autoscaler orders-scaler sets the number of pods of orders, too'",
    "count, '''pods'' says 10'",
    "unready, '9 of 10 pods of orders are ready'",
    "service, 'no service chooses pods of both orders and orders-v2'",
    "taken, 'deployment orders-v2: run run-2 has changed it and not put it back'",
    "none, ''",
  })
  void whatIsInTheWayIsToldBefore(String what, String words) {
    switch (what) {
      case "scaler" ->
          server.put(
              SCALERS + "s",
              """
              {'metadata': {'name': 'orders-scaler'},
                'spec': {'scaleTargetRef': {'kind': 'Deployment', 'name': 'orders'}}}
              """);
      case "count" -> deployment("orders", 8);
      case "unready" -> most.put("orders", 9);
      case "service" ->
          server.change(
              "/api/v1/namespaces/shop/services/orders",
              "{'spec': {'selector': {'version': 'orders'}}}");
      case "taken" ->
          server.change(
              AT + "orders-v2", "{'metadata': {'labels': {'faultline.dev/run': 'run-2'}}}");
      default -> {}
    }

    try (ClusterHands hands = new ClusterHands(server.api(), "run-1", Optional.empty())) {
      Answer answer = hands.ask(new RouteFit(ROUTE));
      assertThat(answer.words()).contains(words.isEmpty() ? "0% to the canary" : words);
    }
  }

  @Test
  void configurationThatBothVersionsReadIsToldBefore() {
    for (String name : List.of("orders", "orders-v2")) {
      server.change(
          AT + name,
          """
          {'spec': {'template': {'spec': {
            'containers': [{'name': 'c', 'envFrom': [{'configMapRef': {'name': 'settings'}}],
              'env': [{'name': 'K', 'valueFrom': {'secretKeyRef': {'name': '%1$s', 'key': 'k'}}}]}],
            'volumes': [{'name': 'v', 'secret': {'secretName': 'tls'}}, {'name': 'p',
              'projected': {'sources': [{'configMap': {'name': 'of-%1$s'}}]}}]}}}}
          """
              .formatted(name));
    }

    try (ClusterHands hands = new ClusterHands(server.api(), "run-1", Optional.empty())) {
      assertThat(hands.ask(new RouteFit(ROUTE)))
          .isInstanceOfSatisfying(
              Answer.RouteIs.class,
              is ->
                  assertThat(is.cautions())
                      .singleElement()
                      .asString()
                      .startsWith(
                          "orders and orders-v2 read the same config map settings, secret tls: what"));
    }
  }
}
