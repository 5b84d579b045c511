package dev.faultline.environment.request;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * A request of a load or of a gate.
 *
 * @param url the address, with nothing left to replace
 * @param method in upper case
 * @param headers by name
 * @param body empty for none
 */
public record UserRequest(
    String url, String method, Map<String, String> headers, Optional<String> body) {

  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

  /** Keeps the headers unchangeable. */
  public UserRequest {
    headers = Map.copyOf(headers);
  }

  /**
   * As it is sent.
   *
   * @throws IllegalArgumentException when there can be no such request; tells no value of a header,
   *     which may be a secret
   */
  public Request built() {
    if (!method.matches("[A-Z]{1,20}")) {
      throw new IllegalArgumentException("'%s' is no method".formatted(method));
    }
    boolean bodiless = WITHOUT_BODY.contains(method);
    if (bodiless && body.isPresent()) {
      throw new IllegalArgumentException(method + " has no body");
    }
    Request.Builder request = new Request.Builder().url(url);
    headers.forEach((name, value) -> put(request, name, value));
    return request
        .method(method, bodiless ? null : RequestBody.create(body.orElse(""), null))
        .build();
  }

  @SuppressWarnings("UnusedException") // its message repeats the value, which may be a secret
  private static void put(Request.Builder request, String name, String value) {
    try {
      request.header(name, value);
    } catch (IllegalArgumentException repeatsTheValue) {
      throw new IllegalArgumentException(
          "header '%s' holds what no HTTP header can carry".formatted(name));
    }
  }
}
