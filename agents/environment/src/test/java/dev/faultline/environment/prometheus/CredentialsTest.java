package dev.faultline.environment.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.BlindReason;
import dev.faultline.load.Certificates;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.environment.PrometheusEndpoint.OAuth2;
import dev.faultline.model.environment.PrometheusEndpoint.Tls;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query.AlertStatus;
import dev.faultline.model.world.Query.PromInstant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real installations demand before they answer. */
class CredentialsTest {

  private static final GuardedServer.Behind ONE =
      (_, _, _) -> Answers.vector(Answers.sample("", 1, "1")).getBytes(UTF_8);
  private static final PromInstant UP = new PromInstant("up");

  @TempDir private Path folder;

  private PrometheusClient client(PrometheusEndpoint endpoint) {
    return new PrometheusClient(endpoint, folder);
  }

  private static PrometheusEndpoint endpoint(
      String url, Optional<String> user, Optional<OAuth2> oauth2, Optional<Tls> tls) {
    return new PrometheusEndpoint(
        Optional.of(url),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        user,
        user.map(_ -> "password"),
        oauth2,
        tls,
        Map.of("X-Scope-OrgID", "shop"),
        Optional.of(Duration.ofSeconds(20)),
        Optional.empty());
  }

  private static PrometheusEndpoint tls(String url, Tls tls) {
    return endpoint(url, Optional.empty(), Optional.empty(), Optional.of(tls));
  }

  private static OAuth2 oauth2(GuardedServer server) {
    return new OAuth2(server.tokenUrl(), "fault line", "secret", List.of("metrics", "read"));
  }

  private static String basic(String userAndPassword) {
    return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
  }

  @Test
  void userAndPasswordTenantPathAndCompressionGoTogether() throws Exception {
    Secret.write(folder.resolve("password"), "grün\n");
    try (GuardedServer server = GuardedServer.plain(ONE).accepting(basic("ann:grün"));
        PrometheusClient client =
            client(
                endpoint(server.url(), Optional.of("ann"), Optional.empty(), Optional.empty()))) {
      seen(client.ask(UP));
      assertThat(server.seen())
          .containsExactly("POST /tenants/shop/api/v1/query " + basic("ann:grün") + " shop");

      Secret.write(folder.resolve("password"), "other-secret");
      assertThat(client.ask(UP))
          .isEqualTo(
              new Answer.Unanswered(
                  BlindReason.REFUSED, "HTTP 401 (are the credentials in the environment right?)"));
      Files.delete(folder.resolve("password"));
      assertThat(client.ask(UP).words()).contains("passwordFile password cannot be read");
    }
  }

  @Test
  void aTokenIsFetchedOnceAndAgainWhenItIsRefused() throws Exception {
    Secret.write(folder.resolve("secret"), "s3cr et");
    try (GuardedServer server = GuardedServer.plain(ONE).accepting("nobody");
        PrometheusClient client =
            client(
                endpoint(
                    server.url(),
                    Optional.empty(),
                    Optional.of(oauth2(server)),
                    Optional.empty()))) {
      seen(client.ask(UP));
      seen(client.ask(UP));
      assertThat(server.tokensGiven()).isEqualTo(1);
      assertThat(server.seen().getFirst())
          .isEqualTo(
              basic("fault+line:s3cr+et") + " grant_type=client_credentials&scope=metrics+read");

      server.refuse("Bearer token-1");
      seen(client.ask(UP));
      assertThat(server.tokensGiven()).isEqualTo(2);
      assertThat(server.seen().getLast()).contains("Bearer token-2");
    }
  }

  @Test
  void aTokenThatIsAboutToExpireIsReplacedBeforeItIsRefused() throws Exception {
    Secret.write(folder.resolve("secret"), "s3cret");
    try (GuardedServer server = GuardedServer.plain(ONE).accepting("nobody");
        PrometheusClient client =
            client(
                endpoint(
                    server.url(),
                    Optional.empty(),
                    Optional.of(oauth2(server)),
                    Optional.empty()))) {
      server.answerTokens("{\"access_token\":\"TOKEN\",\"expires_in\":0}");
      seen(client.ask(UP));
      seen(client.ask(UP));
      assertThat(server.tokensGiven()).isEqualTo(2);
      assertThat(server.seen()).noneMatch(request -> request.contains("401"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3599.5", "1e30", "-1e30", "99999999999999999999"})
  void aTokenOfAnOddLifeIsOfUse(String life) throws Exception {
    Secret.write(folder.resolve("secret"), "s3cret");
    try (GuardedServer server = GuardedServer.plain(ONE).accepting("nobody");
        PrometheusClient client =
            client(
                endpoint(
                    server.url(),
                    Optional.empty(),
                    Optional.of(oauth2(server)),
                    Optional.empty()))) {
      server.answerTokens("{\"access_token\":\"TOKEN\",\"expires_in\":%s}".formatted(life));
      seen(client.ask(UP));
      assertThat(server.tokensGiven()).isEqualTo(1);
    }
  }

  @Test
  void whoGivesNoTokenIsNamedWithoutTheSecret() throws Exception {
    Secret.write(folder.resolve("secret"), "s3cret");
    try (GuardedServer server = GuardedServer.plain(ONE).accepting("nobody");
        PrometheusClient client =
            client(
                endpoint(
                    server.url(),
                    Optional.empty(),
                    Optional.of(oauth2(server)),
                    Optional.empty()))) {
      server.answerTokens("{\"error\":\"invalid_client s3cret\"}");
      assertThat(client.ask(UP))
          .isEqualTo(
              new Answer.Unanswered(
                  BlindReason.REFUSED, "tokenUrl gave no token: HTTP 400, invalid_client ***"));
      server.answerTokens("<html>");
      assertThat(client.ask(UP).words()).contains("tokenUrl gave no token: HTTP 400");
      Files.delete(folder.resolve("secret"));
      assertThat(client.ask(UP).words()).contains("clientSecretFile secret cannot be read");
    }
  }

  @Test
  void certificatesOfBothSidesAreAskedFor() throws Exception {
    Certificates certificates = new Certificates(folder);
    certificates.make("server", "ip:127.0.0.1");
    certificates.make("client", "dns:client");
    certificates.make("stranger", "dns:stranger");
    try (GuardedServer server =
        GuardedServer.mutual(certificates.server("server", "client"), ONE)) {
      seen(ask(server, files("server.crt", "client.crt", "client.key")));
      seen(ask(server, unchecked("client.crt", "client.key")));

      assertThat(ask(server, files("stranger.crt", "client.crt", "client.key")).words())
          .contains("signed by nobody who is trusted; 'tls.caFile' names who is");
      assertThat(ask(server, files("server.crt", "stranger.crt", "stranger.key")))
          .isInstanceOfSatisfying(
              Answer.Unanswered.class,
              none -> assertThat(none.reason()).isEqualTo(BlindReason.UNREACHABLE));
      assertThat(ask(server, files("server.crt", "client.crt", "client.crt")).words())
          .contains("keyFile client.crt may be read or written by others");
      Secret.write(folder.resolve("old.key"), "-----BEGIN EC PRIVATE KEY-----\nabc\n-----END EC");
      assertThat(ask(server, files("server.crt", "client.crt", "old.key")).words())
          .contains("holds no plain key of PKCS #8; convert it with 'openssl pkcs8");
      Files.writeString(folder.resolve("none.crt"), "nothing");
      assertThat(ask(server, files("none.crt", "client.crt", "client.key")).words())
          .contains("caFile none.crt holds no certificate");
      assertThat(ask(server, files("away.crt", "client.crt", "client.key")).words())
          .contains("caFile away.crt cannot be read");
    }
  }

  @Test
  void aCertificateForAnotherNameIsNotBelieved() throws Exception {
    Certificates certificates = new Certificates(folder);
    certificates.make("server", "dns:prometheus.example");
    certificates.make("client", "dns:client");
    try (GuardedServer server =
        GuardedServer.mutual(certificates.server("server", "client"), ONE)) {
      assertThat(ask(server, files("server.crt", "client.crt", "client.key")).words())
          .contains("made out to another name");
      seen(ask(server, unchecked("client.crt", "client.key")));
    }
  }

  private static Tls files(String ca, String certificate, String key) {
    return new Tls(Optional.of(ca), Optional.of(certificate), Optional.of(key), Optional.empty());
  }

  private static Tls unchecked(String certificate, String key) {
    return new Tls(Optional.empty(), Optional.of(certificate), Optional.of(key), Optional.of(true));
  }

  private Answer ask(GuardedServer server, Tls tls) {
    try (PrometheusClient client = client(tls(server.url(), tls))) {
      return client.ask(UP);
    }
  }

  @Test
  void aRedirectIsNotFollowedAndSoNobodyElseGetsTheCredentials() throws Exception {
    Secret.write(folder.resolve("password"), "secret-password");
    try (HostileServer other = HostileServer.answering(200, Answers.vector());
        HostileServer server =
            HostileServer.answering(307, "", "Location: " + other.url() + "/api/v1/query");
        PrometheusClient client =
            client(
                endpoint(server.url(), Optional.of("ann"), Optional.empty(), Optional.empty()))) {
      assertThat(client.ask(UP).words()).contains("redirects are not followed");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void howAlertingRulesStandIsReadByName() throws Exception {
    String rules =
        """
        {"status":"success","data":{"groups":[{"rules":[
          {"type":"alerting","name":"Up","state":"inactive","health":"ok","alerts":[]},
          {"type":"alerting","name":"Errors","state":"firing","health":"ok","alerts":[
            {"state":"firing","labels":{"alertname":"Errors","job":"a"}},
            {"state":"pending","labels":{"alertname":"Errors","job":"b"}}]},
          {"type":"recording","name":"Errors","health":"ok"},
          {"type":"alerting","name":"Errors","state":"unknown","health":"unknown","alerts":[]},
          {"type":"alerting","name":"Errors","health":"err","lastError":"no luck","alerts":[]}]}]}}
        """;
    assertThat(alerts(rules))
        .isEqualTo(
            new Answer.AlertsAre(
                List.of(
                    new Answer.AlertRule(
                        Optional.empty(), List.of(Map.of("alertname", "Errors", "job", "a"))),
                    new Answer.AlertRule(
                        Optional.of("Prometheus has not evaluated this rule yet"), List.of()),
                    new Answer.AlertRule(
                        Optional.of("Prometheus cannot evaluate this rule: no luck"), List.of()))));
    assertThat(alerts(rules.replace("Errors", "Other"))).isEqualTo(new Answer.AlertsAre(List.of()));
    assertThat(alerts("{\"status\":\"success\",\"data\":{}}").words()).contains("no list of rules");
    assertThat(alerts("{\"status\":\"success\",\"warnings\":[\"one away\"],\"data\":{}}"))
        .isEqualTo(new Answer.Unanswered(BlindReason.PARTIAL, "one away"));
  }

  private static Answer alerts(String body) throws Exception {
    try (HostileServer server = HostileServer.answering(200, body);
        PrometheusClient client =
            new PrometheusClient(Answers.endpoint(server.url()), Path.of("/"))) {
      Answer answer = client.ask(new AlertStatus("Errors"));
      assertThat(server.requests().getFirst())
          .startsWith("GET /api/v1/rules?type=alert&rule_name%5B%5D=Errors HTTP");
      return answer;
    }
  }

  private static void seen(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Series.class);
  }
}
