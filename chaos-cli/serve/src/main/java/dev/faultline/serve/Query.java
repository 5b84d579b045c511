package dev.faultline.serve;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and values as forms send them. */
final class Query {

  private static final int MOST = 20;

  private Query() {}

  /**
   * Reads them; of a name that comes twice, the first counts.
   *
   * @throws IllegalArgumentException when it is no such text
   */
  static Map<String, String> of(@Nullable String text) {
    Map<String, String> all = new HashMap<>();
    if (text == null || text.isEmpty()) {
      return all;
    }
    for (String one : text.split("&", MOST + 1)) {
      int equals = one.indexOf('=');
      if (equals > 0 && all.size() < MOST) {
        all.putIfAbsent(decoded(one.substring(0, equals)), decoded(one.substring(equals + 1)));
      }
    }
    return all;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
