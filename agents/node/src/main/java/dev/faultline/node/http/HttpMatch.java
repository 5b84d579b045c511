package dev.faultline.node.http;

import dev.faultline.node.Glob;
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

  boolean matches(Request request) {
    return method.filter(wanted -> !wanted.equalsIgnoreCase(request.method())).isEmpty()
        && path.filter(wanted -> !new Glob(wanted).matches(subject(wanted, request))).isEmpty()
        && headers.entrySet().stream().allMatch(header -> hasHeader(request, header));
  }

  private static String subject(String wanted, Request request) {
    String path = request.pathAndQuery();
    int query = path.indexOf('?');
    return query < 0 || wanted.indexOf('?') >= 0 ? path : path.substring(0, query);
  }

  private static boolean hasHeader(Request request, Map.Entry<String, String> header) {
    Glob wanted = new Glob(header.getValue());
    return request.fields().values(header.getKey()).stream().anyMatch(wanted::matches);
  }
}
