package dev.faultline.environment.prometheus;

import dev.faultline.environment.secret.SecretFile;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.PrometheusEndpoint.OAuth2;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Access tokens for client credentials (RFC 6749 section 4.4). One is kept in memory until shortly
 * before it expires, or until the resource refuses it. Thread-safe.
 */
final class OAuthTokens {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** So that a token does not expire on its way. */
  private static final Duration EARLY = Duration.ofSeconds(20);

  /** In seconds: a token is not kept for longer than a day. */
  private static final long LONGEST = 86_400;

  private record Token(String text, Optional<Long> until) {
    boolean usable() {
      return until.map(end -> end - System.nanoTime() > 0).orElse(true);
    }
  }

  private final OAuth2 setting;
  private final Path base;
  private final Transport transport;
  private final ReentrantLock asking = new ReentrantLock();
  private Optional<Token> kept = Optional.empty();

  /**
   * Asks for a token when one is first needed.
   *
   * @param base where a relative path of the secret begins
   */
  OAuthTokens(OAuth2 setting, Path base, Transport transport) {
    this.setting = setting;
    this.base = base;
    this.transport = transport;
  }

  /**
   * A token.
   *
   * @param within how long it may take to get one
   */
  String token(Duration within) throws BlindException {
    asking.lock();
    try {
      if (kept.filter(Token::usable).isEmpty()) {
        kept = Optional.of(fetch(within));
      }
      return kept.orElseThrow().text();
    } finally {
      asking.unlock();
    }
  }

  /** Gives up a token that was refused, unless another one has taken its place. */
  void forget(String token) {
    asking.lock();
    try {
      kept = kept.filter(other -> !other.text().equals(token));
    } finally {
      asking.unlock();
    }
  }

  private Token fetch(Duration within) throws BlindException {
    HttpUrl url = HttpUrl.parse(setting.tokenUrl());
    if (url == null) {
      throw new BlindException(BlindReason.REFUSED, "tokenUrl is no address");
    }
    String secret = secret();
    FormBody.Builder form = new FormBody.Builder().add("grant_type", "client_credentials");
    if (!setting.scopes().isEmpty()) {
      form.add("scope", String.join(" ", setting.scopes()));
    }
    Request request =
        new Request.Builder()
            .url(url)
            .header("Authorization", basic(encoded(setting.clientId()), encoded(secret)))
            .header("Accept", "application/json")
            .post(form.build())
            .build();
    Secrets secrets = new Secrets(List.of(secret), List.of());
    return read(transport.send(request, within), secrets);
  }

  private String secret() throws BlindException {
    try {
      return new SecretFile("clientSecretFile", setting.clientSecretFile(), base).read("secret");
    } catch (SecretFile.NoSecret none) {
      throw new BlindException(BlindReason.REFUSED, none.words(), none);
    }
  }

  static String basic(String user, String password) {
    return okhttp3.Credentials.basic(user, password, StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Token read(Received received, Secrets secrets) throws BlindException {
    JsonNode answer = json(received);
    String token = answer.path("access_token").asString("");
    if (received.status() != 200 || token.isEmpty()) {
      String why = answer.path("error").asString("");
      throw new BlindException(
          received.status() >= 500 ? BlindReason.UNREACHABLE : BlindReason.REFUSED,
          "tokenUrl gave no token: HTTP %d%s"
              .formatted(received.status(), why.isEmpty() ? "" : ", " + secrets.message(why)));
    }
    JsonNode expires = answer.path("expires_in");
    if (!expires.isNumber()) {
      return new Token(token, Optional.empty());
    }
    Duration life = Duration.ofSeconds(Math.clamp(expires.asLong(LONGEST), 0, LONGEST));
    Duration early = life.dividedBy(5).compareTo(EARLY) < 0 ? life.dividedBy(5) : EARLY;
    return new Token(token, Optional.of(System.nanoTime() + life.minus(early).toNanos()));
  }

  private static JsonNode json(Received received) {
    try {
      return JSON.readTree(received.body().utf8());
    } catch (JacksonException noJson) {
      return JSON.createObjectNode();
    }
  }
}
