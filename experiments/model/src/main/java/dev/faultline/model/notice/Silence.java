package dev.faultline.model.notice;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Alerts are silenced while a game day is on, by an Alertmanager. The silence ends with the game
 * day, and by itself when that does not come.
 *
 * @param url where the Alertmanager is, without {@code /api/v2}; must be given
 * @param matchers which alerts, all of them together, such as {@code team="shop"}: a label, one of
 *     {@code =}, {@code !=}, {@code =~}, {@code !~}, and a value; at least one
 * @param lasts when it ends by itself, counted from the begin, from 1m to 24h; 1h when absent
 * @param bearerTokenFile file with a token, where one is asked for
 */
public record Silence(
    String url,
    List<String> matchers,
    @Key("for") Optional<Duration> lasts,
    Optional<String> bearerTokenFile)
    implements Channel {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration USUAL = Duration.ofHours(1);

  private static final Pattern MATCHER =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*(?:\"([^\"]*)\"|([^\"\\s]*))");

  /**
   * A matcher as the Alertmanager takes it.
   *
   * @param label which label
   * @param value what it is compared with
   * @param regex whether that is a regular expression
   * @param equal whether it must match, or must not
   */
  public record Matcher(String label, String value, boolean regex, boolean equal) {

    /** Reads one; empty where it is none. */
    static Optional<Matcher> of(String text) {
      java.util.regex.Matcher parts = MATCHER.matcher(text);
      if (!parts.matches()) {
        return Optional.empty();
      }
      String operator = parts.group(2);
      String value = parts.group(3) == null ? parts.group(4) : parts.group(3);
      return Optional.of(
          new Matcher(parts.group(1), value, operator.endsWith("~"), operator.startsWith("=")));
    }
  }

  /** Requires what says which alerts, and not all. */
  public Silence {
    Address.require("url", InvalidValue.required(url, "url"));
    matchers = List.copyOf(matchers);
    if (matchers.isEmpty()) {
      throw new InvalidValue("matchers", "say which alerts, such as 'matchers: [team=\"shop\"]'");
    }
    for (int i = 0; i < matchers.size(); i++) {
      if (Matcher.of(matchers.get(i)).isEmpty()) {
        throw new InvalidValue(
            "matchers/%d".formatted(i),
            "'%s' is no matcher; write it such as team=\"shop\"".formatted(matchers.get(i)));
      }
    }
    if (lasts.isPresent()
        && (lasts.get().compareTo(SHORTEST) < 0 || lasts.get().compareTo(LONGEST) > 0)) {
      throw new InvalidValue("for", "'for' must be from 1m to 24h");
    }
  }

  /** When it ends by itself, counted from the begin. */
  public Duration longest() {
    return lasts.orElse(USUAL);
  }

  /** Which alerts. */
  public List<Matcher> chosen() {
    return matchers.stream().map(text -> Matcher.of(text).orElseThrow()).toList();
  }
}
