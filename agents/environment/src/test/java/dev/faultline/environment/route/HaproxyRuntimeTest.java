package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.environment.Await;
import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.model.route.MatchList;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.RouteReading;
import dev.faultline.node.Armed;
import dev.faultline.node.Fired;
import dev.faultline.node.FuseAction;
import dev.faultline.node.FuseLauncher;
import dev.faultline.node.FuseOrder;
import dev.faultline.node.Lease;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runtime API of a real HAProxy. */
class HaproxyRuntimeTest {

  private static final String PLAIN = "";

  private static final int MANY = 500;

  @TempDir private Path folder;
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  private RealHaproxy start() throws Exception {
    return RealHaproxy.start(folder, "admin", "roundrobin", PLAIN);
  }

  private int get(RealHaproxy haproxy, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(haproxy.url(path)).timeout(Duration.ofSeconds(10)).build();
    return http.send(request, BodyHandlers.ofString()).statusCode();
  }

  private static Kind kind(ThrowingCallable call) {
    return catchThrowableOfType(RouterTrouble.class, call).kind();
  }

  @Test
  void aShareIsSetAndReadWithWhatTheServersDid() throws Exception {
    try (RealHaproxy haproxy = start()) {
      HaproxyRuntime runtime = haproxy.runtime();
      Await.until("both are healthy", () -> runtime.read().canary().serves());
      assertThat(runtime.read().share()).isZero();

      runtime.set(Weights.of(0.25), List.of());
      for (int i = 0; i < 40; i++) {
        get(haproxy, i < 20 ? "/" : "/fail");
      }

      BackendReading now = runtime.read();
      assertThat(now.share()).isEqualTo(0.25);
      assertThat(now.stable().weight()).isEqualTo(192);
      assertThat(now.canary().weight()).isEqualTo(64);
      assertThat(now.canary().status()).isEqualTo("UP");
      assertThat(now.stable().requests() + now.canary().requests()).isEqualTo(40);
      assertThat(now.canary().requests()).isBetween(8L, 12L);
      assertThat(now.stable().answered5xx() + now.canary().answered5xx()).isEqualTo(20);
      assertThat(now.canary().unanswered()).isZero();
    }
  }

  @Test
  void noRequestFailsWhileTheWeightsChangeAndTheTrafficFollows() throws Exception {
    try (RealHaproxy haproxy = start()) {
      HaproxyRuntime runtime = haproxy.runtime();
      Await.until("both are healthy", () -> runtime.read().canary().serves());
      AtomicBoolean over = new AtomicBoolean();
      AtomicLong failed = new AtomicLong();
      List<Thread> customers =
          List.of(1, 2, 3, 4).stream()
              .map(_ -> Thread.startVirtualThread(() -> ask(haproxy, over, failed)))
              .toList();
      try {
        for (double share : new double[] {0.01, 0.05, 0.1, 0.5, 1, 0.3, 0, 0.75, 0.2, 0}) {
          runtime.set(Weights.of(share), List.of());
          // Right after a change the split can be another, as long as requests are under way.
          double asked = Weights.of(share).share();
          Await.until(
              "requests follow " + share, () -> Math.abs(observed(runtime) - asked) <= 0.02);
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

  /** The share of the next requests that the canary gets. */
  private static double observed(HaproxyRuntime runtime) throws Exception {
    BackendReading before = runtime.read();
    Await.until("requests", () -> requests(runtime) - requests(before) >= MANY);
    BackendReading after = runtime.read();
    double canary = after.canary().requests() - before.canary().requests();
    return canary / (requests(after) - requests(before));
  }

  private void ask(RealHaproxy haproxy, AtomicBoolean over, AtomicLong failed) {
    while (!over.get()) {
      try {
        if (get(haproxy, "/") != 200) {
          failed.incrementAndGet();
        }
      } catch (Exception lost) {
        failed.incrementAndGet();
      }
    }
  }

  private static long requests(HaproxyRuntime runtime) throws RouterTrouble {
    return requests(runtime.read());
  }

  private static long requests(BackendReading reading) {
    return reading.stable().requests() + reading.canary().requests();
  }

  @Test
  void aServerThatIsDownReadsAsDown() throws Exception {
    try (RealHaproxy haproxy = start()) {
      HaproxyRuntime runtime = haproxy.runtime();
      Await.until("both are healthy", () -> runtime.read().canary().serves());
      runtime.set(Weights.of(0.5), List.of());

      haproxy.stopCanary();

      Await.until("it is down", () -> !runtime.read().canary().serves());
      assertThat(runtime.read().canary().status()).isEqualTo("DOWN");
      assertThat(runtime.read().stable().serves()).isTrue();
    }
  }

  @Test
  void aFuseSendsAllTrafficBack() throws Exception {
    Path list = Files.createFile(folder.resolve("canary.lst"));
    String rule = "use-server v2 if { req.hdr(x-user-type) -f %s }".formatted(list);
    try (RealHaproxy haproxy = RealHaproxy.start(folder, "admin", "roundrobin", rule);
        Lease lease = Lease.create(folder.resolve("lease"))) {
      HaproxyRuntime runtime =
          new HaproxyRuntime(haproxy.socket(), "orders", "v1", "v2", Optional.of(list.toString()));
      runtime.set(Weights.of(1), List.of("staff"));
      FuseOrder order =
          new FuseOrder(
              "haproxy-test-" + ProcessHandle.current().pid(),
              "back",
              lease.path(),
              Duration.ofSeconds(1),
              Duration.ofMillis(20),
              List.of(
                  new FuseAction.Say(
                      haproxy.socket(),
                      runtime.commands(Weights.ALL_STABLE),
                      Duration.ofSeconds(2))));

      Armed fuse = FuseLauncher.likeThisProcess().start(order, Duration.ofSeconds(30));

      Await.until("the lease was not renewed", () -> fuse.fired().isPresent());
      assertThat(fuse.fired().map(Fired::allDone)).contains(true);
      assertThat(runtime.read().share()).isZero();
      assertThat(runtime.matched()).isEmpty();
    }
  }

  /** As a run sees it, which refuses a list that has something in it before. */
  private RouteReading seen(RealHaproxy haproxy, Path list) {
    MatchList matched =
        new MatchList(Optional.of("x-user-type"), Optional.empty(), list.toString());
    Answer seen = haproxy.seen(Optional.of(matched), Optional.empty());
    assertThat(seen).isInstanceOf(Answer.RouteIs.class);
    return ((Answer.RouteIs) seen).reading();
  }

  private String version(RealHaproxy haproxy, String user) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(haproxy.url("/"))
            .header("x-user-type", user)
            .timeout(Duration.ofSeconds(10))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void whoIsListedMeetsTheCanaryWhateverItsWeight() throws Exception {
    Path list = Files.createFile(folder.resolve("canary.lst"));
    String rule = "use-server v2 if { req.hdr(x-user-type) -f %s }".formatted(list);
    try (RealHaproxy haproxy = RealHaproxy.start(folder, "admin", "roundrobin", rule)) {
      HaproxyRuntime runtime =
          new HaproxyRuntime(haproxy.socket(), "orders", "v1", "v2", Optional.of(list.toString()));
      Await.until("both are healthy", () -> runtime.read().canary().serves());
      assertThat(runtime.matched()).isEmpty();
      assertThat(version(haproxy, "staff")).isEqualTo("old");

      runtime.set(Weights.ALL_STABLE, List.of("staff", "ann@shop.test"));

      assertThat(runtime.matched()).containsExactlyInAnyOrder("staff", "ann@shop.test");
      assertThat(version(haproxy, "staff")).isEqualTo("new");
      assertThat(version(haproxy, "ann@shop.test")).isEqualTo("new");
      assertThat(version(haproxy, "customer")).isEqualTo("old");

      runtime.set(Weights.of(0.5), List.of("staff", "beta"));

      assertThat(runtime.matched()).containsExactlyInAnyOrder("staff", "beta");
      assertThat(seen(haproxy, list).match().orElseThrow().is())
          .containsExactlyInAnyOrder("staff", "beta");
      assertThat(runtime.read().share()).isEqualTo(0.5);
      for (int i = 0; i < 6; i++) {
        assertThat(version(haproxy, "beta")).isEqualTo("new");
      }

      runtime.set(Weights.ALL_STABLE, List.of());

      assertThat(runtime.matched()).isEmpty();
      assertThat(version(haproxy, "staff")).isEqualTo("old");
    }
  }

  @Test
  void aListThatHaproxyDoesNotHaveIsNamed() throws Exception {
    try (RealHaproxy haproxy = start()) {
      HaproxyRuntime runtime =
          new HaproxyRuntime(haproxy.socket(), "orders", "v1", "v2", Optional.of("/none.lst"));

      assertThat(kind(runtime::matched)).isEqualTo(Kind.NO_LIST);
      assertThat(kind(() -> runtime.set(Weights.of(0.5), List.of("staff"))))
          .isEqualTo(Kind.NO_LIST);
      assertThatThrownBy(() -> runtime.set(Weights.of(0.5), List.of("a b")))
          .isInstanceOf(Exception.class);
    }
  }

  @Test
  void whatHaproxyDoesNotHaveIsNamed() throws Exception {
    try (RealHaproxy haproxy = start()) {
      HaproxyRuntime elsewhere = new HaproxyRuntime(haproxy.socket(), "carts", "v1", "v2");
      HaproxyRuntime other = new HaproxyRuntime(haproxy.socket(), "orders", "v1", "v3");

      assertThat(kind(elsewhere::read)).isEqualTo(Kind.NO_BACKEND);
      assertThat(kind(() -> elsewhere.set(Weights.ALL_STABLE, List.of())))
          .isIn(Kind.NO_BACKEND, Kind.NO_SERVER);
      assertThatThrownBy(other::read)
          .hasMessage("backend 'orders' must have the servers 'v1' and 'v3'; it has v1, v2");
      assertThat(kind(() -> other.set(Weights.of(0.5), List.of()))).isEqualTo(Kind.NO_SERVER);
    }
  }

  @Test
  void aSocketThatIsForLookingOnlyIsNamed() throws Exception {
    try (RealHaproxy haproxy = RealHaproxy.start(folder, "operator", "roundrobin", PLAIN)) {
      assertThat(haproxy.runtime().read().share()).isZero();
      assertThat(kind(() -> haproxy.runtime().set(Weights.of(0.5), List.of())))
          .isEqualTo(Kind.NOT_ADMIN);
    }
  }

  @Test
  void anAlgorithmWithFixedWeightsIsNamed() throws Exception {
    try (RealHaproxy haproxy = RealHaproxy.start(folder, "admin", "static-rr", PLAIN)) {
      assertThat(kind(() -> haproxy.runtime().set(Weights.of(0.5), List.of())))
          .isEqualTo(Kind.FIXED_WEIGHTS);
    }
  }

  @Test
  void aThirdServerThatTakesPartIsNamedAndABackupIsNot() throws Exception {
    String third = "server v0 127.0.0.1:9 weight %s %s";
    try (RealHaproxy haproxy =
        RealHaproxy.start(folder, "admin", "roundrobin", third.formatted("1", ""))) {
      assertThatThrownBy(() -> haproxy.runtime().read())
          .hasMessageContaining("gives traffic to v0 too");
    }
    Files.delete(folder.resolve("api.sock"));
    try (RealHaproxy haproxy =
        RealHaproxy.start(folder, "admin", "roundrobin", third.formatted("1", "backup"))) {
      assertThat(haproxy.runtime().read().share()).isZero();
    }
  }

  @Test
  void aSocketThatIsNoneIsNamed() throws Exception {
    Path file = folder.resolve("api.sock");
    HaproxyRuntime runtime = new HaproxyRuntime(file, "orders", "v1", "v2");
    assertThat(kind(runtime::read)).isEqualTo(Kind.ABSENT);

    Files.createFile(file);
    assertThat(kind(runtime::read)).isEqualTo(Kind.NOT_A_SOCKET);
    Files.delete(file);

    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(file));
      assertThat(kind(runtime::read)).isEqualTo(Kind.SILENT);
    }
    assertThat(kind(runtime::read)).isEqualTo(Kind.NOBODY);
  }

  @Test
  void aSocketOfSomebodyElseIsNamed() throws Exception {
    assumeTrue(!"root".equals(System.getProperty("user.name")), "needs a user who is not root");
    try (RealHaproxy haproxy = start()) {
      Files.setPosixFilePermissions(haproxy.socket(), PosixFilePermissions.fromString("---------"));
      assertThat(kind(haproxy.runtime()::read)).isEqualTo(Kind.DENIED);
    }
  }

  @Test
  void anEndedHaproxyIsNamed() throws Exception {
    try (RealHaproxy haproxy = start()) {
      haproxy.stopHaproxy();
      assertThat(kind(haproxy.runtime()::read)).isEqualTo(Kind.NOBODY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a;b", "a\nb", "a/b", "ü", "a\0"})
  void whatCouldBecomeAnotherCommandIsNoName(String name) {
    Path socket = folder.resolve("s");
    assertThatThrownBy(() -> new HaproxyRuntime(socket, name, "v1", "v2"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HaproxyRuntime(socket, "orders", name, "v2"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HaproxyRuntime(socket, "orders", "v1", name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noMomentHasNobodyToServe() {
    HaproxyRuntime runtime = new HaproxyRuntime(folder, "orders", "v1", "v2");

    assertThat(runtime.commands(Weights.ALL_STABLE))
        .containsExactly("set server orders/v1 weight 256", "set server orders/v2 weight 0");
    assertThat(runtime.commands(Weights.of(1)))
        .containsExactly("set server orders/v2 weight 256", "set server orders/v1 weight 0");
  }

  @Test
  void sharesAreRoundedToStepsAndNeverToNothingOrAll() {
    assertThat(Weights.of(0)).isEqualTo(Weights.ALL_STABLE);
    assertThat(Weights.of(0.0001)).isEqualTo(new Weights(255, 1));
    assertThat(Weights.of(0.05)).isEqualTo(new Weights(243, 13));
    assertThat(Weights.of(0.5)).isEqualTo(new Weights(128, 128));
    assertThat(Weights.of(0.9999)).isEqualTo(new Weights(1, 255));
    assertThat(Weights.of(1)).isEqualTo(new Weights(0, 256));
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> Weights.of(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Weights(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
