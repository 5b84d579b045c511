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

/** Copies of requests that go to the canary, by mirrors of a route that are ours. */
final class RouteMirrorTest {

  private static final String ROUTE =
      "/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes/orders";
  private static final String SERVICE =
      "/apis/networking.istio.io/v1/namespaces/shop/virtualservices/orders";
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
    server.put(
        ROUTE,
        """
        {'metadata': {'name': 'orders', 'namespace': 'shop', 'uid': 'u-1', 'resourceVersion': '1'},
          'spec': {'rules': [
            {'backendRefs': [{'name': 'orders-v2', 'port': 80}]},
            {'filters': [{'type': 'X'}],
              'backendRefs': [{'name': 'orders', 'port': 80, 'weight': 1},
                {'name': 'orders-v2', 'port': 80, 'weight': 0}]},
            {'backendRefs': [{'name': 'orders', 'weight': 1}, {'name': 'orders-v2', 'weight': 0}]}
          ]}}
        """);
    server.put(
        SERVICE,
        """
        {'metadata': {'name': 'orders', 'namespace': 'shop', 'uid': 'u-2', 'resourceVersion': '1'},
          'spec': {'hosts': ['orders'], 'http': [{'timeout': '2s',
            'route': [{'destination': {'host': 'orders', 'subset': 'v1'}, 'weight': 100},
              {'destination': {'host': 'orders', 'subset': 'v2'}}]}]}}
        """);
    for (String service : List.of("orders", "orders-v2")) {
      server.put(
          "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices/" + service,
          """
          {'metadata': {'name': '%1$s', 'labels': {'kubernetes.io/service-name': '%1$s'}},
            'endpoints': [{'conditions': {'ready': true}}]}
          """
              .formatted(service));
    }
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  private Effect mirror(Weighted route, double copies) throws ApiTrouble {
    return split.shift(
        route, new Action.ShiftTraffic(route, 0, Optional.empty(), Optional.of(copies)));
  }

  private Effect back(Weighted route) throws ApiTrouble {
    return split.shift(route, new Action.ShiftTraffic(route, 0));
  }

  private static Answer copying(double copies) {
    return new Answer.RouteIs(
        new RouteReading(0, Optional.empty(), Optional.of(copies), true, true));
  }

  private JsonNode spec(String path) {
    return server.object(path).path("spec").deepCopy();
  }

  private List<Remain> sweep() {
    return new Sweep(api, Optional.empty(), Optional.empty(), Set.of()).undo();
  }

  @Test
  void eachRuleThatIsSplitGetsAMirrorUntilTrafficGoesBack() throws Exception {
    JsonNode before = spec(ROUTE);
    split.note(GATEWAY, FUSE);

    assertThat(mirror(GATEWAY, 0.1)).isInstanceOf(Effect.Done.class);

    assertThat(split.status(GATEWAY)).isEqualTo(copying(0.1));
    JsonNode rules = spec(ROUTE).path("rules");
    assertThat(rules.get(0)).isEqualTo(before.path("rules").get(0));
    assertThat(rules.get(1).path("filters").toString())
        .isEqualTo(
            """
            [{"type":"X"},{"type":"RequestMirror","requestMirror":\
            {"backendRef":{"name":"orders-v2","port":80},"percent":10}}]""");
    assertThat(rules.get(2).path("filters").toString())
        .isEqualTo(
            """
            [{"type":"RequestMirror","requestMirror":\
            {"backendRef":{"name":"orders-v2"},"percent":10}}]""");
    assertThat(back(GATEWAY)).isInstanceOf(Effect.Done.class);
    assertThat(spec(ROUTE)).isEqualTo(before);
  }

  @Test
  void allOfThemNeedNoPercent() throws Exception {
    split.note(GATEWAY, FUSE);

    assertThat(mirror(GATEWAY, 0.5)).isInstanceOf(Effect.Done.class);
    assertThat(mirror(GATEWAY, 1)).isInstanceOf(Effect.Done.class);

    assertThat(split.status(GATEWAY)).isEqualTo(copying(1));
    assertThat(spec(ROUTE).toString()).doesNotContain("percent");
  }

  @Test
  void aVirtualServiceMirrorsToTheDestination() throws Exception {
    JsonNode before = spec(SERVICE);
    split.note(ISTIO, FUSE);

    assertThat(mirror(ISTIO, 0.1)).isInstanceOf(Effect.Done.class);

    assertThat(split.status(ISTIO)).isEqualTo(copying(0.1));
    assertThat(spec(SERVICE).path("http").get(0).toString())
        .contains(
            "\"mirror\":{\"host\":\"orders\",\"subset\":\"v2\"},\"mirrorPercentage\":{\"value\":10}");
    assertThat(back(ISTIO)).isInstanceOf(Effect.Done.class);
    assertThat(spec(SERVICE)).isEqualTo(before);
  }

  @Test
  void copiesEndWhereRequestsGoThere() throws Exception {
    split.note(GATEWAY, FUSE);
    assertThat(mirror(GATEWAY, 0.1)).isInstanceOf(Effect.Done.class);
    Match staff = new Match(Optional.of("x-user"), Optional.empty(), List.of("staff"));

    assertThat(
            split.shift(
                GATEWAY, new Action.ShiftTraffic(GATEWAY, 0, Optional.of(staff), Optional.empty())))
        .isInstanceOf(Effect.Done.class);

    assertThat(spec(ROUTE).toString()).doesNotContain("RequestMirror");
    assertThat(split.status(GATEWAY))
        .isEqualTo(new Answer.RouteIs(new RouteReading(0, Optional.of(staff), true, true)));
  }

  /** Clusters that know no percents take them out: then all requests are copied. */
  @Test
  void aMirrorThatHasBecomeAnotherIsSeenAndTakenBackAllTheSame() throws Exception {
    JsonNode before = spec(ROUTE);
    split.note(GATEWAY, FUSE);
    assertThat(mirror(GATEWAY, 0.1)).isInstanceOf(Effect.Done.class);
    server.put(ROUTE, server.object(ROUTE).toString().replace(",\"percent\":10", ""));

    assertThat(split.status(GATEWAY)).isEqualTo(copying(1));
    assertThat(sweep()).extracting(Remain::state).containsExactly(State.UNDONE);

    assertThat(spec(ROUTE)).isEqualTo(before);
    assertThat(server.object(ROUTE).toString()).doesNotContain("faultline.dev/");
  }

  @Test
  void aRuleThatMirrorsAlreadyIsRefused() throws Exception {
    assertThat(split.fit(new RouteFit(ISTIO, Optional.empty(), true), ISTIO))
        .isEqualTo(new Answer.RouteIs(new RouteReading(0, true, true)));
    server.put(
        SERVICE,
        server
            .object(SERVICE)
            .toString()
            .replace(
                "\"timeout\"", "\"mirrors\":[{\"destination\":{\"host\":\"x\"}}],\"timeout\""));

    assertThat(split.fit(new RouteFit(ISTIO, Optional.empty(), true), ISTIO).words())
        .contains("a rule of VirtualService orders mirrors requests already");
  }

  @Test
  void withoutANoteNothingIsMirrored() {
    assertThatThrownBy(() -> mirror(GATEWAY, 0.1)).hasMessageContaining("carries no note");
  }
}
