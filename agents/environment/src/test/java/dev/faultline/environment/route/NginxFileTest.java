package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.environment.Await;
import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.node.Armed;
import dev.faultline.node.Fired;
import dev.faultline.node.FuseAction;
import dev.faultline.node.FuseLauncher;
import dev.faultline.node.FuseOrder;
import dev.faultline.node.Lease;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of a real Nginx. */
class NginxFileTest {

  @TempDir private Path folder;
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  private String get(RealNginx nginx) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(nginx.url()).timeout(Duration.ofSeconds(10)).build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return answer.statusCode() == 200 ? answer.body() : "HTTP " + answer.statusCode();
  }

  private double observed(RealNginx nginx, int requests) throws Exception {
    int canary = 0;
    for (int i = 0; i < requests; i++) {
      String who = get(nginx);
      assertThat(who).isIn("old", "new");
      canary += who.equals("new") ? 1 : 0;
    }
    return (double) canary / requests;
  }

  private static Kind kind(ThrowingCallable call) {
    return catchThrowableOfType(RouterTrouble.class, call).kind();
  }

  @Test
  void requestsFollowTheShare() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      NginxFile file = nginx.file();
      assertThat(file.share()).isZero();
      assertThat(observed(nginx, 50)).isZero();
      for (double share : new double[] {0.05, 0.25, 0.5}) {
        assertThat(file.set(share)).isEqualTo(share);
        assertThat(file.share()).isEqualTo(share);
        // Six standard deviations of a thousand independent requests.
        assertThat(observed(nginx, 1000))
            .isCloseTo(share, within(6 * Math.sqrt(share * (1 - share) / 1000)));
      }
      file.set(1);
      assertThat(observed(nginx, 50)).isEqualTo(1);
      file.set(0);
      assertThat(observed(nginx, 50)).isZero();
    }
  }

  @Test
  void noRequestFailsWhileItReloads(TestReporter reporter) throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      NginxFile file = nginx.file();
      AtomicBoolean over = new AtomicBoolean();
      AtomicLong answered = new AtomicLong();
      AtomicLong failed = new AtomicLong();
      List<Thread> customers =
          List.of(1, 2, 3, 4).stream()
              .map(_ -> Thread.startVirtualThread(() -> ask(nginx, over, answered, failed)))
              .toList();
      for (double share : new double[] {0.01, 0.05, 0.1, 0.5, 1, 0.3, 0, 0.75, 0.2, 0}) {
        file.set(share);
        long before = answered.get();
        Await.until("100 requests more", () -> answered.get() - before >= 100);
      }
      over.set(true);
      for (Thread customer : customers) {
        customer.join();
      }
      reporter.publishEntry(Map.of("answered", answered.toString(), "failed", failed.toString()));
      assertThat(failed).hasValue(0);
    }
  }

  private void ask(RealNginx nginx, AtomicBoolean over, AtomicLong answered, AtomicLong failed) {
    while (!over.get()) {
      try {
        String who = get(nginx);
        (who.equals("old") || who.equals("new") ? answered : failed).incrementAndGet();
      } catch (Exception lost) {
        failed.incrementAndGet();
      }
    }
  }

  @Test
  void aConfigurationThatNginxRefusesIsTakenBack() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      nginx.file().set(0.25);
      Files.writeString(nginx.config(), Files.readString(nginx.config()) + "nonsense;\n");

      assertThatThrownBy(() -> nginx.file().set(0.5))
          .isInstanceOf(RouterTrouble.class)
          .hasMessageContaining("Nginx does not take the configuration")
          .hasMessageContaining("unknown directive \"nonsense\"");

      assertThat(nginx.file().share()).isEqualTo(0.25);
      assertThat(observed(nginx, 20)).isLessThan(1);
    }
  }

  @Test
  void aReloadThatIsNotDoneIsTakenBack() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      assertThat(kind(() -> nginx.file(nginx.test(), List.of("false")).set(0.5)))
          .isEqualTo(Kind.NOT_TAKEN);
      assertThat(kind(() -> nginx.file(List.of("/no/such/nginx", "-t"), nginx.reload()).set(0.5)))
          .isEqualTo(Kind.SILENT);
      assertThat(nginx.file().share()).isZero();
    }
  }

  @Test
  void aReloadThatStartsNoNewWorkersIsNoticed() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      NginxWorkers workers = new NginxWorkers(folder.resolve("nginx.pid"));
      NginxWorkers.Seen now = workers.seen();
      assertThat(now.workers()).hasSize(2);

      assertThatThrownBy(() -> workers.awaitOthers(now, Duration.ofMillis(100)))
          .hasMessageContaining("started no new workers");

      nginx.stopNginx();
      assertThat(kind(workers::seen)).isEqualTo(Kind.NOBODY);
    }
  }

  @Test
  void aFuseSendsAllTrafficBack() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder);
        Lease lease = Lease.create(folder.resolve("lease"))) {
      NginxFile file = nginx.file();
      file.set(1);
      FuseOrder order =
          new FuseOrder(
              "nginx-test-" + ProcessHandle.current().pid(),
              "back",
              lease.path(),
              Duration.ofSeconds(1),
              Duration.ofMillis(20),
              List.of(
                  new FuseAction.Write(file.file(), file.text(0)),
                  new FuseAction.Run(nginx.reload(), Map.of(), NginxFile.TIMEOUT)));

      Armed fuse = FuseLauncher.likeThisProcess().start(order, Duration.ofSeconds(30));

      Await.until("the lease was not renewed", () -> fuse.fired().isPresent());
      assertThat(fuse.fired().map(Fired::allDone)).contains(true);
      assertThat(file.share()).isZero();
      Await.until("all goes to the old one", () -> observed(nginx, 20) == 0);
    }
  }

  private NginxFile alone() {
    return new NginxFile(
        folder.resolve("split.conf"),
        new NginxSplit("orders", List.of("127.0.0.1:1"), List.of("127.0.0.1:2")),
        List.of("true"),
        List.of("true"),
        Optional.empty(),
        RealNginx::run);
  }

  @Test
  void aFileOfSomebodyElseStays() throws Exception {
    NginxFile file = alone();
    assertThat(kind(file::share)).isEqualTo(Kind.ABSENT);
    assertThat(kind(() -> file.set(0.5))).isEqualTo(Kind.ABSENT);

    for (String text :
        List.of(
            "upstream a {}\n", new NginxSplit("carts", List.of("a:1"), List.of("b:1")).text(0))) {
      Files.writeString(file.include(), text);
      assertThat(kind(file::share)).isEqualTo(Kind.FOREIGN);
      assertThat(kind(() -> file.set(0.5))).isEqualTo(Kind.FOREIGN);
      assertThat(file.include()).hasContent(text);
    }
  }

  @Test
  void aFileThatWasChangedByHandIsNotBelieved() throws Exception {
    NginxFile file = alone();
    Files.writeString(file.include(), file.text(0.05).replace("    5.00%", "    50.00%"));

    assertThat(kind(file::share)).isEqualTo(Kind.CHANGED);

    file.set(0.1);
    assertThat(file.share()).isEqualTo(0.1);
  }

  @Test
  void aSplitIsTheTextOfThreeBlocks() {
    NginxSplit split =
        new NginxSplit("orders", List.of("10.0.0.1:80", "[::1]:81"), List.of("b.shop:82"));

    assertThat(split.text(505))
        .isEqualTo(
            """
            # Written by Faultline: split orders, 5.05% to the canary. What is changed here by hand is lost.
            upstream orders-stable {
                server 10.0.0.1:80;
                server [::1]:81;
                keepalive 32;
            }
            upstream orders-canary {
                server b.shop:82;
                keepalive 32;
            }
            split_clients "${request_id}" $faultline_orders {
                5.05% orders-canary;
                * orders-stable;
            }
            """);
    assertThat(split.text(0)).contains("{\n    * orders-stable;\n}");
    assertThat(split.text(10_000)).contains("{\n    * orders-canary;\n}");
    for (int parts = 0; parts <= NginxSplit.WHOLE; parts++) {
      assertThat(split.partsOf(split.text(parts))).contains(parts);
    }
    assertThat(split.partsOf(split.text(0).replace("0.00%", "999.99%"))).isEmpty();
  }

  @Test
  void sharesAreRoundedToHundredthsAndNeverToNothingOrAll() {
    assertThat(NginxSplit.parts(0)).isZero();
    assertThat(NginxSplit.parts(0.000001)).isEqualTo(1);
    assertThat(NginxSplit.parts(0.29)).isEqualTo(2900);
    assertThat(NginxSplit.parts(0.999999)).isEqualTo(9999);
    assertThat(NginxSplit.parts(1)).isEqualTo(10_000);
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> NginxSplit.parts(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a:0",
        "a:65536",
        "a:1;",
        "a:1 b",
        "a:1\n",
        "{a}:1",
        "a:1}",
        "ü:1",
        "${a}:1",
        "unix:/a",
        "-a:1",
        "[::1:1",
        "a:1 weight=5"
      })
  void whatCouldBecomeAnotherDirectiveIsNoServer(String server) {
    assertThatThrownBy(() -> new NginxSplit("orders", List.of(server), List.of("b:1")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NginxSplit("orders", List.of("b:1"), List.of(server)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a;", "a\n", "a{", "a-b", "$a", "ü"})
  void whatCouldBecomeAnotherDirectiveIsNoName(String name) {
    assertThatThrownBy(() -> new NginxSplit(name, List.of("a:1"), List.of("b:1")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
