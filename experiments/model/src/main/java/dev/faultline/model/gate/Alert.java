package dev.faultline.model.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Bound;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.FilledIn;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An alert that must not fire: {@code alert: HighErrorRate}, as Prometheus says it stands, or
 * {@code alert: {name: HighErrorRate, file: rules.yaml}}, by the expression of a file of rules. The
 * value is how many of it fire, one for each series.
 *
 * @param name what the alert is called
 * @param file a file of rules; Prometheus is asked for its own rule when absent
 * @param rule what the file says; there once the experiment is loaded
 */
public record Alert(String name, Optional<String> file, @FilledIn Optional<Rule> rule)
    implements Signal {

  private static final int NAMED = 3;

  /**
   * An alerting rule.
   *
   * @param expr PromQL; each series that it gives is an alert
   * @param lasting how long a series must be there before the alert fires
   */
  public record Rule(String expr, Duration lasting) {}

  /** Requires a name. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public Alert {
    InvalidValue.required(name, "name");
    if (name.isBlank()) {
      throw new InvalidValue("name", "'name' is empty: what the alert is called");
    }
  }

  /** The alert of this name, of whatever Prometheus has loaded. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Alert of(String name) {
    return new Alert(name, Optional.empty(), Optional.empty());
  }

  /** This alert with what its file says. */
  public Alert meaning(Rule read) {
    return new Alert(name, file, Optional.of(read));
  }

  @Override
  public List<Query> queries() {
    return List.of(
        rule.<Query>map(known -> new Query.PromInstant(known.expr()))
            .orElseGet(() -> new Query.AlertStatus(name)));
  }

  @Override
  public Reading read(List<Answer> answers) {
    return switch (answers.getFirst()) {
      case Answer.Series series when rule.isPresent() -> firing(series);
      case Answer.AlertsAre alerts when rule.isEmpty() -> firing(alerts.rules());
      case Answer.Unanswered none -> new Reading.Blind(none.reason(), none.detail());
      default -> SeriesReading.malformed(answers.getFirst());
    };
  }

  private static Reading firing(Answer.Series answer) {
    return answer.warnings().isEmpty()
        ? count(answer.series().stream().map(Answer.OneSeries::labels).toList())
        : new Reading.Blind(BlindReason.PARTIAL, String.join("; ", answer.warnings()));
  }

  private Reading firing(List<Answer.AlertRule> rules) {
    if (rules.isEmpty()) {
      return new Reading.Blind(
          BlindReason.NO_DATA, "Prometheus has no alerting rule called '%s'".formatted(name));
    }
    List<Map<String, String>> firing =
        rules.stream().flatMap(one -> one.firing().stream()).toList();
    // A rule that cannot be evaluated does not hide one that fires.
    return rules.stream()
        .filter(one -> one.trouble().isPresent() && firing.isEmpty())
        .findFirst()
        .<Reading>map(one -> new Reading.Blind(BlindReason.PARTIAL, one.trouble().orElseThrow()))
        .orElseGet(() -> count(firing));
  }

  private static Reading count(List<Map<String, String>> firing) {
    if (firing.isEmpty()) {
      return new Reading.Value(0, Optional.of("silent"));
    }
    String named =
        firing.stream().limit(NAMED).map(Alert::labels).collect(Collectors.joining(", "));
    String more = firing.size() > NAMED ? " and %d more".formatted(firing.size() - NAMED) : "";
    return new Reading.Value(firing.size(), Optional.of("firing for " + named + more));
  }

  private static String labels(Map<String, String> labels) {
    Map<String, String> telling = new TreeMap<>(labels);
    telling.remove("__name__");
    telling.remove("alertname");
    return telling.toString();
  }

  @Override
  public Duration window() {
    return RangeSelectors.longest(rule.map(Rule::expr).stream().toList());
  }

  @Override
  public Set<Unit> units() {
    return Set.of(Unit.NUMBER);
  }

  @Override
  public Optional<Bound> ownBound() {
    return Optional.of(new Bound.Equals(new Quantity(0, Unit.NUMBER, "0 alerts firing")));
  }

  @Override
  public Duration ownLasting() {
    return rule.map(Rule::lasting).orElse(Duration.ZERO);
  }

  @Override
  public boolean trustsSilence() {
    return file.isPresent();
  }

  @Override
  public String words() {
    return rule.map(known -> "alert %s: %s".formatted(name, known.expr()))
        .orElseGet(() -> "alert %s as Prometheus has it".formatted(name));
  }
}
