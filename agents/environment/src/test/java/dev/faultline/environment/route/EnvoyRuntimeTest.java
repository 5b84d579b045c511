package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.environment.Await;
import dev.faultline.environment.FreePort;
import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.route.Envoy;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteReading;
import dev.faultline.node.Armed;
import dev.faultline.node.Fired;
import dev.faultline.node.Lease;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runtime of a real Envoy. */
class EnvoyRuntimeTest {

  private static final int MANY = 2000;
  private static final Answer NONE =
      new Answer.Unanswered(BlindReason.REFUSED, "Envoy needs no program");

  @TempDir private Path folder;
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  private int get(RealEnvoy envoy, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(envoy.url(path)).timeout(Duration.ofSeconds(10)).build();
    return http.send(request, BodyHandlers.ofString()).statusCode();
  }

  private static Kind kind(ThrowingCallable call) {
    return catchThrowableOfType(RouterTrouble.class, call).kind();
  }

  private RealEnvoy with(String layers, String split) throws Exception {
    return RealEnvoy.start(folder, layers, split, "");
  }

  @Test
  void aShareIsSetAndReadWithWhatTheClustersDid() throws Exception {
    try (RealEnvoy envoy = RealEnvoy.start(folder)) {
      EnvoyRuntime runtime = envoy.runtime();
      Await.until("both are healthy", () -> runtime.read().canary().serves());
      assertThat(runtime.read().share()).isZero();

      assertThat(runtime.set(0.25)).isEqualTo(0.25);
      for (int i = 0; i < 40; i++) {
        assertThat(get(envoy, i < 20 ? "/" : "/fail")).isEqualTo(i < 20 ? 200 : 500);
      }

      EnvoyReading now = runtime.read();
      assertThat(now.share()).isEqualTo(0.25);
      assertThat(now.stable().weight()).isEqualTo(7500);
      assertThat(now.canary().weight()).isEqualTo(2500);
      assertThat(now.canary().hosts()).isEqualTo(1);
      assertThat(now.stable().requests() + now.canary().requests()).isEqualTo(40);
      assertThat(now.canary().requests()).isPositive();
      assertThat(now.stable().failed() + now.canary().failed()).isEqualTo(20);
    }
  }

  @Test
  void aHundredthOfAPercentIsAShareAndNothingIsLeftAtTheEnd() throws Exception {
    try (RealEnvoy envoy = RealEnvoy.start(folder)) {
      EnvoyRuntime runtime = envoy.runtime();

      assertThat(runtime.set(0.0001)).isEqualTo(0.0001);
      assertThat(runtime.read().share()).isEqualTo(0.0001);
      assertThat(runtime.set(1)).isEqualTo(1);
      assertThat(runtime.read().stable().weight()).isZero();
      assertThat(runtime.set(0)).isZero();

      EnvoyReading end = runtime.read();
      assertThat(end.share()).isZero();
      assertThat(end.stable().weight()).isEqualTo(10_000);
      // Set to nothing again, as an undo that is repeated does.
      assertThat(runtime.set(0)).isZero();
    }
  }

  @Test
  void noRequestFailsWhileTheWeightsChangeAndTheTrafficFollows() throws Exception {
    try (RealEnvoy envoy = RealEnvoy.start(folder)) {
      EnvoyRuntime runtime = envoy.runtime();
      Await.until("both are healthy", () -> runtime.read().canary().serves());
      AtomicBoolean over = new AtomicBoolean();
      AtomicLong failed = new AtomicLong();
      List<Thread> customers =
          List.of(1, 2, 3, 4).stream()
              .map(_ -> Thread.startVirtualThread(() -> ask(envoy, over, failed)))
              .toList();
      try {
        for (double share : new double[] {0.01, 0.05, 0.1, 0.5, 1, 0.3, 0, 0.75, 0.2, 0}) {
          runtime.set(share);
          assertThat(observed(runtime)).isCloseTo(share, within(tolerance(share)));
        }
      } finally {
        over.set(true);
      }
      for (Thread customer : customers) {
        customer.join();
      }
      assertThat(failed).hasValue(0);
    }
  }

  /** Each request is drawn by itself: five standard deviations, and those that are under way. */
  private static double tolerance(double share) {
    return 5 * Math.sqrt(share * (1 - share) / MANY) + 8.0 / MANY;
  }

  /** The share of the next requests that the canary gets. */
  private static double observed(EnvoyRuntime runtime) throws Exception {
    EnvoyReading before = runtime.read();
    Await.until("requests", () -> requests(runtime.read()) - requests(before) >= MANY);
    EnvoyReading after = runtime.read();
    double canary = after.canary().requests() - before.canary().requests();
    return canary / (requests(after) - requests(before));
  }

  private static long requests(EnvoyReading reading) {
    return reading.stable().requests() + reading.canary().requests();
  }

  private void ask(RealEnvoy envoy, AtomicBoolean over, AtomicLong failed) {
    while (!over.get()) {
      try {
        if (get(envoy, "/") != 200) {
          failed.incrementAndGet();
        }
      } catch (Exception lost) {
        failed.incrementAndGet();
      }
    }
  }

  @Test
  void aClusterWithoutAHealthyHostReadsAsDown() throws Exception {
    try (RealEnvoy envoy = RealEnvoy.start(folder)) {
      EnvoyRuntime runtime = envoy.runtime();
      Await.until("both are healthy", () -> runtime.read().canary().serves());

      envoy.stopCanary();

      Await.until("it is down", () -> !runtime.read().canary().serves());
      assertThat(runtime.read().stable().serves()).isTrue();
    }
  }

  @Test
  void aFuseSendsAllTrafficBackWhenTheLeaseIsNotRenewed() throws Exception {
    try (RealEnvoy envoy = RealEnvoy.start(folder);
        Lease lease = Lease.create(folder.resolve("lease"))) {
      EnvoyRuntime runtime = envoy.runtime();
      runtime.set(1);
      Armed fuse = RealEnvoy.fuse(lease, runtime);

      Await.until("the lease was not renewed", () -> fuse.fired().isPresent());
      assertThat(fuse.fired().map(Fired::allDone)).contains(true);
      assertThat(runtime.read().share()).isZero();
      assertThat(get(envoy, "/")).isEqualTo(200);
    }
  }

  @Test
  void anEnvoyWithoutALayerToChangeIsRefusedAndToldWhatToWrite() throws Exception {
    String fixed = "[{name: base, static_layer: {orders.v2: 0}}]";
    try (RealEnvoy envoy = with(fixed, RealEnvoy.SPLIT)) {
      assertThat(kind(envoy.runtime()::read)).isEqualTo(Kind.NOT_ADMIN);
      assertThat(kind(() -> envoy.runtime().set(0.5))).isEqualTo(Kind.NOT_ADMIN);
      assertThatThrownBy(envoy.runtime()::read).hasMessageContaining("admin_layer: {}");
    }
  }

  @Test
  void aLaterLayerWithOneOfTheKeysIsRefused() throws Exception {
    String above =
        "[{name: admin, admin_layer: {}}, {name: rollout, static_layer: {orders.v2: 0}}]";
    try (RealEnvoy envoy = with(above, RealEnvoy.SPLIT)) {
      assertThatThrownBy(envoy.runtime()::read)
          .hasMessageContaining("the runtime layer 'rollout' of Envoy has orders.v2: 0");
      assertThat(kind(() -> envoy.runtime().set(0.5))).isEqualTo(Kind.NOT_TAKEN);
    }
  }

  @Test
  void anEarlierLayerCountsAsTheConfigurationDoes() throws Exception {
    String beneath = "[{name: base, static_layer: {orders.v2: 0}}, {name: admin, admin_layer: {}}]";
    String half = "[{name: outbound|80||v1, weight: 50}, {name: v2, weight: 50}]";
    try (RealEnvoy envoy = with(beneath, half)) {
      assertThat(envoy.runtime().read().share()).isZero();
      assertThat(envoy.runtime().set(0.5)).isEqualTo(0.5);
      assertThat(envoy.runtime().set(0)).isZero();
      assertThat(envoy.runtime().read().stable().weight()).isEqualTo(50);
    }
  }

  @Test
  void whatEnvoyDoesNotHaveIsNamed() throws Exception {
    try (RealEnvoy envoy = RealEnvoy.start(folder)) {
      String one = "outbound|80||v1";
      assertThat(kind(new EnvoyRuntime(envoy.address(), "carts", one, "v2")::read))
          .isEqualTo(Kind.NO_BACKEND);
      assertThatThrownBy(new EnvoyRuntime(envoy.address(), "orders", one, "v4")::read)
          .hasMessageContaining("must have 'outbound|80||v1' and 'v4'; they are");
    }
  }

  @Test
  void aThirdClusterThatTakesPartIsNamedAndOneWithoutWeightIsNot() throws Exception {
    String third =
        "[{name: outbound|80||v1, weight: 9}, {name: v2, weight: 0}, {name: v3, weight: %d}]";
    try (RealEnvoy envoy = with(RealEnvoy.LAYERS, third.formatted(1))) {
      assertThatThrownBy(envoy.runtime()::read).hasMessageContaining("give traffic to v3 too");
    }
    try (RealEnvoy envoy = with(RealEnvoy.LAYERS, third.formatted(0))) {
      assertThat(envoy.runtime().read().share()).isZero();
    }
  }

  @Test
  void theOtherWayRoundAllGoesToTheCanaryWhichAPlanRefuses() throws Exception {
    try (RealEnvoy envoy = RealEnvoy.start(folder)) {
      EnvoyRuntime swapped = new EnvoyRuntime(envoy.address(), "orders", "v2", "outbound|80||v1");

      assertThat(swapped.read().share()).isEqualTo(1);
    }
  }

  @Test
  void whatAnotherHasSetOverAConfigurationThatSplitsIsRefused() throws Exception {
    String half = "[{name: outbound|80||v1, weight: 50}, {name: v2, weight: 50}]";
    try (RealEnvoy envoy = with(RealEnvoy.LAYERS, half)) {
      assertThat(envoy.runtime().read().share()).isEqualTo(0.5);

      envoy.anotherSets("orders.v2=0");

      assertThat(kind(envoy.runtime()::read)).isEqualTo(Kind.CHANGED);
      assertThatThrownBy(envoy.runtime()::read)
          .hasMessageContaining("the configuration of Envoy gives 50 to outbound|80||v1 and 50");
      // Taken back, nobody meets the canary all the same.
      assertThat(envoy.runtime().set(0)).isZero();
      envoy.anotherSets("orders.v2=&orders.outbound%7C80%7C%7Cv1=");
      assertThat(envoy.runtime().read().share()).isEqualTo(0.5);
    }
  }

  @Test
  void anotherWriterBetweenIsSeenAndWhatItHasSetIsTakenBackToo() throws Exception {
    try (RealEnvoy envoy = RealEnvoy.start(folder)) {
      EnvoyRuntime runtime = envoy.runtime();
      runtime.set(0.1);

      envoy.anotherSets("orders.v2=9000");

      assertThat(runtime.read().share()).isEqualTo(0.5);
      envoy.anotherSets("orders.v2=plenty");
      assertThatThrownBy(runtime::read).hasMessageContaining("is 'plenty', which is no weight");
      envoy.anotherSets("orders.v2=0&orders.outbound%7C80%7C%7Cv1=0");
      assertThatThrownBy(runtime::read).hasMessageContaining("both 0: nobody is served");
      assertThat(runtime.set(0)).isZero();
      assertThat(runtime.read().stable().weight()).isEqualTo(10_000);
    }
  }

  @Test
  void anAdminAddressThatAllowsTooLittleIsNamed() throws Exception {
    String some = ", allow_paths: [{exact: /ready}, {exact: /config_dump}]";
    try (RealEnvoy envoy = RealEnvoy.start(folder, RealEnvoy.LAYERS, RealEnvoy.SPLIT, some)) {
      assertThat(kind(envoy.runtime()::read)).isEqualTo(Kind.DENIED);
      assertThat(kind(() -> envoy.runtime().set(0.5))).isEqualTo(Kind.DENIED);
    }
  }

  @Test
  void anEnvoyThatHasEndedOrStandsStillIsNamed() throws Exception {
    try (RealEnvoy envoy = RealEnvoy.start(folder)) {
      ProcessIdentity process = ProcessIdentity.of(envoy.pid()).orElseThrow();
      process.signal(PosixSignal.STOP);
      assertThat(kind(envoy.runtime()::read)).isEqualTo(Kind.SILENT);
      assertThat(kind(() -> envoy.runtime().set(0.5))).isEqualTo(Kind.SILENT);
      process.signal(PosixSignal.CONT);
      envoy.stopEnvoy();
      assertThat(kind(envoy.runtime()::read)).isEqualTo(Kind.NOBODY);
    }
    EnvoyRuntime none =
        new EnvoyRuntime("no-such-host.invalid:" + FreePort.choose(), "orders", "v1", "v2");
    assertThat(kind(none::read)).isEqualTo(Kind.NOBODY);
  }

  @Test
  void aRunShiftsReadsAndIsToldWhyNot() throws Exception {
    Routes routes = new Routes(folder, text -> text.replace("${admin}", "127.0.0.1:1"), _ -> NONE);
    try (RealEnvoy envoy = RealEnvoy.start(folder)) {
      Envoy route = new Envoy(envoy.address(), "orders", "outbound|80||v1", "v2");
      Await.until("both are healthy", () -> envoy.runtime().read().canary().serves());

      assertThat(routes.shift(new Action.ShiftTraffic(route, 0.2)))
          .isEqualTo(new Effect.Done("20% to v2"));
      assertThat(routes.status(new Query.RouteStatus(route)))
          .isEqualTo(new Answer.RouteIs(new RouteReading(0.2, true, true)));
    }
    Envoy gone = new Envoy("127.0.0.1:${port}", "orders", "v1", "v2");
    assertThat(routes.status(new Query.RouteStatus(gone)))
        .isInstanceOfSatisfying(
            Answer.Unanswered.class,
            none -> assertThat(none.reason()).isEqualTo(BlindReason.REFUSED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a&b", "a=b", "a\nb", "a#b", "ü", "a\0"})
  void whatCouldBecomeAnotherRequestIsNoName(String name) {
    for (List<String> one :
        List.of(
            List.of("a:1", name, "v1", "v2"),
            List.of("a:1", "p", name, "v2"),
            List.of("a:1", "p", "v1", name),
            List.of(name + ":1/", "p", "v1", "v2"))) {
      assertThatThrownBy(() -> new EnvoyRuntime(one.get(0), one.get(1), one.get(2), one.get(3)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aFuseNamesTheSameHost() {
    EnvoyRuntime runtime = new EnvoyRuntime("[::1]:9901", "orders", "a|b", "v2");

    assertThat(runtime.takeBack(Duration.ofSeconds(1)))
        .satisfies(post -> assertThat(post.host()).isEqualTo("::1"))
        .satisfies(post -> assertThat(post.port()).isEqualTo(9901))
        .satisfies(
            post ->
                assertThat(post.target()).isEqualTo("/runtime_modify?orders.a%7Cb=&orders.v2="));
  }
}
