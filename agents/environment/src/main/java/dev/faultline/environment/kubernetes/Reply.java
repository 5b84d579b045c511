package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.codec.Codec;
import java.net.HttpURLConnection;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the API server answered.
 *
 * @param retryAfter the seconds after which it wants to be asked again, where it said so
 */
record Reply(int code, Body content, Optional<Long> retryAfter) {

  static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final int LONGEST = 300;

  boolean ok() {
    return code >= HttpURLConnection.HTTP_OK && code < HttpURLConnection.HTTP_MULT_CHOICE;
  }

  boolean isMissing() {
    return code == HttpURLConnection.HTTP_NOT_FOUND;
  }

  boolean isConflict() {
    return code == HttpURLConnection.HTTP_CONFLICT;
  }

  /** Whether the same may go well a moment later. */
  boolean mayPass() {
    return code >= SERVER_ERROR || (code == TOO_MANY && cause("DisruptionBudget").isEmpty());
  }

  /** The whole body. */
  String text() throws ApiTrouble {
    return content.text();
  }

  /** The object in it. */
  JsonNode json() throws ApiTrouble {
    try {
      return Codec.json().readTree(content.text());
    } catch (JacksonException damaged) {
      throw torn();
    }
  }

  /** The trouble of an answer that is no JSON. */
  static ApiTrouble torn() {
    return new ApiTrouble(BlindReason.MALFORMED, "the answer is no JSON, or not all of it");
  }

  /** What the server says of a cause of this name. */
  Optional<String> cause(String name) {
    try {
      for (JsonNode cause : json().path("details").path("causes")) {
        if (cause.path("reason").asString("").equals(name)) {
          return Optional.of(cause.path("message").asString(""));
        }
      }
      return Optional.empty();
    } catch (ApiTrouble noStatus) {
      return Optional.empty();
    }
  }

  /** The trouble that this answer is. */
  ApiTrouble trouble() {
    BlindReason reason =
        code >= SERVER_ERROR || code == TOO_MANY ? BlindReason.UNREACHABLE : BlindReason.REFUSED;
    return new ApiTrouble(reason, words(), code);
  }

  /** In one line, by the server's own words where there are some. */
  String words() {
    String said;
    try {
      said = json().path("message").asString("");
    } catch (ApiTrouble noStatus) {
      said = "";
    }
    String line = said.replaceAll("\\s+", " ").strip();
    return line.isEmpty()
        ? "the API server answered " + code
        : line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
