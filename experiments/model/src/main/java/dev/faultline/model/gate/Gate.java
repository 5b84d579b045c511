package dev.faultline.model.gate;

import dev.faultline.judge.Bound;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.OneOf;
import dev.faultline.model.codec.Words;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A signal with a bound, watched before, during and after.
 *
 * @param name names the gate within the experiment
 * @param signal what is read
 * @param bound what it must be
 * @param lasting how long a breach must last to count; at once when absent
 * @param when in which parts of a run the gate counts; in all when empty
 * @param breach what a breach does while a fault can be withdrawn; {@code abort} when absent
 * @param noData what a gate that stays blind makes of the run; {@code inconclusive} when absent
 * @param fresh a PromQL selector whose newest sample proves that data flows
 */
public record Gate(
    String name,
    @OneOf Signal signal,
    @OneOf Bound bound,
    Optional<Duration> lasting,
    Set<When> when,
    Optional<OnBreach> breach,
    Optional<NoData> noData,
    Optional<String> fresh) {

  /** Parts of a run. */
  public enum When {
    /** While nothing is broken yet. */
    BEFORE,
    /** While a fault is in force. */
    DURING,
    /** After the last fault, until all is well again. */
    AFTER
  }

  /** What a breach does while a fault can be withdrawn. */
  public enum OnBreach {
    /** Withdraws every fault at once. */
    ABORT,
    /** Is recorded and fails the run at its end. */
    RECORD
  }

  /** What a gate that stays blind makes of the run. */
  public enum NoData {
    /** Nothing can be said. */
    INCONCLUSIVE,
    /** Blind is as bad as breached. */
    FAIL
  }

  /** Requires a name. */
  public Gate {
    InvalidValue.required(name, "name");
    if (!signal.units().contains(bound.limit().unit())) {
      throw new InvalidValue(
          Words.wordOf(bound),
          "the bound of '%s' is written like %s, not %s"
              .formatted(signal.words(), examples(signal.units()), bound.limit()));
    }
    when =
        Collections.unmodifiableSet(
            when.isEmpty() ? EnumSet.allOf(When.class) : EnumSet.copyOf(when));
    if (!name.matches("[a-zA-Z][a-zA-Z0-9 _.-]{0,62}")) {
      throw new InvalidValue(
          "name",
          "'%s' cannot name a gate: a letter, then letters, digits, ' ', '-', '_', '.', 63 in all"
              .formatted(name));
    }
  }

  private static String examples(Set<Unit> units) {
    return String.join(" or ", units.stream().sorted().map(Unit::example).toList());
  }

  /** How long a breach must last to count. */
  public Duration mustLast() {
    return lasting.orElse(Duration.ZERO);
  }

  /** Whether a breach withdraws the faults. */
  public boolean aborts() {
    return breach.orElse(OnBreach.ABORT) == OnBreach.ABORT;
  }
}
