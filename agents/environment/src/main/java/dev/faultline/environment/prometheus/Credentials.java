package dev.faultline.environment.prometheus;

import dev.faultline.environment.secret.SecretFile;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.PrometheusEndpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;

/**
 * The headers of one question. Token or password are read for it alone and kept nowhere else.
 *
 * @param headers what to send
 * @param secrets what must not be told
 */
record Credentials(Headers headers, Secrets secrets) {

  private static final String AUTHORIZATION = "Authorization";

  /**
   * Reads token or password anew.
   *
   * @param base where relative paths of files begin
   * @param token one that was given out for this question
   * @throws BlindException when it cannot be read, or a header is none; nothing of their contents
   *     is told
   */
  static Credentials read(PrometheusEndpoint endpoint, Path base, Optional<String> token)
      throws BlindException {
    Headers.Builder headers = new Headers.Builder();
    for (Map.Entry<String, String> header : endpoint.headers().entrySet()) {
      put(headers, header.getKey(), header.getValue(), "header '" + header.getKey() + "'");
    }
    List<String> secrets = new ArrayList<>();
    if (token.isPresent()) {
      secrets.add(token.get());
      put(headers, AUTHORIZATION, "Bearer " + token.get(), "what tokenUrl gave");
    }
    if (endpoint.bearerTokenFile().isPresent()) {
      String file = endpoint.bearerTokenFile().get();
      secrets.add(secret("bearerTokenFile", file, base, "token"));
      put(headers, AUTHORIZATION, "Bearer " + secrets.getLast(), "bearerTokenFile " + file);
    }
    if (endpoint.user().isPresent() && endpoint.passwordFile().isPresent()) {
      String password = secret("passwordFile", endpoint.passwordFile().get(), base, "password");
      String basic = OAuthTokens.basic(endpoint.user().get(), password);
      secrets.addAll(List.of(password, basic.substring("Basic ".length())));
      put(headers, AUTHORIZATION, basic, "'user'");
    }
    return new Credentials(
        headers.build(), new Secrets(secrets, List.copyOf(endpoint.headers().values())));
  }

  private static String secret(String key, String file, Path base, String what)
      throws BlindException {
    try {
      return new SecretFile(key, file, base).read(what);
    } catch (SecretFile.NoSecret none) {
      throw new BlindException(BlindReason.REFUSED, none.words(), none);
    }
  }

  @SuppressWarnings("UnusedException") // its message repeats the value
  private static void put(Headers.Builder headers, String name, String value, String where)
      throws BlindException {
    try {
      headers.set(name, value);
    } catch (IllegalArgumentException repeatsTheValue) {
      throw refused(where + " holds what no HTTP header can carry");
    }
  }

  private static BlindException refused(String detail) {
    return new BlindException(BlindReason.REFUSED, detail);
  }
}
