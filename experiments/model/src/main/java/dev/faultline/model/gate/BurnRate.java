package dev.faultline.model.gate;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Bound;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Key;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How fast the error budget of an objective is used up, as a multiple of the speed that would use
 * it up exactly; after "Alerting on SLOs" of the SRE workbook, method 6: several pairs of windows.
 *
 * <p>A pair burns when both of its windows burn faster than its factor: the long one says that it
 * matters, the short one that it still goes on. The gate is breached while any pair burns. Its
 * value is the slower of the two windows of the pair that is nearest to its factor, scaled to the
 * factor of the first pair; with one pair, the burn rate itself.
 *
 * @param bad PromQL: rate of bad events over {@code [$window]}; with {@code total}
 * @param total PromQL: rate of all events over {@code [$window]}
 * @param errors or PromQL that gives the share of bad events over {@code [$window]} at once
 * @param objective the share of good events that is aimed at
 * @param windows the pairs; those that page in the workbook when empty
 */
public record BurnRate(
    Optional<String> bad,
    Optional<String> total,
    Optional<String> errors,
    Quantity objective,
    List<Pair> windows)
    implements Signal {

  /** What stands for the window in a query. */
  public static final String WINDOW = "$window";

  private static final List<Pair> PAGING =
      List.of(
          new Pair(Duration.ofHours(1), Duration.ofMinutes(5), Quantity.parse("14.4")),
          new Pair(Duration.ofHours(6), Duration.ofMinutes(30), Quantity.parse("6")));

  /**
   * Two windows over which one limit counts.
   *
   * @param longer says whether enough of the budget is gone to matter
   * @param shorter says whether it still goes on
   * @param factor how many times faster than just allowed is too fast
   */
  public record Pair(
      @Key("long") Duration longer, @Key("short") Duration shorter, Quantity factor) {

    /** Requires a shorter and a longer window, and a factor above zero. */
    public Pair {
      InvalidValue.required(longer, "long");
      InvalidValue.required(shorter, "short");
      InvalidValue.required(factor, "factor");
      if (shorter.isZero() || longer.compareTo(shorter) <= 0) {
        throw new InvalidValue("long", "'long' must be longer than 'short', and 'short' above 0s");
      }
      if (factor.unit() != Unit.NUMBER || factor.value() <= 0) {
        throw new InvalidValue("factor", "'factor' is a number above 0, such as \"14.4\"");
      }
    }

    String words() {
      return "%s× over %s and %s".formatted(factor, Spans.of(longer), Spans.of(shorter));
    }
  }

  /** Requires queries with a window, an objective, and factors that can be reached. */
  public BurnRate {
    boolean events = bad.isPresent() && total.isPresent();
    if (events == errors.isPresent() || bad.isPresent() != total.isPresent()) {
      throw new InvalidValue("give 'bad' and 'total', or 'errors' alone");
    }
    bad.ifPresent(query -> requireWindow("bad", query));
    total.ifPresent(query -> requireWindow("total", query));
    errors.ifPresent(query -> requireWindow("errors", query));
    requireObjective(InvalidValue.required(objective, "objective"));
    boolean stated = !windows.isEmpty();
    windows = stated ? List.copyOf(windows) : PAGING;
    for (int i = 0; i < windows.size(); i++) {
      requireReachable(objective, windows.get(i), stated ? "windows/%d/factor".formatted(i) : "");
    }
  }

  private static void requireWindow(String key, String query) {
    if (!query.contains(WINDOW)) {
      throw new InvalidValue(
          key, "the query has no window; write it as rate(requests_total[%s])".formatted(WINDOW));
    }
  }

  private static void requireObjective(Quantity objective) {
    boolean share = objective.unit() == Unit.SHARE || objective.unit() == Unit.NUMBER;
    if (!share || objective.value() <= 0 || objective.value() >= 1) {
      throw new InvalidValue("objective", "an objective is a share such as 99.9%, below 100%");
    }
  }

  /** Where nothing is left of good events, the budget burns fastest. */
  private static void requireReachable(Quantity objective, Pair pair, String field) {
    double fastest = 1 / (1 - objective.value());
    if (pair.factor().value() < fastest) {
      return;
    }
    String problem =
        "with an objective of %s nothing burns faster than %s×: a factor of %s is never reached;"
            .formatted(objective, Quantity.of(fastest), pair.factor());
    throw field.isEmpty()
        ? new InvalidValue("objective", problem + " give 'windows' with smaller factors")
        : new InvalidValue(field, problem + " choose a smaller one");
  }

  @Override
  public List<Query> queries() {
    return spans().stream().flatMap(span -> queries(Spans.of(span)).stream()).toList();
  }

  private List<Query> queries(String span) {
    return Stream.of(bad, total, errors)
        .flatMap(Optional::stream)
        .<Query>map(query -> new Query.PromInstant(query.replace(WINDOW, span)))
        .toList();
  }

  private List<Duration> spans() {
    return windows.stream()
        .flatMap(pair -> Stream.of(pair.longer(), pair.shorter()))
        .distinct()
        .toList();
  }

  @Override
  public Reading read(List<Answer> answers) {
    List<Reading> pairs = windows.stream().map(pair -> read(pair, answers)).toList();
    Optional<Reading.Value> nearest =
        pairs.stream()
            .filter(Reading.Value.class::isInstance)
            .map(Reading.Value.class::cast)
            .max(Comparator.comparingDouble(Reading.Value::value));
    // A pair that cannot be seen does not hide one that burns.
    boolean burns = nearest.filter(value -> value.value() >= limit()).isPresent();
    return pairs.stream()
        .filter(reading -> reading instanceof Reading.Blind && !burns)
        .findFirst()
        .or(() -> nearest)
        .orElseThrow();
  }

  private double limit() {
    return windows.getFirst().factor().value();
  }

  private Reading read(Pair pair, List<Answer> answers) {
    return switch (burn(pair.longer(), answers)) {
      case Reading.Blind blind -> blind;
      case Reading.Value longer ->
          switch (burn(pair.shorter(), answers)) {
            case Reading.Blind blind -> blind;
            case Reading.Value shorter -> value(pair, longer.value(), shorter.value());
          };
    };
  }

  private Reading.Value value(Pair pair, double longer, double shorter) {
    String words =
        "burns %s× over %s and %s× over %s, limit %s×"
            .formatted(
                Quantity.of(longer),
                Spans.of(pair.longer()),
                Quantity.of(shorter),
                Spans.of(pair.shorter()),
                pair.factor());
    return new Reading.Value(
        Math.min(longer, shorter) / pair.factor().value() * limit(), Optional.of(words));
  }

  private Reading burn(Duration span, List<Answer> answers) {
    int parts = errors.isPresent() ? 1 : 2;
    int at = spans().indexOf(span) * parts;
    Reading share =
        errors.isPresent()
            ? SeriesReading.last(answers.get(at))
            : Ratio.share(answers.get(at), answers.get(at + 1));
    return switch (share) {
      case Reading.Value value when Double.isFinite(value.value()) ->
          new Reading.Value(value.value() / (1 - objective.value()));
      case Reading.Value _ -> about(span, BlindReason.MALFORMED, "no finite share of bad events");
      case Reading.Blind blind -> about(span, blind.reason(), blind.detail());
    };
  }

  private static Reading about(Duration span, BlindReason reason, String detail) {
    return new Reading.Blind(reason, "over %s: %s".formatted(Spans.of(span), detail));
  }

  /** The shortest window: with it, the first pair can tell a fault from what was before. */
  @Override
  public Duration window() {
    return windows.stream().map(Pair::shorter).min(Comparator.naturalOrder()).orElseThrow();
  }

  @Override
  public Set<Unit> units() {
    return Set.of(Unit.NUMBER);
  }

  @Override
  public Optional<Bound> ownBound() {
    String words = windows.stream().map(Pair::words).collect(Collectors.joining(", "));
    return Optional.of(new Bound.Below(new Quantity(limit(), Unit.NUMBER, words)));
  }

  @Override
  public List<String> cautions(Duration run, Duration recovery) {
    List<String> cautions = new ArrayList<>();
    Duration longest = spans().stream().max(Comparator.naturalOrder()).orElseThrow();
    if (longest.compareTo(run) > 0) {
      cautions.add(
          ("its window of %s is longer than the run (%s): what happened before the run counts too,"
                  + " and the run alone may be too short to breach it; 'windows' takes shorter"
                  + " ones")
              .formatted(Spans.of(longest), Spans.of(run)));
    }
    Duration slowest =
        windows.stream().map(Pair::shorter).max(Comparator.naturalOrder()).orElseThrow();
    if (slowest.compareTo(recovery) > 0) {
      cautions.add(
          "once breached it may take %s to see the end of it, and the recovery has %s"
              .formatted(Spans.of(slowest), Spans.of(recovery)));
    }
    return cautions;
  }

  @Override
  public String words() {
    return "burn rate of the %s objective by %s"
        .formatted(
            objective, errors.orElseGet(() -> bad.orElseThrow() + " / " + total.orElseThrow()));
  }
}
