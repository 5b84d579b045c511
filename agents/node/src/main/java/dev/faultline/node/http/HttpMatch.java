package dev.faultline.node.http;

import java.util.Map;
import java.util.Optional;

/**
 * Which requests are meant: those to which all that is given applies; all when nothing is.
 *
 * <p>In a pattern {@code *} stands for any characters, also none and also {@code /}; everything
 * else for itself.
 *
 * @param method its name, in any case
 * @param path a pattern for the path as it was sent, without its query; with it when the pattern
 *     has a {@code ?}
 * @param headers patterns for values, by names in any case; a header that was sent several times
 *     needs one value that fits. In HTTP/2 {@code host} is {@code :authority}.
 */
public record HttpMatch(
    Optional<String> method, Optional<String> path, Map<String, String> headers) {

  public HttpMatch {
    headers = Map.copyOf(headers);
  }
}
