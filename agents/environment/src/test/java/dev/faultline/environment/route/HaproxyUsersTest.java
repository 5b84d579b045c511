package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.faultline.environment.Await;
import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.route.Sticky;
import dev.faultline.model.world.Answer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users whom a real HAProxy knows again. */
class HaproxyUsersTest {

  private static final int USERS = 100;
  private static final Sticky BY_ID = new Sticky(Optional.of("x-user-id"), Optional.empty());
  private static final Sticky BY_SESSION = new Sticky(Optional.empty(), Optional.of("session"));

  @TempDir private Path folder;
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  private String version(RealHaproxy haproxy, String header, String user) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(haproxy.url("/"))
            .header(header, user)
            .timeout(Duration.ofSeconds(10))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** The users of the canary, each of whom is asked for twice. */
  private Set<String> usersOfTheCanary(RealHaproxy haproxy, String header, String value)
      throws Exception {
    Set<String> found = new TreeSet<>();
    for (int user = 0; user < USERS; user++) {
      String name = "user-" + user;
      String first = version(haproxy, header, value.formatted(name));
      assertThat(version(haproxy, header, value.formatted(name))).as(name).isEqualTo(first);
      if (first.equals("new")) {
        found.add(name);
      }
    }
    return found;
  }

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

      runtime.set(Weights.of(0.2), List.of());
      Set<String> few = usersOfTheCanary(haproxy, header, value);
      runtime.set(Weights.of(0.5), List.of());
      Set<String> half = usersOfTheCanary(haproxy, header, value);

      assertThat(few.size()).isBetween(USERS / 10, USERS * 3 / 10);
      assertThat(half.size()).isBetween(USERS / 4, USERS * 3 / 4).isGreaterThan(few.size());
      assertThat(half).containsAll(few);
      runtime.set(Weights.ALL_STABLE, List.of());
      assertThat(usersOfTheCanary(haproxy, header, value)).isEmpty();
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
