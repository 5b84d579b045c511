package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.faultline.environment.Await;
import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.route.Sticky;
import dev.faultline.model.world.Answer;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users whom a real HAProxy knows again. */
class HaproxyUsersTest {

  private static final Sticky BY_ID = new Sticky(Optional.of("x-user-id"), Optional.empty());
  private static final Sticky BY_SESSION = new Sticky(Optional.empty(), Optional.of("session"));

  @TempDir private Path folder;
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @CsvSource({"hdr(x-user-id), x-user-id, %s", "hash req.cook(session), cookie, a=b; session=%s"})
  void usersWhoMetTheCanaryStayThereWhileItsPartGrows(String balance, String header, String value)
      throws Exception {
    try (RealHaproxy haproxy =
        RealHaproxy.start(folder, "admin", balance, "hash-type consistent")) {
      HaproxyRuntime runtime = haproxy.runtime();
      Await.until("both are healthy", () -> runtime.read().canary().serves());
      assertThat(haproxy.seen(Optional.empty(), Optional.of(BY_ID)))
          .isInstanceOf(Answer.RouteIs.class);

      Crowd crowd = new Crowd(http, haproxy.url("/"), header, value);
      runtime.set(Weights.of(0.2), List.of());
      Set<String> few = crowd.atTheCanary();
      runtime.set(Weights.of(0.5), List.of());
      Crowd.assertStay(few, crowd.atTheCanary());

      runtime.set(Weights.ALL_STABLE, List.of());
      assertThat(crowd.atTheCanary()).isEmpty();
    }
  }

  @Test
  void aBackendThatDoesNotKnowItsUsersAgainIsNamed() throws Exception {
    try (RealHaproxy haproxy = RealHaproxy.start(folder, "admin", "roundrobin", "")) {
      assertThat(haproxy.seen(Optional.empty(), Optional.of(BY_ID)))
          .isEqualTo(
              new Answer.Unanswered(
                  BlindReason.REFUSED,
                  "backend 'orders' chooses by 'roundrobin', and not by a hash of x-user-id: give"
                      + " it 'balance hdr(x-user-id)' and 'hash-type consistent'"));
      assertThat(
              catchThrowableOfType(
                      RouterTrouble.class, () -> haproxy.runtime().requireHash(BY_SESSION))
                  .kind())
          .isEqualTo(Kind.NOT_STICKY);
    }
  }
}
