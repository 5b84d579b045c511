package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.route.Envoy;
import dev.faultline.model.route.Sticky;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users whom a real Envoy knows again. */
class EnvoyUsersTest {

  private static final String HASHES = ", use_hash_policy: true";
  private static final String BY_ID = ", hash_policy: [{header: {header_name: X-User-Id}}]";
  private static final Sticky ID = new Sticky(Optional.of("x-user-id"), Optional.empty());
  private static final Sticky SESSION = new Sticky(Optional.empty(), Optional.of("session"));

  @TempDir private Path folder;
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  private Answer seen(RealEnvoy envoy, Optional<Sticky> sticky) {
    Envoy route =
        new Envoy(
            envoy.address(),
            "orders",
            "outbound|80||v1",
            "v2",
            Optional.empty(),
            Optional.empty(),
            sticky);
    return new Routes(
            folder,
            text -> text,
            _ -> new Answer.Unanswered(BlindReason.REFUSED, "Envoy needs no program"))
        .status(new Query.RouteStatus(route));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{header: {header_name: X-User-Id}} | x-user-id | %s",
        "{cookie: {name: session}} | cookie | a=b; session=%s"
      })
  void usersWhoMetTheCanaryStayThereWhileItsPartGrows(String policy, String header, String value)
      throws Exception {
    try (RealEnvoy envoy = RealEnvoy.hashing(folder, HASHES, ", hash_policy: [" + policy + "]")) {
      EnvoyRuntime runtime = envoy.runtime();
      Sticky sticky = header.equals("cookie") ? SESSION : ID;
      Await.until(
          "both are healthy",
          () ->
              seen(envoy, Optional.of(sticky)) instanceof Answer.RouteIs is
                  && is.reading().canaryServes());

      Crowd crowd = new Crowd(http, envoy.url("/"), header, value);
      runtime.set(0.2);
      Set<String> few = crowd.atTheCanary();
      runtime.set(0.5);
      Crowd.assertStay(few, crowd.atTheCanary());

      runtime.set(1);
      assertThat(crowd.atTheCanary()).hasSize(Crowd.SIZE);
      runtime.set(0);
      assertThat(crowd.atTheCanary()).isEmpty();
    }
  }

  @Test
  void aSplitThatDoesNotKnowItsUsersAgainIsNamed() throws Exception {
    String unknown =
        "the weighted clusters 'orders' of Envoy do not choose by a hash of %s alone: write"
            + " 'use_hash_policy: true' into them, and 'hash_policy: [{%s}]' beside them";
    try (RealEnvoy envoy = RealEnvoy.hashing(folder, "", BY_ID)) {
      assertThat(seen(envoy, Optional.empty())).isInstanceOf(Answer.RouteIs.class);
      assertThat(seen(envoy, Optional.of(ID)))
          .isEqualTo(refused(unknown.formatted("x-user-id", "header: {header_name: x-user-id}")));
    }
    try (RealEnvoy envoy = RealEnvoy.hashing(folder, HASHES, BY_ID)) {
      assertThat(seen(envoy, Optional.of(SESSION)))
          .isEqualTo(refused(unknown.formatted("cookie session", "cookie: {name: session}")));
    }
  }

  @Test
  void aSplitOfUsersIsNotTakenForOneOfRequests() throws Exception {
    try (RealEnvoy envoy = RealEnvoy.hashing(folder, HASHES, BY_ID)) {
      assertThat(seen(envoy, Optional.empty()))
          .isEqualTo(
              refused(
                  "the weighted clusters 'orders' of Envoy split users, and not requests"
                      + " (use_hash_policy): say by what they are known, as sticky: {header:"
                      + " x-user-id}"));
    }
  }

  private static Answer refused(String why) {
    return new Answer.Unanswered(BlindReason.REFUSED, why);
  }
}
