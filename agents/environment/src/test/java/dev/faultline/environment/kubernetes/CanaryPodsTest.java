package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.environment.hands.RunPlace;
import dev.faultline.environment.kubernetes.Remain.State;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.route.GatewayApi;
import dev.faultline.model.route.Match;
import dev.faultline.model.route.Scaled;
import dev.faultline.model.route.Weighted;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteFit;
import dev.faultline.testkit.FakeWorld;
import dev.faultline.testkit.SimulatedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A canary whose pods come before its traffic and go after it. */
final class CanaryPodsTest {

  private static final String ROUTE =
      "/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes/orders";
  private static final String CANARY = "/apis/apps/v1/namespaces/shop/deployments/orders-v2";
  private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices/";
  private static final Weighted GATEWAY =
      new GatewayApi(
          "orders",
          "orders",
          "orders-v2",
          Optional.of(new Scaled("orders-v2", 8, Optional.empty())));
  private static final Optional<Match> STAFF =
      Optional.of(new Match(Optional.of("x-user"), Optional.empty(), List.of("staff")));
  private static final String FUSE = Action.ArmFuse.NOTES + "canary.all";

  private final FakeWorld here = new FakeWorld(new SimulatedTime());
  private FakeApiServer server;
  private Api api;
  private Splits splits;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    api = server.api();
    Kubernetes place =
        new Kubernetes(
            Optional.of("here"),
            Optional.of("shop"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Path none = Path.of("");
    splits = new Splits(api, place, new RunPlace("run-1", none, none, none, Path.of("java")));
    server.put(
        ROUTE,
        """
        {'metadata': {'name': 'orders', 'namespace': 'shop', 'uid': 'u-1', 'resourceVersion': '1'},
          'spec': {'rules': [{'backendRefs': [{'name': 'orders', 'weight': 1},
            {'name': 'orders-v2', 'weight': 0}]}]}}
        """);
    server.put(
        CANARY,
        """
        {'metadata': {'name': 'orders-v2', 'namespace': 'shop', 'uid': 'u-2',
            'resourceVersion': '1'},
          'spec': {'replicas': 0}, 'status': {'readyReplicas': 0}}
        """);
    endpoint("orders", true);
    server.meet(this::control);
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  private void endpoint(String service, boolean ready) {
    server.put(
        SLICES + service,
        """
        {'metadata': {'name': '%1$s', 'labels': {'kubernetes.io/service-name': '%1$s'}},
          'endpoints': [{'conditions': {'ready': %2$b}}]}
        """
            .formatted(service, ready));
  }

  /** All pods get ready, and are endpoints from then on. */
  private Optional<FakeApiServer.Answer> control(String request) {
    if (request.equals("GET " + CANARY)) {
      server.change(CANARY, "{'status': {'readyReplicas': %d}}".formatted(pods()));
      endpoint("orders-v2", pods() > 0);
    }
    return Optional.empty();
  }

  private int pods() {
    return server.object(CANARY).path("spec").path("replicas").asInt(-1);
  }

  private int weight() {
    return server
        .object(ROUTE)
        .at("/spec/rules/0/backendRefs")
        .valueStream()
        .filter(backend -> backend.path("name").asString().equals("orders-v2"))
        .findFirst()
        .orElseThrow()
        .path("weight")
        .asInt(-1);
  }

  private boolean marked(String path) {
    return server.object(path).toString().contains("faultline.dev/");
  }

  /** What was changed, in order. */
  private List<String> changes() {
    List<String> all = new ArrayList<>();
    for (String request : server.requests()) {
      if (request.startsWith("PATCH " + CANARY) && request.contains("\"replicas\":")) {
        all.add("pods " + request.replaceAll("(?s).*\"spec\":\\{\"replicas\":(\\d+).*", "$1"));
      } else if (request.startsWith("PATCH " + ROUTE) && request.contains("\"spec\":")) {
        all.add("weights");
      }
    }
    return all;
  }

  private void arm() throws ApiTrouble {
    Action.ArmFuse fuse =
        new Action.ArmFuse(
            FUSE, List.of(new Action.ShiftTraffic(GATEWAY, 0)), Duration.ofSeconds(10));
    assertThat(splits.arm(fuse, here)).isInstanceOf(Effect.Done.class);
  }

  private Effect disarm() throws ApiTrouble {
    return splits.disarm(new Action.DisarmFuse(FUSE), here);
  }

  private Effect shift(double share) throws ApiTrouble {
    return splits.shift(new Action.ShiftTraffic(GATEWAY, share));
  }

  @Test
  void theyComeBeforeEachStepAndStayOncePromoted() throws Exception {
    arm();
    assertThat(splits.status(new Query.FuseStatus(FUSE), here)).isEqualTo(new Answer.FuseIs(true));

    assertThat(splits.shift(new Action.ShiftTraffic(GATEWAY, 0, STAFF, Optional.empty())))
        .isInstanceOf(Effect.Done.class);
    assertThat(pods()).as("how many match is not known").isEqualTo(1);
    assertThat(shift(0.3)).isInstanceOf(Effect.Done.class);
    assertThat(shift(1)).isInstanceOf(Effect.Done.class);
    assertThat(disarm()).isInstanceOf(Effect.Done.class);

    assertThat(changes())
        .filteredOn(change -> !change.equals("pods 0"))
        .containsSubsequence("pods 1", "weights", "pods 3", "weights", "pods 8", "weights");
    assertThat(pods()).isEqualTo(8);
    assertThat(weight()).isEqualTo(10_000);
    assertThat(marked(ROUTE) || marked(CANARY)).isFalse();
    assertThat(splits.status(new Query.FuseStatus(FUSE), here)).isEqualTo(new Answer.FuseIs(false));
  }

  @Test
  void theyGoAfterTheTraffic() throws Exception {
    arm();
    assertThat(shift(0.5)).isInstanceOf(Effect.Done.class);
    assertThat(shift(0)).isInstanceOf(Effect.Done.class);
    assertThat(pods()).as("until nothing can come any more").isEqualTo(4);
    here.apply(new Action.DisarmFuse(FUSE));
    assertThat(splits.status(new Query.FuseStatus(FUSE), here).words()).contains("there still");

    assertThat(disarm()).isInstanceOf(Effect.Done.class);

    assertThat(pods()).isZero();
    assertThat(weight()).isZero();
    assertThat(marked(ROUTE) || marked(CANARY)).isFalse();
  }

  @Test
  void anybodyTakesBothBackTrafficFirst() throws Exception {
    arm();
    assertThat(shift(0.5)).isInstanceOf(Effect.Done.class);
    endpoint("orders", false);

    assertThat(sweep())
        .extracting(Remain::state, Remain::what)
        .containsExactly(
            tuple(State.LEFT, "httpRoute orders in shop"),
            tuple(State.LEFT, "deployment orders-v2 in shop"));
    assertThat(pods()).isEqualTo(4);
    endpoint("orders", true);

    assertThat(sweep())
        .extracting(Remain::state, Remain::what)
        .containsExactly(
            tuple(State.UNDONE, "httpRoute orders in shop"),
            tuple(State.UNDONE, "deployment orders-v2 in shop"));
    assertThat(pods()).isZero();
    assertThat(shift(0.6).detail()).contains("orders-v2 carries no note of this run");
  }

  private List<Remain> sweep() {
    // Of the whole cluster, from where another namespace is the own one.
    try (Api elsewhere = server.api("default")) {
      return new Sweep(elsewhere, Optional.empty(), Optional.empty(), Set.of()).undo();
    }
  }

  @Test
  void theyStayWhereSomebodyElseGivesThemTraffic() throws Exception {
    arm();
    assertThat(shift(0.5)).isInstanceOf(Effect.Done.class);
    String theirs = server.object(ROUTE).toString().replace("\"weight\":5000", "\"weight\":7");
    server.put(ROUTE, theirs);

    assertThat(sweep()).extracting(Remain::state).containsExactly(State.SUPERSEDED);

    assertThat(pods()).isEqualTo(4);
    assertThat(marked(ROUTE) || marked(CANARY)).isFalse();
  }

  @Test
  void moreThanAreNeededAreLeftAndANumberOfSomebodyElseIsTold() throws Exception {
    arm();
    assertThat(shift(0.25)).isInstanceOf(Effect.Done.class);
    server.change(CANARY, "{'spec': {'replicas': 6}}");
    assertThat(shift(0.5)).isInstanceOf(Effect.Done.class);
    assertThat(pods()).isEqualTo(6);
    assertThat(shift(0)).isInstanceOf(Effect.Done.class);

    assertThat(disarm())
        .isInstanceOfSatisfying(
            Effect.Superseded.class, other -> assertThat(other.detail()).contains("somebody else"));
    assertThat(pods()).isEqualTo(6);
    assertThat(marked(ROUTE) || marked(CANARY)).isFalse();
  }

  @Test
  void podsThatServeAnotherServiceGetNoTraffic() throws Exception {
    arm();
    server.meet(
        request -> {
          if (request.equals("GET " + CANARY)) {
            server.change(CANARY, "{'status': {'readyReplicas': %d}}".formatted(pods()));
          }
          return Optional.empty();
        });

    assertThat(shift(0.5).detail())
        .isEqualTo(
            "4 pods of orders-v2 are ready, and orders-v2 has none that is: its Service chooses others");
    assertThat(weight()).isZero();
  }

  @Test
  void whatWouldScaleThemTooIsToldBefore() {
    try (ClusterHands hands = new ClusterHands(server.api(), "run-1", Optional.empty())) {
      assertThat(hands.ask(new RouteFit(GATEWAY)).words()).contains("the canary does not serve");
      server.put(
          "/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/v2",
          """
          {'metadata': {'name': 'v2'},
            'spec': {'scaleTargetRef': {'kind': 'Deployment', 'name': 'orders-v2'}}}
          """);
      assertThat(hands.ask(new RouteFit(GATEWAY)).words())
          .contains("the autoscaler v2 sets the number of pods of orders-v2, too");
    }
  }
}
