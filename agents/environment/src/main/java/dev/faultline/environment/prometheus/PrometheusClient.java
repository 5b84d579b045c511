package dev.faultline.environment.prometheus;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query.PromInstant;
import dev.faultline.model.world.Query.PromRange;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Puts PromQL to a Prometheus.
 *
 * <p>Guarantees: every question ends within the endpoint's timeout, and every failure is an {@link
 * Answer.Unanswered}; times are those of the server's clock, never of ours; neither the token nor a
 * header is ever part of an answer's text. Thread-safe.
 */
public final class PrometheusClient implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final PrometheusEndpoint endpoint;
  private final Path base;
  private final Duration timeout;
  private final Transport transport = new Transport();
  private final AtomicReference<Optional<Duration>> skew = new AtomicReference<>(Optional.empty());

  /**
   * A client that connects when it is first asked.
   *
   * @param base the folder where a relative {@code bearerTokenFile} begins
   */
  public PrometheusClient(PrometheusEndpoint endpoint, Path base) {
    this.endpoint = endpoint;
    this.base = base;
    this.timeout = endpoint.timeout().orElse(TIMEOUT);
  }

  /** Evaluates an expression at the present moment of the server, which is why no time is sent. */
  public Answer ask(PromInstant query) {
    return answer(() -> instant(query.expression(), timeout));
  }

  /**
   * Evaluates an expression over the last while before the present moment of the server. Where its
   * clock is not known yet, it is asked for first.
   */
  public Answer ask(PromRange query) {
    long began = System.nanoTime();
    return answer(
        () -> {
          if (skew.get().isEmpty()) {
            instant("vector(0)", timeout);
          }
          Duration left = timeout.minusNanos(System.nanoTime() - began);
          Instant end = Instant.now().plus(skew.get().orElse(Duration.ZERO));
          return ask(
              "query_range",
              new FormBody.Builder()
                  .add("query", query.expression())
                  .add("start", seconds(end.minus(query.over())))
                  .add("end", seconds(end))
                  .add("step", seconds(Instant.EPOCH.plus(query.step())))
                  .build(),
              left.isPositive() ? left : Duration.ofMillis(1));
        });
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    transport.close();
  }

  private interface Question {
    Answer put() throws BlindException;
  }

  private static Answer answer(Question question) {
    try {
      return question.put();
    } catch (BlindException blind) {
      return new Answer.Unanswered(blind.reason(), blind.detail());
    }
  }

  private Answer instant(String expression, Duration within) throws BlindException {
    return ask("query", new FormBody.Builder().add("query", expression).build(), within);
  }

  private Answer ask(String path, FormBody form, Duration within) throws BlindException {
    HttpUrl url = HttpUrl.parse(endpoint.url());
    if (url == null) {
      throw new BlindException(BlindReason.UNREACHABLE, "the url of Prometheus is no address");
    }
    Credentials credentials = Credentials.read(endpoint, base);
    Request request =
        new Request.Builder()
            .url(url.newBuilder().addPathSegments("api/v1/" + path).build())
            .headers(credentials.headers())
            .post(form)
            .build();
    Answer.Series series =
        AnswerReader.read(
            transport.send(request, within), credentials.secrets(), path.equals("query"));
    skew.set(Optional.of(series.skew()));
    return series;
  }

  private static String seconds(Instant moment) {
    return BigDecimal.valueOf(moment.getEpochSecond())
        .add(BigDecimal.valueOf(moment.getNano(), 9))
        .stripTrailingZeros()
        .toPlainString();
  }
}
