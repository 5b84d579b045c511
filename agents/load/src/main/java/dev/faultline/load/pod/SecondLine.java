package dev.faultline.load.pod;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.load.LoadSecond;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A second of a load as one line of a log: {@code second 12 1764252012000 200.0 50 49 HISTOGRAM
 * timeout=1}.
 */
public final class SecondLine {

  private static final String SECOND = "second ";
  private static final String OTHERS = "other: more kinds of errors";
  private static final int MOST_KINDS = 20;
  private static final int FEWEST_WORDS = 6;

  private SecondLine() {}

  /** The line; its length has a bound, as what is told of errors and latencies has. */
  public static String of(LoadSecond second) {
    String errors =
        few(second.errors()).entrySet().stream()
            .map(one -> " %s=%d".formatted(URLEncoder.encode(one.getKey(), UTF_8), one.getValue()))
            .collect(Collectors.joining());
    return SECOND
        + "%d %d %s %d %d %s"
            .formatted(
                second.second(),
                second.at().toEpochMilli(),
                second.asked(),
                second.intended(),
                second.answered(),
                second.histogram())
        + errors;
  }

  /** A server may answer with as many statuses as it likes. */
  private static Map<String, Long> few(Map<String, Long> errors) {
    if (errors.size() <= MOST_KINDS) {
      return errors;
    }
    Map<String, Long> few = new TreeMap<>();
    for (Map.Entry<String, Long> one : errors.entrySet()) {
      few.merge(few.size() < MOST_KINDS ? one.getKey() : OTHERS, one.getValue(), Long::sum);
    }
    return few;
  }

  /** Reads a line; empty when it is about something else, or has been cut off. */
  public static Optional<LoadSecond> parse(String line) {
    if (!line.startsWith(SECOND)) {
      return Optional.empty();
    }
    String[] words = line.substring(SECOND.length()).split(" ", -1);
    if (words.length < FEWEST_WORDS) {
      return Optional.empty();
    }
    try {
      Map<String, Long> errors = new TreeMap<>();
      for (int at = FEWEST_WORDS; at < words.length; at++) {
        String[] pair = words[at].split("=", 2);
        errors.put(URLDecoder.decode(pair[0], UTF_8), Long.valueOf(pair[1]));
      }
      return Optional.of(
          new LoadSecond(
              Long.parseLong(words[0]),
              Instant.ofEpochMilli(Long.parseLong(words[1])),
              Double.parseDouble(words[2]),
              Long.parseLong(words[3]),
              Long.parseLong(words[4]),
              errors,
              words[5]));
    } catch (IllegalArgumentException | IndexOutOfBoundsException rubbish) {
      return Optional.empty();
    }
  }
}
