package dev.faultline.environment.route;

import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.model.route.Envoy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The admin address of an Envoy. Each request has 3 s and a connection of its own, an answer 16
 * MiB; neither redirects nor proxies are followed. Thread-safe.
 *
 * @param address {@code HOST:PORT}
 */
record EnvoyAdmin(String address) {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final long LARGEST = 1 << 24;
  private static final int QUOTED = 200;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final OkHttpClient CLIENT =
      new OkHttpClient.Builder()
          .connectionPool(new ConnectionPool(0, 1, TimeUnit.MILLISECONDS))
          .proxy(Proxy.NO_PROXY)
          .retryOnConnectionFailure(false)
          .followRedirects(false)
          .followSslRedirects(false)
          .callTimeout(TIMEOUT)
          .build();

  /**
   * Takes only an address: nothing in it can become another request.
   *
   * @throws IllegalArgumentException when it is none
   */
  EnvoyAdmin {
    if (address.contains("$") || !Envoy.isAddress(address)) {
      throw new IllegalArgumentException(
          "no HOST:PORT: '%s'".formatted(address.replaceAll("[^ -~]", "?")));
    }
  }

  /** The name or address of the machine; one of IPv6 without brackets. */
  String host() {
    String host = address.substring(0, address.lastIndexOf(':'));
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /**
   * What is found at a path.
   *
   * @throws RouterTrouble when it is not JSON, or nothing is
   */
  JsonNode get(String path) throws RouterTrouble {
    String text = send(new Request.Builder().url(url(path)).get().build());
    try {
      return JSON.readTree(text);
    } catch (JacksonException senseless) {
      throw unclear("%s is no JSON".formatted(path));
    }
  }

  /**
   * Changes something.
   *
   * @throws RouterTrouble when it is not said to be done; then it may have been
   */
  void post(String path) throws RouterTrouble {
    String _ =
        send(new Request.Builder().url(url(path)).post(RequestBody.create(new byte[0])).build());
  }

  private String url(String path) {
    return "http://" + address + path;
  }

  private String send(Request request) throws RouterTrouble {
    try (Response response = CLIENT.newCall(request).execute()) {
      BufferedSource source = response.body().source();
      if (source.request(LARGEST + 1)) {
        throw unclear("an answer has more than %d bytes".formatted(LARGEST));
      }
      String body = source.readUtf8();
      if (response.code() != 200) {
        throw refused(response.code(), body, request.url().encodedPath());
      }
      return body;
    } catch (InterruptedIOException slow) {
      throw new RouterTrouble(
          Kind.SILENT, "Envoy at %s gives no answer within 3 s".formatted(address));
    } catch (ConnectException | UnknownHostException nobody) {
      throw new RouterTrouble(
          Kind.NOBODY,
          "nobody answers at %s: is Envoy running, with this address as its 'admin'?"
              .formatted(address));
    } catch (IOException failure) {
      throw unclear(String.valueOf(failure.getMessage()));
    }
  }

  private RouterTrouble refused(int status, String body, String path) {
    if (status == 403) {
      return new RouterTrouble(
          Kind.DENIED,
          "the admin address %s of Envoy does not let anybody use %s: give its 'allow_paths' /runtime, /runtime_modify, /config_dump and /clusters"
              .formatted(address, path));
    }
    return status == 503 && body.contains("No admin layer")
        ? EnvoyLayers.noAdminLayer()
        : unclear("%s answered %d: %s".formatted(path, status, body));
  }

  private RouterTrouble unclear(String why) {
    String line = why.strip().replaceAll("\\p{Cntrl}+", " ");
    return new RouterTrouble(
        Kind.UNCLEAR,
        "Envoy at %s: %s".formatted(address, line.substring(0, Math.min(line.length(), QUOTED))));
  }
}
