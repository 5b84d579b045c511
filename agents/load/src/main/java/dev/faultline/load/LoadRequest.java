package dev.faultline.load;

import java.util.Map;
import java.util.Optional;

/**
 * One request, each part as it goes over the wire; whoever makes it has checked it.
 *
 * @param method in upper case
 * @param secure whether over https
 * @param host a name or an address; one of IPv6 without brackets
 * @param port 1 to 65535
 * @param path with its query, from the first slash on
 * @param headers by name
 * @param body present where the method takes one, though it may be empty
 */
public record LoadRequest(
    String method,
    boolean secure,
    String host,
    int port,
    String path,
    Map<String, String> headers,
    Optional<String> body) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int LAST_PORT = 65_535;

  /**
   * Keeps the headers unchangeable.
   *
   * @throws IllegalArgumentException when a part could end its line, or there is no such port
   */
  public LoadRequest {
    headers = Map.copyOf(headers);
    if (!method.matches("[A-Z]{1,20}")
        || !host.matches("[^\\s/]{1,255}")
        || !path.matches("/\\S*")
        || port < 1
        || port > LAST_PORT) {
      throw new IllegalArgumentException("not a request");
    }
    if (headers.entrySet().stream()
        .anyMatch(one -> breaks(one.getKey()) || breaks(one.getValue()))) {
      throw new IllegalArgumentException("not a header");
    }
  }

  private static boolean breaks(String text) {
    return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0;
  }

  /** What the header {@code Host} says unless the headers do. */
  String authority() {
    String name = host.contains(":") ? "[%s]".formatted(host) : host;
    return port == (secure ? HTTPS : HTTP) ? name : name + ":" + port;
  }
}
