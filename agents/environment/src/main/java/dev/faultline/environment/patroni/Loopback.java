package dev.faultline.environment.patroni;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks programs of the lab over HTTP on this machine, and reads their JSON. Thread-safe. */
final class Loopback implements AutoCloseable {

  static final JsonMapper JSON = new JsonMapper();

  // Loopback is never behind a proxy, whatever the settings of this JVM say.
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  /**
   * What was answered, whatever the status.
   *
   * @param status of HTTP
   * @param text of the body
   */
  record Said(int status, String text) {

    /**
     * The body as JSON.
     *
     * @throws IOException when it is none
     */
    JsonNode json() throws IOException {
      try {
        return JSON.readTree(text);
      } catch (JacksonException garbled) {
        throw new IOException("the answer is no JSON", garbled);
      }
    }
  }

  /**
   * Who asks.
   *
   * @param user a name
   * @param password kept from every text
   */
  record Login(String user, String password) {

    private String header() {
      return "Basic "
          + Base64.getEncoder()
              .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
      return user;
    }
  }

  /**
   * Gets what a path shows.
   *
   * @throws IOException when there is no answer in time
   */
  Said get(int port, String path, Duration bound) throws IOException, InterruptedException {
    return send(request(port, path, bound).GET());
  }

  /**
   * Posts a value as JSON.
   *
   * @throws IOException when there is no answer in time
   */
  Said post(int port, String path, Object body, Optional<Login> login, Duration bound)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(port, path, bound)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
    login.ifPresent(known -> request.header("Authorization", known.header()));
    return send(request);
  }

  private static HttpRequest.Builder request(int port, String path, Duration bound) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(bound);
  }

  private Said send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    return new Said(answer.statusCode(), answer.body());
  }

  /** Gives up what is under way. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
