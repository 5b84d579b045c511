package dev.faultline.model.world;

import dev.faultline.model.codec.InvalidValue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which requests are meant: those to which all that is given applies. In a pattern {@code *} stands
 * for any characters, also none.
 *
 * @param method its name, in any case
 * @param path a pattern for the path; with the query when it has a {@code ?}
 * @param headers patterns for values by name
 */
public record ExchangeMatch(
    Optional<String> method, Optional<String> path, Map<String, String> headers) {

  /** Every request. */
  public static final ExchangeMatch ALL =
      new ExchangeMatch(Optional.empty(), Optional.empty(), Map.of());

  /** Refuses what can never match. */
  public ExchangeMatch {
    headers = Map.copyOf(headers);
    if (method.isPresent() && !method.get().matches("[A-Za-z]{1,20}")) {
      throw new InvalidValue("method", "'%s' is not a method of HTTP".formatted(method.get()));
    }
    if (path.isPresent() && !path.get().matches("[/*].*")) {
      throw new InvalidValue("path", "a path starts with '/', or with '*' for any");
    }
  }

  /** What is meant, in words; empty for every request. */
  String words() {
    StringBuilder words = new StringBuilder();
    method.ifPresent(name -> words.append(' ').append(name));
    path.ifPresent(pattern -> words.append(' ').append(pattern));
    new TreeMap<>(headers)
        .forEach((name, value) -> words.append(" with ").append(name).append(": ").append(value));
    return words.toString();
  }
}
