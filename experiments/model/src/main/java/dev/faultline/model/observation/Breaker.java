package dev.faultline.model.observation;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.gate.SeriesReading;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a circuit breaker: {@code breaker: QUERY}.
 *
 * <p>Either one series with the number of the state, or one for each state, with a label {@code
 * state}, of which the present one is 1, as resilience4j shows it.
 *
 * @param state PromQL: 0 closed, 1 half-open, 2 open
 */
public record Breaker(String state) implements Observation {

  /** States of a breaker, each with the number that stands for it. */
  public enum State {
    /** Calls pass. */
    CLOSED(0),
    /** A few calls pass, to see whether the other side is back. */
    HALF_OPEN(1),
    /** No call passes. */
    OPEN(2);

    private final double number;

    State(double number) {
      this.number = number;
    }

    /** What stands for it among samples. */
    public double number() {
      return number;
    }

    /** The state as people write it. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The state of a number; empty where no state has it. */
    public static Optional<State> of(double number) {
      return Arrays.stream(values()).filter(state -> state.number == number).findFirst();
    }
  }

  private static final String LABEL = "state";
  // The last two let every call pass.
  private static final Map<String, State> NAMES =
      Map.of(
          "closed", State.CLOSED,
          "half_open", State.HALF_OPEN,
          "open", State.OPEN,
          "forced_open", State.OPEN,
          "disabled", State.CLOSED,
          "metrics_only", State.CLOSED);

  /** Requires an expression. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public Breaker {
    InvalidValue.required(state, "state");
    if (state.isBlank()) {
      throw new InvalidValue("state", "the query is empty");
    }
  }

  /** Asks an expression. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Breaker of(String state) {
    return new Breaker(state);
  }

  @Override
  public List<String> figures() {
    return List.of(LABEL);
  }

  @Override
  public List<Query> queries() {
    return List.of(new Query.PromInstant(state));
  }

  @Override
  public List<Reading> read(List<Answer> answers) {
    return List.of(
        answers.getFirst() instanceof Answer.Series series && hasStates(series)
            ? present(series)
            : numbered(SeriesReading.last(answers.getFirst())));
  }

  private static boolean hasStates(Answer.Series answer) {
    return answer.warnings().isEmpty()
        && !answer.series().isEmpty()
        && answer.series().stream().allMatch(one -> one.labels().containsKey(LABEL));
  }

  private static Reading present(Answer.Series answer) {
    List<String> present =
        answer.series().stream()
            .filter(one -> !one.samples().isEmpty() && one.samples().getLast().value() == 1)
            .map(one -> String.valueOf(one.labels().get(LABEL)).toLowerCase(Locale.ROOT))
            .toList();
    if (present.size() != 1) {
      return new Reading.Blind(
          present.isEmpty() ? BlindReason.NO_DATA : BlindReason.AMBIGUOUS,
          "%d states are 1; select one breaker".formatted(present.size()));
    }
    State state = NAMES.get(present.getFirst());
    return state == null
        ? new Reading.Blind(BlindReason.MALFORMED, "no breaker is " + present.getFirst())
        : new Reading.Value(state.number());
  }

  private static Reading numbered(Reading reading) {
    return reading instanceof Reading.Value number && State.of(number.value()).isEmpty()
        ? new Reading.Blind(
            BlindReason.MALFORMED,
            "%s is no state: 0 closed, 1 half-open, 2 open".formatted(number.value()))
        : reading;
  }
}
