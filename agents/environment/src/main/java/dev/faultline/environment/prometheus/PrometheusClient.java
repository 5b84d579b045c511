package dev.faultline.environment.prometheus;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Moments;
import dev.faultline.model.world.Query.AlertStatus;
import dev.faultline.model.world.Query.PromInstant;
import dev.faultline.model.world.Query.PromRange;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
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
  private final boolean byGet;
  private final Duration timeout;
  private final Transport transport;
  private final Optional<OAuthTokens> tokens;
  private final AtomicReference<Optional<Duration>> skew = new AtomicReference<>(Optional.empty());

  /**
   * A client that connects when it is first asked.
   *
   * @param base the folder where relative paths of its files begin
   */
  public PrometheusClient(PrometheusEndpoint endpoint, Path base) {
    this(endpoint, base, new Transport(endpoint.tls(), base), false);
  }

  /**
   * A client whose questions go another way, and all by GET: whoever passes them on then need not
   * let anything else through.
   *
   * @param base the folder where relative paths of its files begin
   * @param way answers each request
   */
  public PrometheusClient(PrometheusEndpoint endpoint, Path base, Interceptor way) {
    this(endpoint, base, new Transport(Optional.empty(), base, List.of(way)), true);
  }

  private PrometheusClient(
      PrometheusEndpoint endpoint, Path base, Transport transport, boolean byGet) {
    this.endpoint = endpoint;
    this.base = base;
    this.byGet = byGet;
    this.timeout = endpoint.timeout().orElse(TIMEOUT);
    this.transport = transport;
    this.tokens = endpoint.oauth2().map(setting -> new OAuthTokens(setting, base, transport));
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
          Instant end = Instant.now().plus(skew.get().orElse(Duration.ZERO));
          return ask(
              "query_range",
              new FormBody.Builder()
                  .add("query", query.expression())
                  .add("start", seconds(end.minus(query.over())))
                  .add("end", seconds(end))
                  .add("step", seconds(Instant.EPOCH.plus(query.step())))
                  .build(),
              left(timeout, began));
        });
  }

  /**
   * Evaluates an expression at each of these moments, as the server kept it.
   *
   * @return all samples, each at its moment; warnings of any part of it
   */
  Answer ask(String expression, Moments moments) {
    return answer(
        () ->
            ask(
                "query_range",
                new FormBody.Builder()
                    .add("query", expression)
                    .add("start", seconds(moments.first()))
                    .add("end", seconds(moments.last()))
                    .add("step", seconds(Instant.EPOCH.plus(moments.step())))
                    .build(),
                timeout));
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

  /** How the alerting rules of a name stand, as Prometheus itself evaluates them. */
  public Answer ask(AlertStatus query) {
    return answer(
        () -> {
          HttpUrl url =
              address("rules")
                  .newBuilder()
                  .addQueryParameter("type", "alert")
                  .addQueryParameter("rule_name[]", query.alert())
                  .build();
          Sent sent = send(new Request.Builder().url(url).get(), timeout);
          return AnswerReader.alerts(sent.received(), sent.secrets(), query.alert());
        });
  }

  private Answer ask(String path, FormBody form, Duration within) throws BlindException {
    HttpUrl url = address(path);
    Request.Builder request =
        byGet
            ? new Request.Builder().url(asked(url, form)).get()
            : new Request.Builder().url(url).post(form);
    Sent sent = send(request, within);
    Answer.Series series = AnswerReader.read(sent.received(), sent.secrets(), path.equals("query"));
    skew.set(Optional.of(series.skew()));
    return series;
  }

  private static HttpUrl asked(HttpUrl url, FormBody form) {
    HttpUrl.Builder all = url.newBuilder();
    for (int i = 0; i < form.size(); i++) {
      all.addQueryParameter(form.name(i), form.value(i));
    }
    return all.build();
  }

  private HttpUrl address(String path) throws BlindException {
    HttpUrl url = HttpUrl.parse(endpoint.address());
    if (url == null) {
      throw new BlindException(BlindReason.UNREACHABLE, "the url of Prometheus is no address");
    }
    return url.newBuilder().addPathSegments("api/v1/" + path).build();
  }

  private record Sent(Received received, Secrets secrets) {}

  /** Sends a request with credentials; once more with a new token where one was refused. */
  private Sent send(Request.Builder request, Duration within) throws BlindException {
    long began = System.nanoTime();
    Sent first = sendOnce(request, within);
    if (tokens.isEmpty() || first.received().status() != 401) {
      return first;
    }
    return sendOnce(request, left(within, began));
  }

  private Sent sendOnce(Request.Builder request, Duration within) throws BlindException {
    long began = System.nanoTime();
    Optional<String> token =
        tokens.isPresent() ? Optional.of(tokens.get().token(within)) : Optional.empty();
    Credentials credentials = Credentials.read(endpoint, base, token);
    Received received =
        transport.send(
            request.headers(credentials.headers()).build(),
            token.isPresent() ? left(within, began) : within);
    if (received.status() == 401) {
      tokens.ifPresent(known -> token.ifPresent(known::forget));
    }
    return new Sent(received, credentials.secrets());
  }

  private static Duration left(Duration within, long began) {
    Duration left = within.minusNanos(System.nanoTime() - began);
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  private static String seconds(Instant moment) {
    return BigDecimal.valueOf(moment.getEpochSecond())
        .add(BigDecimal.valueOf(moment.getNano(), 9))
        .stripTrailingZeros()
        .toPlainString();
  }
}
