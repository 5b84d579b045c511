package dev.faultline.environment.route;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.route.Address;
import dev.faultline.model.route.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A match as a map of Nginx makes it, or a {@code geo} of networks. A map's keys are regular
 * expressions, as others are compared without regard to case, and have a limit for their length
 * that only the user's configuration could raise. Pure.
 */
record NginxMatch(Match match) {

  /** How long the alternatives of one key may be: Nginx reads no word of more than 4095. */
  private static final int LONGEST_KEY = 2000;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_:/@%=,~-]+");
  private static final Pattern VALUE = Pattern.compile("\\\\Q(.+?)\\\\E|([^|\\\\]+)");
  private static final Pattern MAP = Pattern.compile("map \\$http_(\\w+) \\$\\w+_matched \\{\n");
  private static final Pattern GEO = Pattern.compile("geo \\$\\w+_matched \\{\n");
  private static final Pattern NETWORK = Pattern.compile("(?m)^    ([0-9A-Fa-f:./]+) 1;$");
  private static final Pattern OF_HEADER = key("\"~^(?:", "([^\"]+)", ")$\" 1;");
  private static final Pattern OF_COOKIE =
      key("\"~(?:^|;) *", "([^=\"]+)", "=(?:", "([^\"]+)", ") *(?:;|$)\" 1;");

  /** Every other part is meant letter by letter. */
  private static Pattern key(String... parts) {
    StringBuilder pattern = new StringBuilder("(?m)^    ");
    for (int i = 0; i < parts.length; i++) {
      pattern.append(i % 2 == 0 ? Pattern.quote(parts[i]) : parts[i]);
    }
    return Pattern.compile(pattern + "$");
  }

  /**
   * A map that makes 1 of a request that matches, and 0 of another.
   *
   * @param variable what holds it, which ends with {@code _matched}
   */
  String map(String variable) {
    if (match.address().isPresent()) {
      String networks =
          match.is().stream().map("    %s 1;\n"::formatted).collect(Collectors.joining());
      return "geo %s {\n    default 0;\n%s}\n".formatted(variable, networks);
    }
    StringBuilder text = new StringBuilder("map %s %s {\n".formatted(source(), variable));
    text.append("    default 0;\n");
    for (String values : keys()) {
      text.append("    ").append(key(values)).append(" 1;\n");
    }
    return text.append("}\n").toString();
  }

  private String source() {
    return "$http_" + match.header().map(name -> name.replace('-', '_')).orElse("cookie");
  }

  private String key(String values) {
    return match
        .cookie()
        .map(name -> "\"~(?:^|;) *%s=(?:%s) *(?:;|$)\"".formatted(name, values))
        .orElseGet(() -> "\"~^(?:%s)$\"".formatted(values));
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    StringBuilder key = new StringBuilder();
    for (String value : match.is()) {
      if (key.length() > LONGEST_KEY) {
        keys.add(key.toString());
        key.setLength(0);
      }
      key.append(key.isEmpty() ? "" : "|").append(quoted(value));
    }
    keys.add(key.toString());
    return keys;
  }

  /** No value has a backslash, so none can end the quotation. */
  private static String quoted(String value) {
    return PLAIN.matcher(value).matches() ? value : "\\Q" + value + "\\E";
  }

  /** The match that a text makes; empty where it makes none that is known. */
  static Optional<Match> read(String text) {
    Matcher map = MAP.matcher(text);
    if (GEO.matcher(text).find()) {
      return networks(text);
    }
    if (!map.find()) {
      return Optional.empty();
    }
    Matcher cookie = OF_COOKIE.matcher(text);
    try {
      return cookie.find()
          ? Optional.of(
              new Match(Optional.empty(), Optional.of(cookie.group(1)), values(cookie.reset(), 2)))
          : Optional.of(
              new Match(
                  Optional.of(map.group(1).replace('_', '-')),
                  Optional.empty(),
                  values(OF_HEADER.matcher(text), 1)));
    } catch (InvalidValue changedByHand) {
      return Optional.empty();
    }
  }

  private static Optional<Match> networks(String text) {
    List<String> networks = NETWORK.matcher(text).results().map(one -> one.group(1)).toList();
    try {
      return Optional.of(
          new Match(Optional.empty(), Optional.empty(), Optional.of(Address.CLIENT), networks));
    } catch (InvalidValue changedByHand) {
      return Optional.empty();
    }
  }

  private static List<String> values(Matcher keys, int group) {
    return keys.results()
        .flatMap(key -> VALUE.matcher(key.group(group)).results())
        .map(value -> value.group(1) == null ? value.group(2) : value.group(1))
        .toList();
  }
}
