package dev.faultline.environment.prometheus;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.PrometheusEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;

/**
 * The headers of one question. The token is read for it alone and kept nowhere else.
 *
 * @param headers what to send
 * @param secrets what must not be told
 */
record Credentials(Headers headers, Secrets secrets) {

  private static final int LONGEST_TOKEN = 65_536;

  /**
   * Reads the token anew.
   *
   * @param base where a relative path of the token begins
   * @throws BlindException when it cannot be read, or a header is none; nothing of their contents
   *     is told
   */
  static Credentials read(PrometheusEndpoint endpoint, Path base) throws BlindException {
    Headers.Builder headers = new Headers.Builder();
    for (Map.Entry<String, String> header : endpoint.headers().entrySet()) {
      put(headers, header.getKey(), header.getValue(), "header '" + header.getKey() + "'");
    }
    Optional<String> token = Optional.empty();
    if (endpoint.bearerTokenFile().isPresent()) {
      String file = endpoint.bearerTokenFile().get();
      token = Optional.of(token(file, base));
      put(headers, "Authorization", "Bearer " + token.get(), "bearerTokenFile " + file);
    }
    return new Credentials(
        headers.build(),
        new Secrets(token.stream().toList(), List.copyOf(endpoint.headers().values())));
  }

  private static String token(String file, Path base) throws BlindException {
    try (InputStream in = open(base.resolve(file))) {
      byte[] bytes = in.readNBytes(LONGEST_TOKEN + 1);
      String token = new String(bytes, StandardCharsets.UTF_8).strip();
      if (token.isEmpty() || bytes.length > LONGEST_TOKEN) {
        throw refused("bearerTokenFile %s holds no token".formatted(file));
      }
      return token;
    } catch (IOException | InvalidPathException failure) {
      throw new BlindException(
          BlindReason.REFUSED,
          "bearerTokenFile %s cannot be read (%s)"
              .formatted(file, failure.getClass().getSimpleName()),
          failure);
    }
  }

  /** Opening a pipe would wait for its writer. */
  private static InputStream open(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("not a regular file");
    }
    return Files.newInputStream(file);
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
