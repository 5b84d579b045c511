package dev.faultline.environment.prometheus;

import static dev.faultline.environment.prometheus.BlindException.malformed;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Answer.AlertsAre;
import dev.faultline.model.world.Answer.OneSeries;
import dev.faultline.model.world.Answer.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes a typed answer of whatever came back. Pure. */
final class AnswerReader {

  private static final int MOST_WARNINGS = 20;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxTokenCount(4_000_000)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private AnswerReader() {}

  /**
   * Reads the answer to a question.
   *
   * @param atOneMoment whether it was asked for one moment, so that samples bear the time at which
   *     the server evaluated it; those of a range may be older
   * @throws BlindException when it holds no series
   */
  static Series read(Received received, Secrets secrets, boolean atOneMoment)
      throws BlindException {
    JsonNode answer = success(received, secrets);
    JsonNode data = answer.path("data");
    List<OneSeries> series = new SeriesReader(secrets).read(data);
    boolean evaluated = atOneMoment && !data.path("resultType").asString("").equals("matrix");
    return new Series(
        series, warnings(answer.path("warnings"), secrets), skew(received, series, evaluated));
  }

  /**
   * Reads how the alerting rules of one name stand.
   *
   * @throws BlindException when the answer does not tell, or tells only a part
   */
  static AlertsAre alerts(Received received, Secrets secrets, String name) throws BlindException {
    JsonNode answer = success(received, secrets);
    List<String> warnings = warnings(answer.path("warnings"), secrets);
    if (!warnings.isEmpty()) {
      throw new BlindException(BlindReason.PARTIAL, String.join("; ", warnings));
    }
    return new AlertsReader(secrets).read(answer.path("data"), name);
  }

  private static JsonNode success(Received received, Secrets secrets) throws BlindException {
    refuseStatus(received, secrets);
    try {
      JsonNode answer = JSON.readTree(received.body().toByteArray());
      if (answer == null || !answer.isObject()) {
        throw malformed("the answer is no JSON object");
      }
      if (!answer.path("status").asString("").equals("success")) {
        throw refusedOrSenseless(answer, secrets);
      }
      return answer;
    } catch (JacksonException senseless) {
      // Its message may quote the body.
      throw new BlindException(
          BlindReason.MALFORMED, "the answer is not the JSON of Prometheus", senseless);
    }
  }

  private static void refuseStatus(Received received, Secrets secrets) throws BlindException {
    int status = received.status();
    if (status == 200) {
      return;
    }
    String words = "HTTP " + status + errorText(received, secrets);
    if (status == 401 || status == 403) {
      throw new BlindException(
          BlindReason.REFUSED, words + " (are the credentials in the environment right?)");
    }
    if (status == 404) {
      throw new BlindException(
          BlindReason.REFUSED, words + " (is the url right? it ends before /api/v1)");
    }
    if (status >= 300 && status < 400) {
      throw new BlindException(
          BlindReason.UNREACHABLE,
          "HTTP %d%s; redirects are not followed"
              .formatted(
                  status,
                  received.location().map(host -> " to " + secrets.message(host)).orElse("")));
    }
    if (status == 429 || status >= 500) {
      throw new BlindException(BlindReason.UNREACHABLE, words);
    }
    throw new BlindException(status >= 400 ? BlindReason.REFUSED : BlindReason.MALFORMED, words);
  }

  private static String errorText(Received received, Secrets secrets) {
    try {
      JsonNode answer = JSON.readTree(received.body().toByteArray());
      return answer == null ? "" : errorText(answer, secrets);
    } catch (JacksonException noJson) {
      return "";
    }
  }

  private static String errorText(JsonNode answer, Secrets secrets) {
    String type = answer.path("errorType").asString("");
    String error = answer.path("error").asString("");
    return (type.isEmpty() ? "" : ", " + secrets.message(type))
        + (error.isEmpty() ? "" : ": " + secrets.message(error));
  }

  private static BlindException refusedOrSenseless(JsonNode answer, Secrets secrets) {
    return answer.path("status").asString("").equals("error")
        ? new BlindException(BlindReason.REFUSED, "Prometheus refused" + errorText(answer, secrets))
        : malformed("the answer has no status");
  }

  private static List<String> warnings(JsonNode node, Secrets secrets) throws BlindException {
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    if (!node.isArray()) {
      throw malformed("warnings that are no list");
    }
    List<String> warnings = new ArrayList<>();
    for (JsonNode warning : node) {
      if (!warning.isString()) {
        throw malformed("a warning that is no text");
      }
      if (warnings.size() < MOST_WARNINGS) {
        warnings.add(secrets.message(warning.stringValue()));
      }
    }
    return warnings;
  }

  private static Duration skew(Received received, List<OneSeries> series, boolean evaluated) {
    if (!evaluated || series.isEmpty()) {
      return Skew.byDate(received);
    }
    Instant moment = series.getFirst().samples().getFirst().at();
    // A sample tells milliseconds.
    return Skew.between(moment, moment.plusMillis(1), received);
  }
}
