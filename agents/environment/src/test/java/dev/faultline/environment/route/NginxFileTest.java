package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.environment.Await;
import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.model.route.Match;
import dev.faultline.model.world.RouteReading;
import dev.faultline.node.Armed;
import dev.faultline.node.Fired;
import dev.faultline.node.FuseAction;
import dev.faultline.node.FuseLauncher;
import dev.faultline.node.FuseOrder;
import dev.faultline.node.Lease;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import dev.faultline.node.SignalResult;
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
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The file of a real Nginx, and what Nginx makes of it. */
class NginxFileTest {

  private static final double[] RELOADS = {0.01, 0.05, 0.1, 0.5, 1, 0.3, 0, 0.75, 0.2, 0};
  private static final int CUSTOMERS = 4;

  private static final Match BETA =
      new Match(Optional.empty(), Optional.of("beta"), List.of("always"));

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

  private static NginxShift of(double share) {
    return NginxShift.of(share, Optional.empty());
  }

  private static Kind kind(ThrowingCallable call) {
    return catchThrowableOfType(RouterTrouble.class, call).kind();
  }

  @Test
  void requestsFollowTheShare() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      NginxFile file = nginx.file();
      assertThat(file.shift().share()).isZero();
      assertThat(observed(nginx, 50)).isZero();
      for (double share : new double[] {0.05, 0.25, 0.5}) {
        file.set(of(share));
        assertThat(file.shift().share()).isEqualTo(share);
        // All workers take turns together, so that not even one request is left to chance.
        assertThat(observed(nginx, 1000)).isCloseTo(share, within(0.001));
      }
      file.set(of(1));
      assertThat(observed(nginx, 50)).isEqualTo(1);
      file.set(of(0));
      assertThat(observed(nginx, 50)).isZero();
    }
  }

  /** Idle connections are closed by a reload, and a request can be on its way just then. */
  @Test
  void aReloadLosesOneRequestOfAConnectionAtMost(TestReporter reporter) throws Exception {
    assertThat(lost("75s", reporter)).isLessThanOrEqualTo((long) RELOADS.length * CUSTOMERS);
  }

  @Test
  void whereNoConnectionIsKeptNoRequestIsLost(TestReporter reporter) throws Exception {
    assertThat(lost("0", reporter)).isZero();
  }

  private long lost(String keepalive, TestReporter reporter) throws Exception {
    try (RealNginx nginx = RealNginx.start(folder, RealNginx.Setup.USUAL.keepalive(keepalive))) {
      List<KeptAlive> customers =
          Stream.generate(() -> new KeptAlive(nginx.port())).limit(CUSTOMERS).toList();
      List<Thread> threads =
          customers.stream().map(customer -> Thread.ofPlatform().start(customer::ask)).toList();
      try {
        for (double share : RELOADS) {
          nginx.file().set(of(share));
          long before = answered(customers);
          Await.until("100 requests more", () -> answered(customers) - before >= 100);
        }
      } finally {
        customers.forEach(KeptAlive::end);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      long lost = customers.stream().mapToLong(KeptAlive::lost).sum();
      reporter.publishEntry(
          Map.of(
              "keepalive_timeout", keepalive,
              "reloads", String.valueOf(RELOADS.length),
              "connections", String.valueOf(CUSTOMERS),
              "answered", String.valueOf(answered(customers)),
              "lost", String.valueOf(lost)));
      return lost;
    }
  }

  private static long answered(List<KeptAlive> customers) {
    return customers.stream().mapToLong(KeptAlive::answered).sum();
  }

  @Test
  void aConfigurationThatNginxRefusesIsTakenBack() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      nginx.file().set(of(0.25));
      Files.writeString(nginx.config(), Files.readString(nginx.config()) + "nonsense;\n");

      assertThatThrownBy(() -> nginx.file().set(of(0.5)))
          .isInstanceOf(RouterTrouble.class)
          .hasMessageContaining("Nginx does not take the configuration")
          .hasMessageContaining("unknown directive \"nonsense\"");

      assertThat(nginx.file().shift().share()).isEqualTo(0.25);
      assertThat(observed(nginx, 100)).isCloseTo(0.25, within(0.01));
    }
  }

  /** The file says 0, the workers are other ones than before, and Nginx still splits. */
  @Test
  void theWayBackIsNotProvenByTheFileNorByNewWorkers() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      nginx.file().set(of(0.25));
      String config = Files.readString(nginx.config());
      Files.writeString(nginx.config(), config + "nonsense;\n");

      assertThat(kind(() -> nginx.file().set(of(0)))).isEqualTo(Kind.NOT_TAKEN);
      assertThat(nginx.include()).hasContent(nginx.split().text(of(0)));
      assertThatThrownBy(() -> nginx.file().shift().share())
          .hasMessageContaining("gives 0% to the canary, and Nginx serves by 25%");
      List<Long> old = nginx.workers().map(ProcessHandle::pid).toList();
      nginx.workers().forEach(ProcessHandle::destroyForcibly);
      Await.until(
          "other workers",
          () ->
              nginx.workers().map(ProcessHandle::pid).noneMatch(old::contains)
                  && new NginxWorkers(nginx.pid()).served(nginx.split().marks()).size() == 1);
      assertThat(kind(() -> nginx.file().shift().share())).isEqualTo(Kind.NOT_TAKEN);
      assertThat(observed(nginx, 100)).isCloseTo(0.25, within(0.01));

      Files.writeString(nginx.config(), config);
      nginx.file().set(of(0));
      assertThat(nginx.file().shift().share()).isZero();
      assertThat(observed(nginx, 50)).isZero();
    }
  }

  @Test
  void anNginxThatIsDownComesBackWithAllTrafficAtStable() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      NginxFile file = nginx.file();
      file.set(of(0.5));
      nginx.kill();

      assertThat(kind(() -> file.set(of(0)))).isIn(Kind.NOT_TAKEN, Kind.NOBODY);
      assertThat(file.include()).hasContent(file.text(of(0)));
      assertThat(kind(file::shift)).isEqualTo(Kind.NOBODY);

      nginx.restart();
      Await.until("it serves", () -> file.shift().share() == 0);
      assertThat(observed(nginx, 20)).isZero();
    }
  }

  @Test
  void aReloadThatIsNotDoneIsTakenBack() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      assertThat(kind(() -> nginx.file(nginx.test(), List.of("false")).set(of(0.5))))
          .isEqualTo(Kind.NOT_TAKEN);
      assertThat(
              kind(() -> nginx.file(List.of("/no/such/nginx", "-t"), nginx.reload()).set(of(0.5))))
          .isEqualTo(Kind.SILENT);
      assertThat(nginx.file().shift().share()).isZero();
    }
  }

  @Test
  void aReloadWithoutEffectIsNoticed() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      NginxWorkers workers = new NginxWorkers(nginx.pid());
      NginxMarks marks = nginx.split().marks();
      workers.await(marks, new NginxMark(0, 0), Duration.ofSeconds(30));

      assertThatThrownBy(() -> workers.await(marks, new NginxMark(500, 0), Duration.ofMillis(100)))
          .hasMessageContaining("goes on as before");
      assertThat(kind(() -> workers.served(new NginxMarks("carts")))).isEqualTo(Kind.NOT_TAKEN);
    }
  }

  @Test
  void anNginxThatIsFrozenIsSilent() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      ProcessIdentity worker =
          ProcessIdentity.of(nginx.workers().findFirst().orElseThrow().pid()).orElseThrow();
      assertThat(worker.signal(PosixSignal.STOP)).isInstanceOf(SignalResult.Sent.class);
      Await.until("it is frozen", () -> worker.state() == ProcessState.STOPPED);

      assertThat(kind(() -> nginx.file().shift().share())).isEqualTo(Kind.SILENT);

      assertThat(worker.signal(PosixSignal.CONT)).isInstanceOf(SignalResult.Sent.class);
      Await.until("it goes on", () -> worker.state() == ProcessState.RUNNING);
      assertThat(nginx.file().shift().share()).isZero();
    }
  }

  @Test
  void versionsThatTakeNoConnectionsDoNotServe() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      assertThat(nginx.file().read()).isEqualTo(new RouteReading(0, true, true));
      nginx.stopServers();
      assertThat(nginx.file().read()).isEqualTo(new RouteReading(0, false, false));
    }
  }

  @Test
  void aFuseSendsAllTrafficBack() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder);
        Lease lease = Lease.create(folder.resolve("lease"))) {
      NginxFile file = nginx.file();
      file.set(NginxShift.of(1, Optional.of(BETA)));
      FuseOrder order =
          new FuseOrder(
              "nginx-test-" + ProcessHandle.current().pid(),
              "back",
              lease.path(),
              Duration.ofSeconds(1),
              Duration.ofMillis(20),
              List.of(
                  new FuseAction.Write(
                      file.file(),
                      file.text(of(0)),
                      new FuseAction.Run(nginx.reload(), Map.of(), NginxFile.TIMEOUT))));

      Armed fuse = FuseLauncher.likeThisProcess().start(order, Duration.ofSeconds(30));

      Await.until("the lease was not renewed", () -> fuse.fired().isPresent());
      assertThat(fuse.fired().map(Fired::allDone)).contains(true);
      Await.until("all goes to the old one", () -> isBack(file));
      assertThat(observed(nginx, 20)).isZero();
    }
  }

  /** While workers change, the share is not told. */
  private static boolean isBack(NginxFile file) {
    try {
      return file.shift().equals(NginxShift.NOTHING);
    } catch (RouterTrouble stillLoading) {
      return false;
    }
  }

  private NginxFile alone() {
    return new NginxFile(
        folder.resolve("split.conf"),
        new NginxSplit("orders", List.of("127.0.0.1:1"), List.of("127.0.0.1:2")),
        List.of("true"),
        List.of("true"),
        new NginxWorkers(folder.resolve("nginx.pid")),
        RealNginx::run);
  }

  @Test
  void aFileOfSomebodyElseStays() throws Exception {
    NginxFile file = alone();
    assertThat(kind(file::shift)).isEqualTo(Kind.ABSENT);
    assertThatThrownBy(file::shift).hasMessageEndingWith("reload Nginx:\n" + file.text(of(0)));
    assertThat(kind(() -> file.set(of(0.5)))).isEqualTo(Kind.ABSENT);

    for (String text :
        List.of(
            "upstream a {}\n",
            new NginxSplit("carts", List.of("a:1"), List.of("b:1")).text(of(0)))) {
      Files.writeString(file.include(), text);
      assertThat(kind(file::shift)).isEqualTo(Kind.FOREIGN);
      assertThat(kind(() -> file.set(of(0.5)))).isEqualTo(Kind.FOREIGN);
      assertThat(kind(() -> file.set(of(0)))).isEqualTo(Kind.FOREIGN);
      assertThat(file.include()).hasContent(text);
    }
  }

  @Test
  void aFileThatWasChangedByHandIsNotBelieved() throws Exception {
    NginxFile file = alone();
    Files.writeString(file.include(), file.text(of(0.05)).replace("weight=19", "weight=9"));

    assertThat(kind(file::shift)).isEqualTo(Kind.CHANGED);
  }

  @Test
  void withoutAMasterNothingIsKnown() throws Exception {
    NginxFile file = alone();
    Files.writeString(file.include(), file.text(of(0)));

    assertThat(kind(file::shift)).isEqualTo(Kind.NOBODY);
    Files.writeString(folder.resolve("nginx.pid"), "none");
    assertThat(kind(file::shift)).isEqualTo(Kind.UNCLEAR);
    // This one runs, and is none of Nginx's.
    Files.writeString(folder.resolve("nginx.pid"), ProcessHandle.current().pid() + "\n");
    assertThat(kind(file::shift)).isEqualTo(Kind.NOBODY);
  }
}
