package dev.faultline.environment.database.etcd;

import dev.faultline.environment.database.ledger.StoreTrouble;
import dev.faultline.environment.database.sql.SqlTrouble;
import dev.faultline.judge.BlindReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests to the JSON gateway of one etcd's members. A request is never sent twice, as its first
 * sending may have taken effect. Thread-safe.
 */
final class Gateway implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final MediaType TYPE = MediaType.get("application/json");
  private static final long LARGEST = 64L << 20;

  private final List<String> endpoints;
  private final OkHttpClient client;

  /** Who answered last is asked first: another one may be cut off. */
  private volatile String answering;

  /** Nothing is connected before it is asked for. */
  Gateway(List<String> endpoints) {
    this.endpoints = endpoints.stream().map(endpoint -> endpoint.replaceAll("/$", "")).toList();
    this.answering = this.endpoints.getFirst();
    this.client =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(1, 1, TimeUnit.MINUTES))
            .build();
  }

  /** The members' addresses, in the order of the environment. */
  List<String> endpoints() {
    return endpoints;
  }

  /** What members answer, and which one did. */
  record Said(String endpoint, JsonNode json) {}

  /**
   * The answer of the first member that has one; only for questions, as several may be asked.
   *
   * @param within how long all of them together may take
   */
  Said ask(String path, Map<String, ?> body, Duration within) throws StoreTrouble {
    long until = System.nanoTime() + within.toNanos();
    String first = answering;
    List<String> rest = endpoints.stream().filter(one -> !one.equals(first)).toList();
    int left = endpoints.size();
    StoreTrouble last = new StoreTrouble(BlindReason.TIMEOUT, "no answer in time");
    for (int i = 0; i < endpoints.size(); i++, left--) {
      String endpoint = i == 0 ? first : rest.get(i - 1);
      long share = Math.max(1_000_000, (until - System.nanoTime()) / left);
      try {
        JsonNode json = answer(call(endpoint, path, body, Duration.ofNanos(share)));
        answering = endpoint;
        return new Said(endpoint, json);
      } catch (StoreTrouble trouble) {
        last = trouble;
      }
    }
    throw last;
  }

  /** A request to one member that has not been sent. */
  Call call(String endpoint, String path, Map<String, ?> body, Duration within) {
    Request request =
        new Request.Builder()
            .url(endpoint + path)
            .post(RequestBody.create(JSON.writeValueAsString(body), TYPE))
            .build();
    Call call = client.newCall(request);
    long nanos = Math.max(1_000_000, within.toNanos());
    call.timeout().timeout(nanos, TimeUnit.NANOSECONDS);
    return call;
  }

  /** Sends a request, and waits for its answer. */
  static JsonNode answer(Call call) throws StoreTrouble {
    String member = call.request().url().host() + ":" + call.request().url().port();
    try (Response response = call.execute()) {
      var source = response.body().source();
      if (source.request(LARGEST)) {
        throw new StoreTrouble(BlindReason.MALFORMED, member + ": the answer is too long");
      }
      JsonNode json = JSON.readTree(source.readUtf8());
      if (response.code() != 200) {
        String error = json.path("error").asString("");
        throw new StoreTrouble(
            BlindReason.REFUSED,
            "%s: %s"
                .formatted(
                    member,
                    error.isEmpty() ? "answered " + response.code() : SqlTrouble.line(error)));
      }
      return json;
    } catch (InterruptedIOException late) {
      throw new StoreTrouble(BlindReason.TIMEOUT, member + ": no answer in time");
    } catch (IOException failure) {
      throw new StoreTrouble(
          BlindReason.UNREACHABLE,
          "%s: %s".formatted(member, SqlTrouble.line(failure.getMessage())));
    } catch (JacksonException senseless) {
      throw new StoreTrouble(BlindReason.MALFORMED, member + " does not speak as an etcd does");
    }
  }

  /** Ends its connections. */
  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }
}
