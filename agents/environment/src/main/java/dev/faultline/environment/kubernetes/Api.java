package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The API of one cluster, for one run. A request may take 5 s; what fails for a reason that may
 * pass (a server error, too many requests, no connection) is sent again, three times in all and
 * within 10 s. Every request of ours can be sent twice: writes carry the uid or the version of what
 * they are about. Thread-safe.
 */
final class Api implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int PATIENT_MILLIS = 15_000;
  private static final int QUICK_MILLIS = 2_000;
  private static final int TRIES = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final String JSON = "application/json";
  private static final String METADATA =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  private static final String GZIP = "gzip";

  private final KubernetesClient client;
  private final String server;
  private final String namespace;

  /** The cluster of this configuration; nothing is connected before the first request. */
  Api(Config config, Optional<String> namespace) {
    Config bounded =
        new ConfigBuilder(config)
            .withConnectionTimeout(TIMEOUT_MILLIS)
            .withRequestTimeout(TIMEOUT_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .build();
    this.client =
        new KubernetesClientBuilder()
            .withConfig(bounded)
            .withHttpClientFactory(new StraightClients())
            .build();
    String url = client.getMasterUrl().toString();
    this.server = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.namespace =
        namespace.or(() -> Optional.ofNullable(client.getNamespace())).orElse("default");
  }

  /**
   * What else talks to the same server, by an own client that the caller closes. A request may take
   * 15 s and is sent once.
   */
  KubernetesClient patient() {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(client.getConfiguration()).withRequestTimeout(PATIENT_MILLIS).build())
        .build();
  }

  /** What sends requests with the credentials of the user. */
  HttpClient http() {
    return client.getHttpClient();
  }

  /** The address of the API server. */
  String server() {
    return server;
  }

  /** The context of the kubeconfig that led here; none within a cluster. */
  Optional<String> context() {
    return Optional.ofNullable(client.getConfiguration().getCurrentContext())
        .flatMap(context -> Optional.ofNullable(context.getName()));
  }

  /** The namespace of the environment. */
  String namespace() {
    return namespace;
  }

  /** An object; whatever the server answers. */
  Reply get(String path) throws ApiTrouble {
    return send("GET", path, JSON, "");
  }

  /** The same by one try, for what need not answer at all. */
  Reply getOnce(String path) throws ApiTrouble {
    return once("GET", path, JSON, "", TIMEOUT_MILLIS);
  }

  /** The same by one quick try. */
  Reply getQuickly(String path) throws ApiTrouble {
    return once("GET", path, JSON, "", QUICK_MILLIS);
  }

  /** Makes an object below this path. */
  Reply post(String path, String json) throws ApiTrouble {
    return send("POST", path, JSON, json);
  }

  /** Changes the parts of an object that are given, as a merge patch of JSON. */
  Reply patch(String path, String json) throws ApiTrouble {
    return send("PATCH", path, "application/merge-patch+json", json);
  }

  /** The same by one quick try, for what will be tried again soon. */
  Reply patchOnce(String path, String json) throws ApiTrouble {
    return once("PATCH", path, "application/merge-patch+json", json, QUICK_MILLIS);
  }

  /** Deletes an object. */
  Reply delete(String path, String options) throws ApiTrouble {
    return send("DELETE", path, JSON, options);
  }

  /**
   * All objects of a list, without what nobody here reads of them. It is asked for whole: since
   * Kubernetes 1.31 the server has it in its memory then, and takes half the time that it takes for
   * pages, which it reads in its database. One that answers in pages all the same is followed.
   *
   * @param query selectors and the like, encoded; may be empty
   */
  List<JsonNode> list(String path, String query) throws ApiTrouble {
    return list(path, query, Function.identity());
  }

  /**
   * The same of each object alone: of thousands, none is held longer than it takes to look at it.
   *
   * @param kept what is kept of one
   */
  <T> List<T> list(String path, String query, Function<JsonNode, T> kept) throws ApiTrouble {
    return pages(path + "?" + query, JSON, kept);
  }

  /**
   * What is kept of the metadata of all objects of a list.
   *
   * @param kept what is kept of one
   */
  <T> List<T> metadata(String path, Function<JsonNode, T> kept) throws ApiTrouble {
    return pages(path + "?", METADATA, kept);
  }

  private <T> List<T> pages(String first, String accept, Function<JsonNode, T> kept)
      throws ApiTrouble {
    return new Pages(path -> send("GET", path, accept, "", PATIENT_MILLIS)).all(first, kept);
  }

  /** A text as a part of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** With the type of what is sent, or wanted. */
  private Reply send(String method, String path, String type, String body) throws ApiTrouble {
    return send(method, path, type, body, TIMEOUT_MILLIS);
  }

  private Reply send(String method, String path, String type, String body, int millis)
      throws ApiTrouble {
    long begun = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    for (int tries = 1; ; tries++) {
      ApiTrouble trouble;
      try {
        Reply reply = once(method, path, type, body, millis);
        if (!reply.mayPass()) {
          return reply;
        }
        trouble = reply.trouble();
        pause = reply.retryAfter().map(Duration::ofSeconds).filter(Api::isShort).orElse(pause);
      } catch (ApiTrouble noAnswer) {
        trouble = noAnswer;
      }
      Duration spent = Duration.ofNanos(System.nanoTime() - begun).plus(pause);
      if (tries == TRIES || spent.compareTo(PATIENCE) > 0) {
        throw trouble;
      }
      pause(pause, trouble);
      pause = pause.multipliedBy(2);
    }
  }

  private static boolean isShort(Duration wait) {
    return !wait.isZero() && wait.compareTo(PATIENCE) < 0;
  }

  private static void pause(Duration time, ApiTrouble trouble) throws ApiTrouble {
    try {
      Thread.sleep(time);
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      throw trouble;
    }
  }

  private Reply once(String method, String path, String type, String body, int millis)
      throws ApiTrouble {
    HttpRequest.Builder request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(server + path)
            .timeout(millis, TimeUnit.MILLISECONDS);
    if (method.equals("GET")) {
      request.header("Accept", type).header("Accept-Encoding", GZIP);
    } else {
      request.method(method, type, body);
    }
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.getHttpClient().sendAsync(request.build(), byte[].class);
    try {
      HttpResponse<byte[]> response = sent.get(2L * millis, TimeUnit.MILLISECONDS);
      return new Reply(
          response.code(),
          body(response),
          response.headers("Retry-After").stream()
              .filter(text -> text.matches("\\d{1,6}"))
              .map(Long::valueOf)
              .findFirst());
    } catch (ExecutionException failure) {
      throw silent(failure);
    } catch (TimeoutException slow) {
      sent.cancel(true);
      throw new ApiTrouble(BlindReason.TIMEOUT, server + " does not answer in time");
    } catch (InterruptedException cut) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new ApiTrouble(BlindReason.TIMEOUT, "interrupted");
    }
  }

  private static Body body(HttpResponse<byte[]> response) {
    return new Body(
        Optional.ofNullable(response.body()).orElseGet(() -> new byte[0]),
        response.headers("Content-Encoding").contains(GZIP));
  }

  /** There was no answer. */
  ApiTrouble silent(ExecutionException failure) {
    return new ApiTrouble(
        BlindReason.UNREACHABLE, "%s does not answer: %s".formatted(server, why(failure)));
  }

  /** The deepest words; the client's own repeat what was asked. */
  private static String why(Throwable failure) {
    String words = "no connection";
    for (Throwable at = failure; at != null; at = at.getCause()) {
      words = Optional.ofNullable(at.getMessage()).orElse(words);
    }
    return words.replaceAll("\\s+", " ").strip();
  }

  @Override
  public void close() {
    client.close();
  }
}
