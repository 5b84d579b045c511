package dev.faultline.model.route;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.faultline.model.codec.InvalidValue;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Requests that go to the canary whatever part of the others does: those with one of these values
 * in a header or in a cookie, or from one of these networks.
 *
 * @param header the name of the header, whose case does not count
 * @param cookie the name of the cookie, in place of a header
 * @param address whose address counts, in place of both: then {@code is} has networks
 * @param is the values, of which one will do, exactly as they are written; at least one
 */
public record Match(
    Optional<String> header,
    Optional<String> cookie,
    Optional<Address> address,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> is) {

  private static final int MOST_VALUES = 1000;
  private static final int LONGEST = 48;

  /** Said where there is not one of both. */
  static final String ONE =
      "a match has a 'header' or a 'cookie', such as match: {header: x-user-type, is: staff}, or the 'address' of the client";

  /** What a header or a cookie of a request has. */
  public Match(Optional<String> header, Optional<String> cookie, List<String> is) {
    this(header, cookie, Optional.empty(), is);
  }

  /** Requires one of the three: nothing in it can become another word of a router. */
  public Match {
    header = header.map(name -> name.toLowerCase(Locale.ROOT));
    is = List.copyOf(is);
    requireOne(header, cookie, address);
    if (is.isEmpty() || is.size() > MOST_VALUES) {
      throw new InvalidValue("is", "'is' must have 1 to %d values".formatted(MOST_VALUES));
    }
    if (new HashSet<>(is).size() < is.size()) {
      throw new InvalidValue("is", "'is' has a value twice");
    }
    if (address.isPresent()) {
      Networks.unfit(is)
          .ifPresent(
              unfit -> {
                throw new InvalidValue("is", unfit);
              });
    } else {
      requireValues(is, header.isPresent());
    }
  }

  private static void requireValues(List<String> is, boolean ofHeader) {
    String values =
        ofHeader
            ? "[!#%-\\[\\]-~]([ !#%-\\[\\]-~]{0,198}[!#%-\\[\\]-~])?"
            : "[A-Za-z0-9_.~:/+=@%-]{1,200}";
    for (String value : is) {
      if (!value.matches(values)) {
        throw new InvalidValue(
            "is",
            "'%s' cannot be matched: 200 letters, digits and signs at most, %s"
                .formatted(
                    value.replaceAll("[^ -~]", "?"),
                    ofHeader ? "without \" $ and \\" : "as a cookie may have"));
      }
    }
  }

  /** Requires the name of one header or of one cookie, or an address in place of both. */
  static void requireOne(
      Optional<String> header, Optional<String> cookie, Optional<Address> address) {
    if (address.isEmpty()) {
      requireOne(header, cookie, ONE);
    } else if (header.isPresent() || cookie.isPresent()) {
      throw new InvalidValue("address", ONE);
    }
  }

  /**
   * Requires the name of one header or of one cookie.
   *
   * @param otherwise what is said where there is not one of both
   */
  static void requireOne(Optional<String> header, Optional<String> cookie, String otherwise) {
    if (header.isPresent() == cookie.isPresent()) {
      throw new InvalidValue(header.isPresent() ? "cookie" : "header", otherwise);
    }
    header.ifPresent(name -> named(name, "header"));
    cookie.ifPresent(name -> named(name, "cookie"));
  }

  private static void named(String name, String key) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
      throw new InvalidValue(
          key,
          "'%s' cannot name a %s: letters, digits, '-', '_', 63 in all"
              .formatted(name.replaceAll("[^ -~]", "?"), key));
    }
  }

  /** Whether another one takes the same requests, in whatever order it has its values. */
  public boolean isAs(Match other) {
    return header.equals(other.header)
        && cookie.equals(other.cookie)
        && address.equals(other.address)
        && new HashSet<>(is).equals(new HashSet<>(other.is));
  }

  /** The match in words, such as {@code x-user-type: staff}; shortened where it is long. */
  public String words() {
    String name = header.or(() -> cookie.map("cookie "::concat)).orElse("client");
    String all = "%s: %s".formatted(name, String.join(", ", is));
    return all.length() > LONGEST ? all.substring(0, LONGEST - 1) + "…" : all;
  }
}
