package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.faultline.environment.Await;
import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.route.Envoy;
import dev.faultline.model.route.EnvoyMatch;
import dev.faultline.model.route.Match;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
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

/** Routes of a real Envoy for some requests, which its runtime turns on. */
class EnvoyMatchTest {

  private static final Answer NONE =
      new Answer.Unanswered(BlindReason.REFUSED, "Envoy needs no program");

  @TempDir private Path folder;
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  private static Envoy matched(RealEnvoy envoy) {
    return new Envoy(
        envoy.address(),
        "orders",
        "outbound|80||v1",
        "v2",
        Optional.of(
            new EnvoyMatch("x-user-type", List.of("staff", "beta@shop.test"), "orders.match")),
        Optional.empty(),
        Optional.empty());
  }

  private String version(RealEnvoy envoy, String user) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(envoy.url("/"))
            .header("x-user-type", user)
            .timeout(Duration.ofSeconds(10))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void whoIsMatchedMeetsTheCanaryWhateverItsWeight() throws Exception {
    Routes routes = new Routes(folder, text -> text, _ -> NONE);
    try (RealEnvoy envoy = RealEnvoy.matching(folder, RealEnvoy.MATCHES)) {
      EnvoyRuntime runtime = routes.envoy(matched(envoy));
      Await.until("both are healthy", () -> runtime.read().canary().serves());
      assertThat(runtime.read().matched()).isEmpty();
      assertThat(version(envoy, "staff")).isEqualTo("old");

      runtime.set(new EnvoyShift(0, List.of("staff"), 0));

      assertThat(runtime.read().matched()).containsExactly("staff");
      assertThat(runtime.read().share()).isZero();
      for (int i = 0; i < 6; i++) {
        assertThat(version(envoy, "staff")).isEqualTo("new");
        assertThat(version(envoy, "beta@shop.test")).isEqualTo("old");
        assertThat(version(envoy, "customer")).isEqualTo("old");
      }

      Match both =
          new Match(
              Optional.of("x-user-type"), Optional.empty(), List.of("staff", "beta@shop.test"));
      Effect shifted =
          routes.shift(
              new Action.ShiftTraffic(matched(envoy), 0.5, Optional.of(both), Optional.empty()));
      assertThat(shifted).isEqualTo(new Effect.Done("50% to v2"));
      Answer seen = routes.status(new Query.RouteStatus(matched(envoy)));
      assertThat(seen)
          .isInstanceOfSatisfying(
              Answer.RouteIs.class,
              is -> assertThat(is.reading().match().filter(both::isAs)).isPresent());
      for (int i = 0; i < 50; i++) {
        assertThat(version(envoy, "beta@shop.test")).isEqualTo("new");
      }
      assertThatThrownBy(() -> runtime.set(new EnvoyShift(0, List.of("gold"), 0)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aFuseLetsNobodyBeMatchedAnyMore() throws Exception {
    Routes routes = new Routes(folder, text -> text, _ -> NONE);
    try (RealEnvoy envoy = RealEnvoy.matching(folder, RealEnvoy.MATCHES);
        Lease lease = Lease.create(folder.resolve("lease"))) {
      EnvoyRuntime runtime = routes.envoy(matched(envoy));
      runtime.set(new EnvoyShift(0.5, List.of("staff"), 0));
      assertThat(version(envoy, "staff")).isEqualTo("new");

      Armed fuse = RealEnvoy.fuse(lease, runtime);
      Await.until("the lease was not renewed", () -> fuse.fired().isPresent());

      assertThat(runtime.read().matched()).isEmpty();
      assertThat(runtime.read().share()).isZero();
      assertThat(version(envoy, "staff")).isEqualTo("old");
    }
  }

  @Test
  void aRouteForAMatchThatIsMissingOrAnotherIsNamed() throws Exception {
    String staff = RealEnvoy.route("staff", "HUNDRED", "v2") + ", ";
    for (String routes :
        List.of(
            "",
            staff,
            staff + RealEnvoy.route("beta@shop.test", "HUNDRED", "outbound|80||v1") + ", ",
            RealEnvoy.MATCHES.replace("numerator: 0", "numerator: 1"))) {
      try (RealEnvoy envoy = RealEnvoy.matching(folder, routes)) {
        EnvoyRuntime runtime = new Routes(folder, text -> text, _ -> NONE).envoy(matched(envoy));

        assertThat(catchThrowableOfType(RouterTrouble.class, runtime::read).kind())
            .isEqualTo(Kind.NO_LIST);
        assertThatThrownBy(runtime::read).hasMessageContaining("runtime_key: orders.match.");
      }
    }
  }
}
