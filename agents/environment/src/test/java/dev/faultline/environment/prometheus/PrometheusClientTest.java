package dev.faultline.environment.prometheus;

import static dev.faultline.environment.prometheus.Answers.data;
import static dev.faultline.environment.prometheus.Answers.sample;
import static dev.faultline.environment.prometheus.Answers.vector;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query.PromRange;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusClientTest {

  @Test
  void aQuestionForNowNamesNoTime() throws Exception {
    try (HostileServer server = HostileServer.answering(200, vector())) {
      assertThat(Answers.ask(server))
          .isInstanceOfSatisfying(
              Answer.Series.class, series -> assertThat(series.series()).isEmpty());

      assertThat(server.requests())
          .singleElement()
          .satisfies(
              request ->
                  assertThat(request)
                      .startsWith("POST /api/v1/query HTTP")
                      .endsWith("\r\n\r\nquery=up"));
    }
  }

  @Test
  void thePathOfTheAddressIsKept() throws Exception {
    try (HostileServer server = HostileServer.answering(200, vector())) {
      Answers.ask(Answers.endpoint(server.url() + "/tenant/prometheus/"));

      assertThat(server.requests().getFirst()).startsWith("POST /tenant/prometheus/api/v1/query ");
    }
  }

  @ParameterizedTest
  @CsvSource({"NaN, NaN", "+Inf, Infinity", "-Inf, -Infinity", "1e-7, 1e-7", "-3.25, -3.25"})
  void valuesAreReadAsPrometheusWritesThem(String written, double value) throws Exception {
    try (HostileServer server = HostileServer.answering(200, vector(sample("", 1, written)))) {
      assertThat(series(Answers.ask(server)).series().getFirst().samples())
          .containsExactly(new Answer.Sample(Instant.ofEpochSecond(1), value));
    }
  }

  @Test
  void everySeriesIsHandedOnWithItsLabels() throws Exception {
    String body = vector(sample("\"job\":\"a\"", 1.5, "1"), sample("\"job\":\"b\"", 1.5, "2"));
    try (HostileServer server = HostileServer.answering(200, body)) {
      assertThat(series(Answers.ask(server)).series())
          .extracting(Answer.OneSeries::labels)
          .containsExactly(Map.of("job", "a"), Map.of("job", "b"));
    }
  }

  @Test
  void aScalarIsOneSeriesWithoutLabels() throws Exception {
    try (HostileServer server = HostileServer.answering(200, data("scalar", "[2,\"7\"]"))) {
      assertThat(series(Answers.ask(server)).series())
          .containsExactly(
              new Answer.OneSeries(
                  Map.of(), List.of(new Answer.Sample(Instant.ofEpochSecond(2), 7))));
    }
  }

  @Test
  void warningsAreHandedOnAndInfosAreNot() throws Exception {
    String body =
        """
        {"status":"success","infos":["x"],"warnings":["store a\\nis away"],\
        "data":{"resultType":"vector","result":[]}}""";
    try (HostileServer server = HostileServer.answering(200, body)) {
      assertThat(series(Answers.ask(server)).warnings()).containsExactly("store a is away");
    }
  }

  @Test
  void aClockThatIsAheadIsToldByTheSample() throws Exception {
    double theirs = System.currentTimeMillis() / 1000.0 + 3600;
    try (HostileServer server = HostileServer.answering(200, vector(sample("", theirs, "1")))) {
      assertThat(series(Answers.ask(server)).skew())
          .isBetween(Duration.ofSeconds(3590), Duration.ofSeconds(3601));
    }
  }

  @Test
  void aClockThatIsBehindIsToldByTheDateThoughThereIsNoSample() throws Exception {
    try (HostileServer server =
        HostileServer.answering(200, vector(), "Date: Thu, 01 Jan 2026 00:00:00 GMT")) {
      Duration ago = Duration.between(Instant.parse("2026-01-01T00:00:00Z"), Instant.now());
      assertThat(series(Answers.ask(server)).skew().negated())
          .isBetween(ago.minusSeconds(2), ago.plusSeconds(10));
    }
  }

  @Test
  void aRangeEndsNowByTheClockOfTheServer() throws Exception {
    double theirs = System.currentTimeMillis() / 1000.0 - 7200;
    try (HostileServer server = HostileServer.answering(200, vector(sample("", theirs, "1")));
        PrometheusClient client =
            new PrometheusClient(Answers.endpoint(server.url()), Path.of("/"))) {
      client.ask(new PromRange("rate(x[1m]) > 0", Duration.ofMinutes(5), Duration.ofMillis(1500)));

      String asked = URLDecoder.decode(server.requests().getLast(), UTF_8);
      assertThat(asked)
          .startsWith("POST /api/v1/query_range ")
          .contains("query=rate(x[1m]) > 0&", "step=1.5");
      assertThat(number(asked, "end")).isBetween(theirs - 1, theirs + 10);
      assertThat(number(asked, "end") - number(asked, "start")).isBetween(299.99, 300.01);
    }
  }

  private static double number(String request, String field) {
    Matcher matcher = Pattern.compile(field + "=([0-9.]+)").matcher(request);
    assertThat(matcher.find()).as(field).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  private static Answer.Series series(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Series.class);
    return (Answer.Series) answer;
  }
}
