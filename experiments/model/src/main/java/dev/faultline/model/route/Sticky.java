package dev.faultline.model.route;

import java.util.Locale;
import java.util.Optional;

/**
 * By what a router knows a user again, so that who was sent to a version stays there while its part
 * grows.
 *
 * @param header the header that names the user, whose case does not count
 * @param cookie the cookie that does, in place of a header
 */
public record Sticky(Optional<String> header, Optional<String> cookie) {

  /** Requires one header or one cookie: nothing in it can become another word of a router. */
  public Sticky {
    header = header.map(name -> name.toLowerCase(Locale.ROOT));
    Match.requireOne(
        header,
        cookie,
        "users are known by a 'header' or a 'cookie', such as sticky: {header: x-user-id}");
  }

  /** By what, in words: {@code x-user-id}, or {@code cookie session}. */
  public String words() {
    return header.orElseGet(() -> "cookie " + cookie.orElse(""));
  }
}
