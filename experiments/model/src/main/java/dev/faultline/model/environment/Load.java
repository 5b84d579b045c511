package dev.faultline.model.environment;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Open-loop load over HTTP: requests start when they are due, whatever became of earlier ones.
 *
 * @param http the address; in a lab {@code ${NAME.PORT}} stands for a port
 * @param rate requests per second, above 0/s and at most 100000/s
 * @param steps rates in place of one, each above 0/s and at most 100000/s: the first until the end
 *     of the baseline and after the last, the others one after the other from there on
 * @param each how long each of the later steps lasts, at least 2s
 * @param method GET when absent
 * @param headers headers of each request
 * @param tagged some of the requests that carry further headers
 * @param body body of each request
 * @param timeout how long an answer may take; 5s when absent
 * @param pods how many pods of the cluster make it, each an equal part, 1 to 50; this process makes
 *     it when absent
 */
public record Load(
    String http,
    Optional<Quantity> rate,
    List<Quantity> steps,
    Optional<Duration> each,
    Optional<String> method,
    Map<String, String> headers,
    Optional<Tagged> tagged,
    Optional<String> body,
    Optional<Duration> timeout,
    Optional<Integer> pods) {

  private static final int MOST_PODS = 50;

  /** Headers by which somebody is known: the orders of pods can be read by whoever may see them. */
  private static final Pattern SECRET =
      Pattern.compile(
          "authorization|cookie|.*(secret|password|token|api-?key|credential).*",
          Pattern.CASE_INSENSITIVE);

  /** How long the pods of a load go on when the run no longer renews them. */
  public static final Duration LEASE_OF_PODS = Duration.ofSeconds(20);

  /** A step needs full seconds to be measured in. */
  public static final Duration SHORTEST_STEP = Duration.ofSeconds(2);

  /**
   * Some of the requests, evenly spread among the others, with headers that set them apart.
   *
   * @param share which share of the requests, above 0%
   * @param headers headers of these, beside those of every request
   */
  public record Tagged(Quantity share, Map<String, String> headers) {
    /** Requires a share of one and a header. */
    public Tagged {
      InvalidValue.required(share, "share");
      headers = Map.copyOf(headers);
      if (share.unit() != Unit.SHARE || share.value() <= 0 || share.value() >= 1) {
        throw new InvalidValue(
            "share",
            "'%s' is no share above 0%% and below 100%%; write it as 10%%".formatted(share));
      }
      if (headers.isEmpty()) {
        throw new InvalidValue(
            "headers", "without a header nothing sets these requests apart; add 'headers'");
      }
    }
  }

  /** Requires an address, and either a rate of requests per second or steps of them. */
  public Load {
    InvalidValue.required(http, "http");
    steps = List.copyOf(steps);
    headers = Map.copyOf(headers);
    if (rate.isPresent() == !steps.isEmpty()) {
      throw new InvalidValue(
          steps.isEmpty()
              ? "a load needs a rate: 'rate: 200/s', or 'steps: [100/s, 200/s]' with 'each: 10s'"
              : "only one of rate, steps can stand here; the first step is the rate at first");
    }
    rate.ifPresent(stated -> checkRate(stated, "rate"));
    for (int i = 0; i < steps.size(); i++) {
      checkRate(steps.get(i), "steps/%d".formatted(i));
    }
    checkSteps(steps, each);
    if (pods.isPresent()) {
      checkPods(pods.get(), headers, tagged);
    }
  }

  private static void checkPods(int pods, Map<String, String> headers, Optional<Tagged> tagged) {
    if (pods < 1 || pods > MOST_PODS) {
      throw new InvalidValue("pods", "'pods' must be 1 to %d".formatted(MOST_PODS));
    }
    Map<String, Map<String, String>> all =
        Map.of("headers", headers, "tagged/headers", tagged.map(Tagged::headers).orElse(Map.of()));
    for (String where : List.of("headers", "tagged/headers")) {
      for (String name : new TreeSet<>(all.getOrDefault(where, Map.of()).keySet())) {
        if (SECRET.matcher(name).matches()) {
          throw new InvalidValue(
              where + "/" + name,
              "the pods of a load are told their headers where others can read them; leave '%s' out, or"
                      .formatted(name)
                  + " 'pods'");
        }
      }
    }
  }

  /** A load of plain requests at one rate. */
  public static Load of(String http, Quantity rate) {
    return new Load(
        http,
        Optional.of(rate),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static void checkSteps(List<Quantity> steps, Optional<Duration> each) {
    if (steps.isEmpty() && each.isPresent()) {
      throw new InvalidValue("each", "'each' belongs to 'steps', and there are none");
    }
    if (steps.size() == 1) {
      throw new InvalidValue("steps", "one step is none; give two at least, or 'rate'");
    }
    if (!steps.isEmpty() && each.isEmpty()) {
      throw new InvalidValue("'steps' needs 'each': how long each step lasts, such as 'each: 10s'");
    }
    if (each.isPresent() && each.get().compareTo(SHORTEST_STEP) < 0) {
      throw new InvalidValue("each", "'each' must be at least 2s: figures come by the second");
    }
  }

  /**
   * Checks a rate of requests.
   *
   * @throws InvalidValue when it is no rate, or none that can be sent
   */
  public static void checkRate(Quantity rate, String key) {
    if (rate.unit() != Unit.PER_SECOND) {
      throw new InvalidValue(key, "'%s' is not a rate; write it as 200/s".formatted(rate));
    }
    if (rate.value() <= 0 || rate.value() > 100_000) {
      throw new InvalidValue(key, "the rate must be above 0/s and at most 100000/s");
    }
  }

  /** The rate while nothing is done to the load. */
  public Quantity base() {
    return rate.orElseGet(() -> steps.getFirst());
  }

  /** How many requests are sent, in words: {@code 100/s, 200/s, 10% of them tagged}. */
  public String words() {
    String rates =
        String.join(
            ", ",
            (steps.isEmpty() ? List.of(base()) : steps).stream().map(Quantity::text).toList());
    return tagged.map(some -> "%s, %s of them tagged".formatted(rates, some.share())).orElse(rates);
  }

  /** The steps after the first. */
  public List<Quantity> rises() {
    return steps.isEmpty() ? List.of() : steps.subList(1, steps.size());
  }
}
