package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.faultline.environment.Await;
import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.route.Envoy;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteReading;
import dev.faultline.node.Armed;
import dev.faultline.node.Lease;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that a real Envoy copies to the second version, as its runtime says. */
class EnvoyMirrorTest {

  private static final Answer NONE =
      new Answer.Unanswered(BlindReason.REFUSED, "Envoy needs no program");

  @TempDir private Path folder;
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  private static Envoy mirrored(RealEnvoy envoy) {
    return new Envoy(
        envoy.address(),
        "orders",
        "outbound|80||v1",
        "v2",
        Optional.empty(),
        Optional.of("orders.mirror"),
        Optional.empty());
  }

  private EnvoyRuntime runtime(RealEnvoy envoy) {
    return new Routes(folder, text -> text, _ -> NONE).envoy(mirrored(envoy));
  }

  private static EnvoyShift copies(double part) {
    return new EnvoyShift(0, List.of(), part);
  }

  /** Who asks is answered by the first version, whoever gets a copy. */
  private void ask(RealEnvoy envoy, int times) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(envoy.url("/copied")).timeout(Duration.ofSeconds(10)).build();
    for (int i = 0; i < times; i++) {
      assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo("old");
    }
  }

  @Test
  void asManyRequestsAreCopiedAsItSays() throws Exception {
    Routes routes = new Routes(folder, text -> text, _ -> NONE);
    try (RealEnvoy envoy = RealEnvoy.mirroring(folder, RealEnvoy.MIRROR)) {
      EnvoyRuntime runtime = runtime(envoy);
      Await.until("both are healthy", () -> runtime.read().canary().serves());
      assertThat(runtime.read().copies()).isZero();
      ask(envoy, 20);
      assertThat(RealEnvoy.copies()).isZero();

      Effect all =
          routes.shift(
              new Action.ShiftTraffic(mirrored(envoy), 0, Optional.empty(), Optional.of(1.0)));
      assertThat(all).isInstanceOf(Effect.Done.class);
      assertThat(routes.status(new Query.RouteStatus(mirrored(envoy))))
          .isEqualTo(
              new Answer.RouteIs(
                  new RouteReading(0, Optional.empty(), Optional.of(1.0), true, true)));
      ask(envoy, 100);
      Await.until("all are copied", () -> RealEnvoy.copies() == 100);

      runtime.set(copies(0.2));
      assertThat(runtime.read().copies()).isEqualTo(0.2);
      ask(envoy, 1000);
      // Six standard deviations of 1000 draws, beside those that are on their way.
      Await.until("some are copied", () -> RealEnvoy.copies() > 100 + 125);
      assertThat(RealEnvoy.copies()).isLessThan(100 + 276);

      runtime.set(EnvoyShift.of(0));
      assertThat(runtime.read().copies()).isZero();
    }
  }

  @Test
  void aFuseLetsNothingBeCopiedAnyMore() throws Exception {
    try (RealEnvoy envoy = RealEnvoy.mirroring(folder, RealEnvoy.MIRROR);
        Lease lease = Lease.create(folder.resolve("lease"))) {
      EnvoyRuntime runtime = runtime(envoy);
      runtime.set(copies(1));
      assertThat(runtime.read().copies()).isEqualTo(1);

      Armed fuse = RealEnvoy.fuse(lease, runtime);
      Await.until("the lease was not renewed", () -> fuse.fired().isPresent());

      assertThat(runtime.read().copies()).isZero();
    }
  }

  @Test
  void aPolicyThatIsMissingOrAnotherIsNamed() throws Exception {
    for (String policies :
        List.of(
            "[]",
            RealEnvoy.MIRROR.replace("numerator: 0", "numerator: 1"),
            RealEnvoy.MIRROR.replace("cluster: v2", "cluster: v3"),
            RealEnvoy.MIRROR.replace("orders.mirror", "carts.mirror"))) {
      try (RealEnvoy envoy = RealEnvoy.mirroring(folder, policies)) {
        EnvoyRuntime runtime = runtime(envoy);

        assertThat(catchThrowableOfType(RouterTrouble.class, runtime::read).kind())
            .isEqualTo(Kind.NO_LIST);
        assertThatThrownBy(runtime::read)
            .hasMessageContaining("request_mirror_policies: [{cluster: v2,");
      }
    }
  }

  @Test
  void withoutAPolicyNothingIsMirrored() {
    EnvoyRuntime runtime = new EnvoyRuntime("127.0.0.1:1", "orders", "v1", "v2");

    assertThatThrownBy(() -> runtime.set(copies(0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no policy to mirror requests by");
  }
}
