package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.kubernetes.Remain.State;
import dev.faultline.model.route.GatewayApi;
import dev.faultline.model.route.Istio;
import dev.faultline.model.route.Match;
import dev.faultline.model.route.Weighted;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.RouteFit;
import dev.faultline.model.world.RouteReading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Requests that go to the canary by what they have, by rules of a route that are ours. */
final class RouteMatchTest {

  private static final String ROUTE =
      "/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes/orders";
  private static final String SERVICE =
      "/apis/networking.istio.io/v1/namespaces/shop/virtualservices/orders";
  private static final Weighted GATEWAY = new GatewayApi("orders", "orders", "orders-v2");
  private static final Weighted ISTIO = new Istio("orders", "orders/v1", "orders/v2");
  private static final String FUSE = "notes-canary.all";
  private static final Match STAFF = header("staff");
  private static final Match BETA = header("staff", "beta");

  private FakeApiServer server;
  private Api api;
  private WeightSplit split;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    api = server.api();
    split = new WeightSplit(api, "run-1");
    server.put(
        ROUTE,
        """
        {'metadata': {'name': 'orders', 'namespace': 'shop', 'uid': 'u-1', 'resourceVersion': '1'},
          'spec': {'rules': [
            {'matches': [{'headers': [{'name': 'tester', 'value': 'yes'}]}],
              'backendRefs': [{'name': 'orders-v2', 'port': 80}]},
            {'name': 'all', 'matches': [{'path': {'type': 'PathPrefix', 'value': '/a'}},
                {'headers': [{'name': 'lang', 'value': 'en'}]}],
              'filters': [{'type': 'X'}],
              'backendRefs': [{'name': 'orders', 'port': 80, 'weight': 1},
                {'name': 'orders-v2', 'port': 80, 'weight': 0}]},
            {'backendRefs': [{'name': 'orders', 'weight': 1}, {'name': 'orders-v2', 'weight': 0}]}
          ]}}
        """);
    server.put(
        SERVICE,
        """
        {'metadata': {'name': 'orders', 'namespace': 'shop', 'uid': 'u-2', 'resourceVersion': '1'},
          'spec': {'hosts': ['orders'], 'http': [{'name': 'main', 'timeout': '2s',
            'route': [{'destination': {'host': 'orders', 'subset': 'v1'}, 'weight': 100},
              {'destination': {'host': 'orders', 'subset': 'v2'}}]}]}}
        """);
    ready(true);
  }

  private void ready(boolean stable) {
    for (String service : List.of("orders", "orders-v2")) {
      server.put(
          "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices/" + service,
          """
          {'metadata': {'name': '%1$s', 'labels': {'kubernetes.io/service-name': '%1$s'}},
            'endpoints': [{'conditions': {'ready': %2$b}}]}
          """
              .formatted(service, stable || service.endsWith("v2")));
    }
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  private static Match header(String... values) {
    return new Match(Optional.of("X-User-Type"), Optional.empty(), List.of(values));
  }

  private Effect shift(Weighted route, double share, Match match) throws ApiTrouble {
    return split.shift(
        route, new Action.ShiftTraffic(route, share, Optional.of(match), Optional.empty()));
  }

  private static RouteFit fit(Match match) {
    return new RouteFit(GATEWAY, Optional.of(match), false);
  }

  private Effect back(Weighted route) throws ApiTrouble {
    return split.shift(route, new Action.ShiftTraffic(route, 0));
  }

  private JsonNode rules() {
    return server.object(ROUTE).path("spec").path("rules");
  }

  private static Answer reading(double share, Match match) {
    return new Answer.RouteIs(new RouteReading(share, Optional.of(match), true, true));
  }

  private List<Remain> sweep() {
    return new Sweep(api, Optional.empty(), Optional.empty(), Set.of()).undo();
  }

  @Test
  void aCopyOfEachRuleThatIsSplitStandsBeforeItUntilTrafficGoesBack() throws Exception {
    JsonNode before = server.object(ROUTE).path("spec").deepCopy();
    split.note(GATEWAY, FUSE);

    assertThat(shift(GATEWAY, 0, BETA)).isInstanceOf(Effect.Done.class);

    assertThat(split.status(GATEWAY)).isEqualTo(reading(0, BETA));
    assertThat(rules()).hasSize(5);
    assertThat(rules().get(0)).isEqualTo(before.path("rules").get(0));
    assertThat(rules().get(2)).isEqualTo(before.path("rules").get(1));
    assertThat(rules().get(1).toString())
        .isEqualTo(
            """
            {"matches":[{"path":{"type":"PathPrefix","value":"/a"},"headers":[\
            {"type":"Exact","name":"x-user-type","value":"staff"}]},\
            {"path":{"type":"PathPrefix","value":"/a"},"headers":[\
            {"type":"Exact","name":"x-user-type","value":"beta"}]},\
            {"headers":[{"name":"lang","value":"en"},\
            {"type":"Exact","name":"x-user-type","value":"staff"}]},\
            {"headers":[{"name":"lang","value":"en"},\
            {"type":"Exact","name":"x-user-type","value":"beta"}]}],\
            "filters":[{"type":"X"}],\
            "backendRefs":[{"name":"orders-v2","port":80,"weight":1}]}\
            """);
    assertThat(back(GATEWAY)).isInstanceOf(Effect.Done.class);
    assertThat(server.object(ROUTE).path("spec")).isEqualTo(before);
    assertThat(split.status(GATEWAY))
        .isEqualTo(new Answer.RouteIs(new RouteReading(0, true, true)));
  }

  @Test
  void aMatchIsReplacedByAnotherAndStaysWhileWeightsRise() throws Exception {
    JsonNode before = server.object(ROUTE).path("spec").deepCopy();
    split.note(GATEWAY, FUSE);
    assertThat(shift(GATEWAY, 0, STAFF)).isInstanceOf(Effect.Done.class);
    assertThat(shift(GATEWAY, 0, BETA)).isInstanceOf(Effect.Done.class);
    assertThat(rules()).hasSize(5);

    assertThat(shift(GATEWAY, 0.2, BETA)).isInstanceOf(Effect.Done.class);

    assertThat(split.status(GATEWAY)).isEqualTo(reading(0.2, BETA));
    assertThat(sweep()).extracting(Remain::state).containsExactly(State.UNDONE);
    assertThat(server.object(ROUTE).path("spec")).isEqualTo(before);
    assertThat(server.object(ROUTE).toString()).doesNotContain("faultline.dev/");
  }

  @Test
  void whereAllTrafficGoesToTheCanaryNoMatchIsLeft() throws Exception {
    split.note(GATEWAY, FUSE);
    assertThat(shift(GATEWAY, 0, STAFF)).isInstanceOf(Effect.Done.class);

    assertThat(split.shift(GATEWAY, new Action.ShiftTraffic(GATEWAY, 1)))
        .isInstanceOf(Effect.Done.class);
    split.forget(GATEWAY.kind(), FUSE);

    assertThat(rules()).hasSize(3);
    assertThat(split.status(GATEWAY))
        .isEqualTo(new Answer.RouteIs(new RouteReading(1, true, true)));
    assertThat(server.object(ROUTE).toString()).doesNotContain("faultline.dev/");
  }

  @Test
  void aVirtualServiceMatchesHeadersAndCookies() throws Exception {
    JsonNode before = server.object(SERVICE).path("spec").deepCopy();
    split.note(ISTIO, FUSE);
    Match cookie = new Match(Optional.empty(), Optional.of("beta"), List.of("1.0", "on"));

    assertThat(shift(ISTIO, 0, BETA)).isInstanceOf(Effect.Done.class);
    assertThat(http())
        .isEqualTo(
            """
            {"timeout":"2s","route":[{"destination":{"host":"orders","subset":"v2"}}],\
            "match":[{"headers":{"x-user-type":{"exact":"staff"}}},\
            {"headers":{"x-user-type":{"exact":"beta"}}}]}\
            """);
    assertThat(shift(ISTIO, 0, cookie)).isInstanceOf(Effect.Done.class);
    assertThat(split.status(ISTIO)).isEqualTo(reading(0, cookie));
    assertThat(http())
        .contains(
            "\"match\":[{\"headers\":{\"cookie\":{\"regex\":\"(.*;\\\\s*)?beta=(1\\\\.0|on)(;.*)?\"}}}]");

    assertThat(back(ISTIO)).isInstanceOf(Effect.Done.class);
    assertThat(server.object(SERVICE).path("spec")).isEqualTo(before);
  }

  private String http() {
    return server.object(SERVICE).path("spec").path("http").get(0).toString();
  }

  @Test
  void whatSomebodyElseMadeOfItIsLeftAloneAndTold() throws Exception {
    split.note(GATEWAY, FUSE);
    assertThat(shift(GATEWAY, 0, STAFF)).isInstanceOf(Effect.Done.class);
    server.put(
        ROUTE, server.object(ROUTE).toString().replace("\"value\":\"staff\"", "\"value\":\"all\""));

    assertThatThrownBy(() -> shift(GATEWAY, 0.2, STAFF))
        .hasMessage(
            "somebody else changed the rules to orders-v2 alone for a header x-user-type in"
                + " HTTPRoute orders");
    assertThat(back(GATEWAY))
        .isInstanceOfSatisfying(
            Effect.Superseded.class,
            left -> assertThat(left.detail()).endsWith("which is left alone"));
    assertThat(rules()).hasSize(5);
    assertThat(sweep()).extracting(Remain::state).containsExactly(State.SUPERSEDED);
  }

  @Test
  void aMatchThatIsOursGoesWhereWeightsAreSomebodyElses() throws Exception {
    split.note(GATEWAY, FUSE);
    assertThat(shift(GATEWAY, 0.2, STAFF)).isInstanceOf(Effect.Done.class);
    server.put(
        ROUTE, server.object(ROUTE).toString().replace("\"weight\":2000", "\"weight\":4000"));

    assertThat(back(GATEWAY)).isInstanceOf(Effect.Superseded.class);
    assertThat(rules()).hasSize(3);
    assertThat(rules().toString()).contains("\"weight\":4000");
  }

  @Test
  void whoMatchesKeepsTheCanaryWhileNobodyElseWouldAnswer() throws Exception {
    split.note(GATEWAY, FUSE);
    assertThat(shift(GATEWAY, 0, STAFF)).isInstanceOf(Effect.Done.class);
    ready(false);

    assertThat(back(GATEWAY)).isInstanceOf(Effect.Failed.class);
    assertThat(rules()).hasSize(5);
  }

  @Test
  void whatTheRouteMatchesItselfIsRefused() throws Exception {
    assertThat(split.fit(fit(STAFF), GATEWAY))
        .isEqualTo(new Answer.RouteIs(new RouteReading(0, true, true)));
    assertThat(
            split
                .fit(fit(new Match(Optional.of("Lang"), Optional.empty(), List.of("x"))), GATEWAY)
                .words())
        .contains("HTTPRoute orders: a rule asks for the header lang itself");
    split.note(GATEWAY, FUSE);
    JsonNode before = server.object(ROUTE).path("spec").deepCopy();

    assertThatThrownBy(
            () -> shift(GATEWAY, 0, new Match(Optional.of("Lang"), Optional.empty(), List.of("x"))))
        .hasMessageContaining("a rule asks for the header lang itself");
    assertThatThrownBy(
            () ->
                shift(
                    GATEWAY, 0, new Match(Optional.of("tester"), Optional.empty(), List.of("yes"))))
        .hasMessageContaining("has a rule already that sends requests with tester: yes");
    assertThat(server.object(ROUTE).path("spec")).isEqualTo(before);
  }
}
