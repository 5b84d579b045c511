package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.codec.Codec;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What came back of a request that the API server was to pass on.
 *
 * @param body the beginning of it, where it is very long
 */
record Passage(HttpResponse<AsyncBody> response, ByteString body) {

  /** More than anybody here reads of an answer. */
  private static final long MOST = (8L << 20) + 1;

  private static final String CONTENT_TYPE = "Content-Type";

  /**
   * Sends it once, and waits for the whole answer.
   *
   * @param path of the API, with what is behind {@code proxy}
   * @param request whose method, headers and body it has
   * @throws ApiTrouble when there was no answer, for whatever reason
   */
  static Passage of(Api api, String path, Request request, Duration within) throws ApiTrouble {
    Taking taking = new Taking(MOST);
    CompletableFuture<HttpResponse<AsyncBody>> sent =
        api.http().consumeBytes(built(api, path, request, within), taking);
    try {
      HttpResponse<AsyncBody> response = sent.get(within.toNanos(), TimeUnit.NANOSECONDS);
      response.body().consume();
      taking.ended(response.body().done()).get(within.toNanos(), TimeUnit.NANOSECONDS);
      return new Passage(response, taking.all());
    } catch (ExecutionException failure) {
      throw api.silent(failure);
    } catch (TimeoutException slow) {
      throw new ApiTrouble(BlindReason.TIMEOUT, api.server() + " does not answer in time");
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      throw new ApiTrouble(BlindReason.TIMEOUT, "interrupted");
    } finally {
      if (sent.state() == Future.State.SUCCESS) {
        sent.resultNow().body().cancel();
      } else {
        sent.cancel(true);
      }
    }
  }

  private static HttpRequest built(Api api, String path, Request request, Duration within)
      throws ApiTrouble {
    HttpRequest.Builder built =
        api.http()
            .newHttpRequestBuilder()
            .uri(api.server() + path)
            .timeout(within.toMillis(), TimeUnit.MILLISECONDS);
    request.headers().names().stream()
        .filter(name -> !name.equalsIgnoreCase(CONTENT_TYPE))
        .forEach(name -> built.setHeader(name, String.join(", ", request.headers(name))));
    if (!request.method().equals("GET")) {
      built.method(request.method(), request.header(CONTENT_TYPE), text(request.body()));
    }
    return built.build();
  }

  /** Without any, the client would make a GET of whatever it is. */
  private static String text(@Nullable RequestBody body) throws ApiTrouble {
    if (body == null) {
      return "";
    }
    try {
      Buffer buffer = new Buffer();
      body.writeTo(buffer);
      return buffer.readUtf8();
    } catch (IOException never) {
      throw new ApiTrouble(BlindReason.REFUSED, "the body of the request cannot be read");
    }
  }

  int code() {
    return response.code();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(response.header(name));
  }

  /** The API server's own answer, where it could not or would not pass the request on. */
  Optional<Reply> ofApiServer() {
    if (response.isSuccessful()
        || header(CONTENT_TYPE).filter(type -> type.startsWith("application/json")).isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode said = Codec.json().readTree(body.toByteArray());
      return said.path("kind").asString("").equals("Status")
              && said.path("apiVersion").asString("").equals("v1")
              && said.path("code").asInt(0) == code()
          ? Optional.of(
              new Reply(code(), Body.of(body.string(StandardCharsets.UTF_8)), Optional.empty()))
          : Optional.empty();
    } catch (JacksonException anything) {
      return Optional.empty();
    }
  }
}
