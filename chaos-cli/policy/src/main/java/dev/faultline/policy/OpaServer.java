package dev.faultline.policy;

import dev.faultline.model.codec.Codec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A server of the Open Policy Agent, by its data API. A request may take 10 s and bring 4 MiB; no
 * redirect is followed, as it could carry the token elsewhere.
 *
 * @param url its address
 * @param token a file with the token that it wants
 */
record OpaServer(String url, Optional<Path> token) implements Decider {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int LARGEST = 1 << 22;
  private static final int OK = 200;

  @Override
  public JsonNode value(String rule, Object input) throws Undecided {
    HttpRequest request = request(rule, input);
    // Not closed before it is shut down: to close waits for an answer that may never end.
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    try {
      HttpResponse.BodyHandler<byte[]> bounded =
          HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST);
      return answer(client.sendAsync(request, bounded).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException failure) {
      throw new Undecided("%s does not answer: %s".formatted(url, failure.getCause()));
    } catch (TimeoutException slow) {
      throw new Undecided(url + " does not answer within 10 s");
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      throw new Undecided("interrupted");
    } finally {
      client.shutdownNow();
    }
  }

  /** What is wrong with a token is not told: it would be told with it. */
  private HttpRequest request(String rule, Object input) throws Undecided {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  URI.create(url.replaceAll("/+$", "") + "/v1/" + rule.replace('.', '/')))
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      Codec.json().writeValueAsString(Map.of("input", input))));
      if (token.isPresent()) {
        request.header("Authorization", "Bearer " + Files.readString(token.get()).strip());
      }
      return request.build();
    } catch (IllegalArgumentException unfit) {
      throw new Undecided("%s is no address, or the file with its token no token".formatted(url));
    } catch (IOException unread) {
      throw new Undecided("the token cannot be read: " + unread);
    }
  }

  private JsonNode answer(HttpResponse<byte[]> response) throws Undecided {
    if (response.statusCode() != OK) {
      throw new Undecided("%s answers %d".formatted(url, response.statusCode()));
    }
    try {
      return Codec.json().readTree(response.body()).path("result");
    } catch (JacksonException senseless) {
      throw new Undecided("what %s answers is no JSON".formatted(url));
    }
  }
}
