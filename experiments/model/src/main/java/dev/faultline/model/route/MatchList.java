package dev.faultline.model.route;

import dev.faultline.model.codec.InvalidValue;
import java.util.Locale;
import java.util.Optional;

/**
 * A list of values, by which the configuration of a router lets requests go to the canary, and
 * which is changed while it runs. It is empty while nobody shifts traffic.
 *
 * @param header the header whose value is looked up in it
 * @param cookie the cookie whose value is, in place of a header
 * @param address whose address is, in place of both
 * @param file what the configuration calls the list: the file that it is read from at a start; must
 *     be given
 */
public record MatchList(
    Optional<String> header, Optional<String> cookie, Optional<Address> address, String file) {

  private static final String VALUE = "[A-Za-z0-9_.~:/+=@%-]{1,200}";

  /** A list of values of a header or a cookie. */
  public MatchList(Optional<String> header, Optional<String> cookie, String file) {
    this(header, cookie, Optional.empty(), file);
  }

  /** Requires one of the three, and a file whose name is one word. */
  public MatchList {
    InvalidValue.required(file, "file");
    header = header.map(name -> name.toLowerCase(Locale.ROOT));
    Match.requireOne(header, cookie, address);
    if (!file.matches("[A-Za-z0-9_./${}@][A-Za-z0-9_./:@${}-]{0,4095}")) {
      throw new InvalidValue("file", "the name of a list has letters, digits, '/', '_', '.', '-'");
    }
  }

  /** Why requests cannot be matched by it; empty where they can. */
  Optional<String> unfit(Match match) {
    if (!match.header().equals(header)
        || !match.cookie().equals(cookie)
        || !match.address().equals(address)) {
      return Optional.of(
          "the list of the route is of %s, and of nothing else"
              .formatted(
                  header
                      .map(name -> "the header " + name)
                      .or(() -> cookie.map(name -> "the cookie " + name))
                      .orElse("the address of the client")));
    }
    return match.is().stream()
        .filter(value -> !value.matches(VALUE))
        .findFirst()
        .map(
            "a list of HAProxy cannot hold '%s': letters, digits, and _.~:/+=@%%- only"::formatted);
  }
}
