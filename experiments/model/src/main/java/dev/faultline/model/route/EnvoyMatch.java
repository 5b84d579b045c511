package dev.faultline.model.route;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.faultline.model.codec.InvalidValue;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Routes in the configuration of Envoy, one for each value of a header, by which requests with that
 * value go to the canary while a runtime value says so. None does while nobody shifts traffic.
 *
 * @param header the header that the routes match; must be given
 * @param is the values for which there is a route, exactly as they are written; at least one
 * @param runtimeKeyPrefix what the {@code runtime_key} of each route begins with: behind it come a
 *     dot and the value; must be given
 */
public record EnvoyMatch(
    String header,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> is,
    String runtimeKeyPrefix) {

  private static final int MOST_VALUES = 64;

  /** Requires all three: nothing in them can become another key. */
  public EnvoyMatch {
    InvalidValue.required(header, "header");
    header = header.toLowerCase(Locale.ROOT);
    Match.requireOne(Optional.of(header), Optional.empty(), Match.ONE);
    is = List.copyOf(is);
    if (is.isEmpty() || is.size() > MOST_VALUES) {
      throw new InvalidValue("is", "'is' must have 1 to %d values".formatted(MOST_VALUES));
    }
    if (new HashSet<>(is).size() < is.size()) {
      throw new InvalidValue("is", "'is' has a value twice");
    }
    for (String value : is) {
      if (!value.matches("[A-Za-z0-9_.@:-]{1,64}")) {
        throw new InvalidValue(
            "is",
            "'%s' cannot end a runtime key of Envoy: letters, digits, '_', '-', '.', '@', ':', 64 in all"
                .formatted(value.replaceAll("[^ -~]", "?")));
      }
    }
    Envoy.key(runtimeKeyPrefix, "runtimeKeyPrefix");
  }

  /** The runtime key of a value. */
  public String key(String value) {
    return runtimeKeyPrefix + "." + value;
  }

  /** Why requests cannot be matched by it; empty where they can. */
  Optional<String> unfit(Match match) {
    if (!match.header().equals(Optional.of(header))) {
      return Optional.of(
          "the routes of Envoy match the header %s, and nothing else".formatted(header));
    }
    return match.is().stream()
        .filter(value -> !is.contains(value))
        .findFirst()
        .map(
            value ->
                "the route's 'matched' has no '%s' among %s"
                    .formatted(value, String.join(", ", is)));
  }
}
