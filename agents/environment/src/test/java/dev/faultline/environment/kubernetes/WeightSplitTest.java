package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.environment.kubernetes.Remain.State;
import dev.faultline.model.route.GatewayApi;
import dev.faultline.model.route.Istio;
import dev.faultline.model.route.Weighted;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.RouteFit;
import dev.faultline.model.world.RouteReading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Traffic between two backends of a route whose controller says what the test wants. */
final class WeightSplitTest {

  private static final String ROUTE =
      "/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes/orders";
  private static final String SERVICE =
      "/apis/networking.istio.io/v1/namespaces/shop/virtualservices/orders";
  private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices/";
  private static final Weighted GATEWAY = new GatewayApi("orders", "orders", "orders-v2");
  private static final Weighted ISTIO = new Istio("orders", "orders/v1", "orders/v2");
  private static final String FUSE = "notes-canary.all";

  private FakeApiServer server;
  private Api api;
  private WeightSplit split;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    api = server.api();
    split = new WeightSplit(api, "run-1");
    route("orders", 1, "orders-v2", 0);
    ready("orders", true);
    ready("orders-v2", true);
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  private void route(String one, int weight, String other, int otherWeight) {
    server.put(
        ROUTE,
        """
        {'metadata': {'name': 'orders', 'namespace': 'shop', 'uid': 'u-1', 'resourceVersion': '1',
            'generation': 3},
          'spec': {'hostnames': ['shop.test'], 'rules': [
            {'matches': [{'path': {'value': '/old'}}],
              'backendRefs': [{'name': 'archive', 'port': 80}]},
            {'backendRefs': [{'name': 'sink', 'weight': 0}, {'name': '%1$s', 'weight': %2$d},
              {'name': '%3$s', 'port': 8080, 'weight': %4$d, 'filters': [{'type': 'X'}]}]},
            {'backendRefs': [{'name': '%3$s', 'weight': %4$d}, {'name': '%1$s', 'weight': %2$d}]}]}}
        """
            .formatted(one, weight, other, otherWeight));
  }

  private void ready(String service, boolean ready) {
    server.put(
        SLICES + service,
        """
        {'metadata': {'name': '%1$s', 'labels': {'kubernetes.io/service-name': '%1$s'}},
          'endpoints': [{'conditions': {'ready': %2$b}}]}
        """
            .formatted(service, ready));
  }

  private Effect shift(Weighted route, double share) throws ApiTrouble {
    return split.shift(route, new Action.ShiftTraffic(route, share));
  }

  private String weights() throws ApiTrouble {
    return WeightedRoute.of(GATEWAY.kind(), server.object(ROUTE), GATEWAY.weights())
        .stated()
        .orElse("");
  }

  private boolean marked(String path) {
    return server.object(path).toString().contains("faultline.dev/");
  }

  private static Answer share(double share) {
    return new Answer.RouteIs(new RouteReading(share, true, true));
  }

  @Test
  void everyRuleThatNamesBothSplitsAndNothingElseChanges() throws Exception {
    JsonNode before = server.object(ROUTE).path("spec").deepCopy();
    split.note(GATEWAY, FUSE);
    assertThat(new NotedRoutes(api, "run-1").of(FUSE)).isNotEmpty();
    assertThat(shift(GATEWAY, 0.025)).isInstanceOf(Effect.Done.class);

    assertThat(weights()).isEqualTo("9750:250, 9750:250");
    assertThat(split.status(GATEWAY)).isEqualTo(share(0.025));
    assertThat(shift(GATEWAY, 1)).isInstanceOf(Effect.Done.class);
    assertThat(weights()).isEqualTo("0:10000, 0:10000");

    assertThat(shift(GATEWAY, 0)).isInstanceOf(Effect.Done.class);
    assertThat(server.object(ROUTE).path("spec")).isEqualTo(before);
    assertThat(split.status(GATEWAY)).isEqualTo(share(0));
    split.forget(GATEWAY.kind(), FUSE);
    assertThat(server.object(ROUTE).path("spec")).isEqualTo(before);
    assertThat(marked(ROUTE)).isFalse();
  }

  @Test
  void aVirtualServiceIsSplitInPercentsAndGetsBackWhatItDidNotSay() throws Exception {
    server.put(
        SERVICE,
        """
        {'metadata': {'name': 'orders', 'namespace': 'shop', 'uid': 'u-2', 'resourceVersion': '1'},
          'spec': {'hosts': ['orders'], 'http': [{'timeout': '2s', 'retries': {'attempts': 3},
            'route': [{'destination': {'host': 'orders', 'subset': 'v1'}, 'weight': 100},
              {'destination': {'host': 'orders', 'subset': 'v2'}}]}]}}
        """);
    JsonNode before = server.object(SERVICE).path("spec").deepCopy();
    assertThat(split.fit(new RouteFit(ISTIO), ISTIO)).isEqualTo(share(0));
    split.note(ISTIO, FUSE);

    assertThat(shift(ISTIO, 0.3)).isInstanceOf(Effect.Done.class);
    assertThat(split.status(ISTIO)).isEqualTo(share(0.3));
    assertThat(server.object(SERVICE).toString())
        .contains("\"timeout\":\"2s\"", "\"weight\":70", "\"weight\":30");

    List<Remain> remains = new Sweep(api, Optional.empty(), Optional.empty(), Set.of()).undo();
    assertThat(remains)
        .extracting(Remain::state, Remain::what, Remain::words)
        .containsExactly(
            tuple(
                State.UNDONE,
                "virtualService orders in shop",
                "set weights of orders/v1 and orders/v2 to 100:"));
    assertThat(server.object(SERVICE).path("spec")).isEqualTo(before);
    assertThat(marked(SERVICE)).isFalse();
  }

  @Test
  void aShareCountsWhenEachParentHasTakenIt() throws Exception {
    split.note(GATEWAY, FUSE);
    assertThat(shift(GATEWAY, 0.5)).isInstanceOf(Effect.Done.class);
    parent(2, "True", "True");
    assertThat(split.status(GATEWAY).words())
        .contains("example.net/c of front has not yet taken note of the newest weights");
    parent(3, "False", "True");
    assertThat(split.status(GATEWAY).words()).contains("says False of Accepted: no");
    parent(3, "True", "False");
    assertThat(split.status(GATEWAY).words()).contains("says False of ResolvedRefs: no");
    parent(3, "True", "True");
    assertThat(split.status(GATEWAY)).isEqualTo(share(0.5));

    assertThat(shift(GATEWAY, 0)).isInstanceOf(Effect.Done.class);
    parent(3, "True", "False"); // a canary that is gone is in nobody's way back
    assertThat(split.status(GATEWAY)).isEqualTo(share(0));
  }

  private void parent(int generation, String accepted, String resolved) {
    server.change(
        ROUTE,
        """
        {'status': {'parents': [{'controllerName': 'example.net/c', 'parentRef': {'name': 'front'},
          'conditions': [
            {'type': 'Accepted', 'status': '%2$s', 'observedGeneration': %1$d, 'message': 'no'},
            {'type': 'ResolvedRefs', 'status': '%3$s', 'observedGeneration': %1$d,
              'message': 'no'}]}]}}
        """
            .formatted(generation, accepted, resolved));
  }

  @Test
  void theCanaryKeepsItsTrafficWhileNobodyElseWouldAnswer() throws Exception {
    split.note(GATEWAY, FUSE);
    assertThat(shift(GATEWAY, 0.2)).isInstanceOf(Effect.Done.class);
    ready("orders", false);

    assertThat(shift(GATEWAY, 0))
        .isEqualTo(
            new Effect.Failed(
                "nothing of orders is ready; until something is, orders-v2 keeps its traffic:"
                    + " it would be missed more"));
    assertThat(new Sweep(api, Optional.empty(), Optional.empty(), Set.of()).undo())
        .extracting(Remain::state)
        .containsExactly(State.LEFT);
    assertThat(weights()).isEqualTo("8000:2000, 8000:2000");
    ready("orders-v2", false);

    assertThat(shift(GATEWAY, 0)).isInstanceOf(Effect.Done.class);
    assertThat(weights()).isEqualTo("1:0, 1:0");
  }

  @Test
  void weightsOfSomebodyElseAreLeftAloneAndTold() throws Exception {
    split.note(GATEWAY, FUSE);
    assertThat(shift(GATEWAY, 0.2)).isInstanceOf(Effect.Done.class);
    edit(
        text ->
            text.replace("\"weight\":8000", "\"weight\":60")
                .replace("\"weight\":2000", "\"weight\":40"));

    assertThat(failure(0.5))
        .isEqualTo(
            "somebody else set the weights of orders and orders-v2 in HTTPRoute orders to"
                + " 60:40, 60:40");
    assertThat(shift(GATEWAY, 0))
        .isInstanceOfSatisfying(
            Effect.Superseded.class,
            left -> assertThat(left.detail()).endsWith("to 60:40, 60:40, which is left alone"));
    assertThat(new Sweep(api, Optional.empty(), Optional.empty(), Set.of()).undo())
        .extracting(Remain::state)
        .containsExactly(State.SUPERSEDED);
    assertThat(weights()).isEqualTo("60:40, 60:40");
    assertThat(marked(ROUTE)).isFalse();
  }

  private String failure(double share) {
    try {
      return shift(GATEWAY, share).detail();
    } catch (ApiTrouble trouble) {
      return String.valueOf(trouble.getMessage());
    }
  }

  @Test
  void aWriteThatComesTooLateIsLookedAtAgain() throws Exception {
    split.note(GATEWAY, FUSE);
    AtomicBoolean other = new AtomicBoolean(true);
    server.meet(
        request -> {
          if (request.startsWith("PATCH") && other.getAndSet(false)) {
            server.change(ROUTE, "{'metadata': {'labels': {'team': 'shop'}}}");
          }
          return Optional.empty();
        });

    assertThat(shift(GATEWAY, 0.3)).isInstanceOf(Effect.Done.class);
    assertThat(weights()).isEqualTo("7000:3000, 7000:3000");
    assertThat(server.object(ROUTE).toString()).contains("\"team\":\"shop\"");
  }

  @Test
  void withoutItsNoteNothingIsShifted() throws Exception {
    split.note(GATEWAY, FUSE);
    assertThat(new Sweep(api, Optional.of("shop"), Optional.empty(), Set.of()).undo())
        .extracting(Remain::state)
        .containsExactly(State.UNDONE);

    assertThat(failure(0.5)).contains("carries no note of this run");
    assertThat(weights()).isEqualTo("1:0, 1:0");
    assertThat(shift(GATEWAY, 0)).isInstanceOf(Effect.Done.class);
  }

  @ParameterizedTest
  @CsvSource({
    "third, 'rule 2 of HTTPRoute orders leads to sink as well'",
    "none, 'no rule of HTTPRoute orders names both orders and orders-v2'",
    "rules, 'the rules of HTTPRoute orders split traffic differently: 1:0, 5:5'",
    "taken, 'HTTPRoute orders: run run-2 has changed it and not put it back'",
    "missing, 'there is no HTTPRoute orders in shop'",
    "unready, 'the canary does not serve'",
    "shifted, '50% to the canary'",
    "fit, '0% to the canary'",
  })
  void whatIsInTheWayIsToldBefore(String what, String words) {
    switch (what) {
      case "third" ->
          edit(text -> text.replace("\"name\":\"sink\",\"weight\":0", "\"name\":\"sink\""));
      case "none" -> route("orders", 1, "others", 0);
      case "rules" ->
          edit(
              text ->
                  text.replace(
                      "[{\"name\":\"orders-v2\",\"weight\":0},{\"name\":\"orders\",\"weight\":1}]",
                      "[{\"name\":\"orders-v2\",\"weight\":5},{\"name\":\"orders\",\"weight\":5}]"));
      case "taken" ->
          server.change(ROUTE, "{'metadata': {'labels': {'faultline.dev/run': 'run-2'}}}");
      case "missing" ->
          server.meet(
              request ->
                  request.contains("httproutes/orders")
                      ? Optional.of(FakeApiServer.status(404, "404 page not found"))
                      : Optional.empty());
      case "unready" -> ready("orders-v2", false);
      case "shifted" -> route("orders", 1, "orders-v2", 1);
      default -> {}
    }

    try (ClusterHands hands = new ClusterHands(server.api(), "run-1", Optional.empty())) {
      assertThat(hands.ask(new RouteFit(GATEWAY)).words()).contains(words);
    }
  }

  private void edit(UnaryOperator<String> change) {
    server.put(ROUTE, change.apply(server.object(ROUTE).toString()));
  }
}
