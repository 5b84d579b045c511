package dev.faultline.policy;

import dev.faultline.model.codec.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    URI address = URI.create(url.replaceAll("/+$", "") + "/v1/" + rule.replace('.', '/'));
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address)
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      Codec.json().writeValueAsString(Map.of("input", input))));
      if (token.isPresent()) {
        request.header("Authorization", "Bearer " + Files.readString(token.get()).strip());
      }
      return answer(client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException failure) {
      throw new Undecided(
          "%s does not answer: %s".formatted(url, String.valueOf(failure.getMessage())));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      throw new Undecided("interrupted");
    }
  }

  private JsonNode answer(HttpResponse<InputStream> response) throws IOException, Undecided {
    byte[] body;
    try (InputStream stream = response.body()) {
      body = stream.readNBytes(LARGEST + 1);
    }
    if (response.statusCode() != OK || body.length > LARGEST) {
      throw new Undecided("%s answers %d".formatted(url, response.statusCode()));
    }
    try {
      return Codec.json().readTree(body).path("result");
    } catch (JacksonException senseless) {
      throw new Undecided("what %s answers is no JSON".formatted(url));
    }
  }
}
