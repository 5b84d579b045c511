package dev.faultline.environment.notice;

import dev.faultline.environment.secret.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends one request at a time and takes a short answer, within 10 s. Follows no redirect, so that
 * what is secret reaches nobody else; no error tells an address. Thread-safe.
 */
final class Wire implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final long LARGEST = 1L << 20;
  private static final MediaType TYPE = MediaType.get("application/json");
  private static final int TOO_MANY = 429;

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .followRedirects(false)
          .followSslRedirects(false)
          .retryOnConnectionFailure(false)
          .callTimeout(LONGEST)
          .build();

  /** A body of JSON. */
  static RequestBody body(byte[] json) {
    return RequestBody.create(json, TYPE);
  }

  static RequestBody body(JsonNode json) {
    return body(JSON.writeValueAsBytes(json));
  }

  /** An address that is given, or stands in a file. */
  static HttpUrl address(Optional<String> url, Optional<String> urlFile, Path base) throws Untold {
    String text = url.isPresent() ? url.get() : secret("urlFile", urlFile.orElseThrow(), base);
    return parsed(text, url.isPresent() ? "url" : "urlFile");
  }

  /** An address below another one. */
  static HttpUrl below(String url, String... path) throws Untold {
    HttpUrl.Builder longer = parsed(url, "url").newBuilder().query(null).fragment(null);
    for (String part : path) {
      longer.addPathSegments(part);
    }
    return longer.build();
  }

  private static HttpUrl parsed(String text, String key) throws Untold {
    HttpUrl address =
        HttpUrl.parse(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    if (address == null) {
      throw Untold.ever("'%s' holds no address".formatted(key));
    }
    return address;
  }

  static String secret(String key, String file, Path base) throws Untold {
    try {
      return new SecretFile(key, file, base).read(key.equals("urlFile") ? "address" : "secret");
    } catch (SecretFile.NoSecret none) {
      throw Untold.ever(none.words());
    }
  }

  /**
   * Sends a request.
   *
   * @return what it answers; nothing where that is no JSON
   * @throws Untold when it is refused, or does not answer
   */
  JsonNode send(Request request) throws Untold {
    String peer = "%s:%d".formatted(request.url().host(), request.url().port());
    try (Response response = client.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        String words = "%s answered HTTP %d".formatted(peer, response.code());
        throw response.code() == TOO_MANY || response.code() >= 500
            ? Untold.now(words)
            : Untold.ever(words);
      }
      return read(response);
    } catch (IOException broken) {
      throw Untold.now("%s did not answer (%s)".formatted(peer, broken.getClass().getSimpleName()));
    }
  }

  private static JsonNode read(Response response) throws IOException {
    var source = response.body().source();
    if (source.request(LARGEST + 1)) {
      return JSON.missingNode();
    }
    try {
      return JSON.readTree(source.readByteArray());
    } catch (JacksonException noJson) {
      return JSON.missingNode();
    }
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }
}
