package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.ClusterService;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that are asked through the API server. */
final class ServicesTest {

  private static final String WEB = "/api/v1/namespaces/shop/services/http:web:8080/proxy";
  private static final String UP =
      "{'status': 'success', 'data': {'resultType': 'vector', 'result':"
          + " [{'metric': {}, 'value': [1700000000, '1']}]}}";

  private FakeApiServer server;
  private Services services;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    PrometheusEndpoint endpoint =
        Codec.json()
            .readValue(
                """
                {"service": "prom", "namespace": "monitoring", "port": 9090, "path": "/p",
                 "timeout": "20s"}
                """,
                PrometheusEndpoint.class);
    services = new Services(server.api(), Optional.of(endpoint), Path.of(""));
  }

  @AfterEach
  void stop() {
    services.close();
    server.close();
  }

  private Answer ask(String method, Optional<String> body, Duration timeout) {
    ClusterService web =
        new ClusterService(
            "web", Optional.empty(), Optional.of(8080), Optional.empty(), "/health?a=%2F");
    try {
      return services.ask(
          new Query.ServiceProbe(
              web, new Query.HttpProbe(web.address(), method, Map.of("A", "b"), body, timeout)));
    } catch (ApiTrouble trouble) {
      return trouble.unanswered();
    }
  }

  private Answer ask() {
    return ask("GET", Optional.empty(), Duration.ofSeconds(20));
  }

  private void answer(int status, String body, Map<String, String> headers) {
    server.meet(
        _ -> Optional.of(new FakeApiServer.Answer(status, body.replace('\'', '"'), headers)));
  }

  private static BlindReason reason(Answer answer) {
    return ((Answer.Unanswered) answer).reason();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404, 503})
  void whatTheServiceAnswersIsItsOwn(int status) {
    answer(status, "{'kind': 'shop', 'message': 'no endpoints available for service'}", Map.of());

    Answer.HttpReply reply = (Answer.HttpReply) ask();

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body().orElseThrow()).contains("shop");
    assertThat(server.requests()).containsExactly("GET " + WEB + "/health?a=%2F ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "503 | no endpoints available for service x | UNREACHABLE",
        "503 | error trying to reach service: dial tcp 10.0.0.1:80: refused | UNREACHABLE",
        "503 | no service port 99 found for service x | REFUSED",
        "403 | services x is forbidden | REFUSED",
        "404 | services x not found | REFUSED",
        "500 | etcdserver: request timed out | REFUSED"
      })
  void onlyAServiceThatNobodyAnswersForIsDown(int status, String said, BlindReason reason) {
    server.meet(_ -> Optional.of(FakeApiServer.status(status, said)));

    assertThat(reason(ask())).isEqualTo(reason);
    assertThat(ask().words()).contains(said);
  }

  @Test
  void aRedirectIsNotFollowedAndSoCarriesNothingElsewhere() throws Exception {
    try (FakeApiServer elsewhere = new FakeApiServer()) {
      String location = elsewhere.api().server() + "/x";
      answer(302, "{}", Map.of("Location", location));

      assertThat(((Answer.HttpReply) ask()).status()).isEqualTo(302);
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void methodsAndBodiesArePassedOn() {
    answer(200, "{}", Map.of());

    ask("POST", Optional.of("ein Käse"), Duration.ofSeconds(20));
    ask("HEAD", Optional.empty(), Duration.ofSeconds(20));
    ask("DELETE", Optional.empty(), Duration.ofSeconds(20));

    assertThat(server.requests())
        .containsExactly(
            "POST " + WEB + "/health?a=%2F ein Käse",
            "HEAD " + WEB + "/health?a=%2F ",
            "DELETE " + WEB + "/health?a=%2F ");
  }

  @Test
  void whoIsSilentIsToldApart() {
    CountDownLatch over = new CountDownLatch(1);
    server.meet(
        request -> {
          if (request.contains("/proxy/")) {
            over.await();
          }
          return Optional.of(new FakeApiServer.Answer(200, "{}"));
        });
    assertThat(reason(ask("GET", Optional.empty(), Duration.ofMillis(300))))
        .isEqualTo(BlindReason.TIMEOUT);

    server.meet(
        _ -> {
          over.await();
          return Optional.empty();
        });
    assertThat(reason(ask("GET", Optional.empty(), Duration.ofMillis(300))))
        .isEqualTo(BlindReason.REFUSED);
    over.countDown();

    server.close();
    assertThat(reason(ask())).isEqualTo(BlindReason.REFUSED);
  }

  @Test
  void aPrometheusIsAskedByGetAlone() {
    answer(200, UP, Map.of());

    Answer now = services.prometheus(client -> client.ask(new Query.PromInstant("up{a=\"b c\"}")));
    Answer range =
        services.prometheus(
            client ->
                client.ask(
                    new Query.PromRange("up", Duration.ofMinutes(1), Duration.ofSeconds(5))));

    assertThat(now).isInstanceOf(Answer.Series.class);
    assertThat(range).isInstanceOf(Answer.Series.class);
    String api = "/api/v1/namespaces/monitoring/services/http:prom:9090/proxy/p/api/v1/";
    assertThat(server.requests().getFirst())
        .startsWith("GET " + api + "query?query=up%7Ba%3D%22b%20c%22%7D");
    assertThat(server.requests().getLast())
        .startsWith("GET " + api + "query_range?query=up&start=");
  }

  @Test
  void aPrometheusThatIsNotReachedIsBlindInTheWordsOfTheApiServer() {
    server.meet(
        _ -> Optional.of(FakeApiServer.status(403, "services http:prom:9090 is forbidden")));

    Answer answer = services.prometheus(client -> client.ask(new Query.AlertStatus("Errors")));

    assertThat(answer.words()).contains("Kubernetes: services http:prom:9090 is forbidden");
    assertThat(reason(answer)).isEqualTo(BlindReason.REFUSED);
  }

  @Test
  void anAnswerWithoutAnEndIsCutOff() {
    answer(200, "'" + "a".repeat(9 << 20) + "'", Map.of());

    assertThat(services.prometheus(client -> client.ask(new Query.PromInstant("up"))).words())
        .contains("longer than 8 MiB");
    assertThat(((Answer.HttpReply) ask()).body()).isEmpty();
  }
}
