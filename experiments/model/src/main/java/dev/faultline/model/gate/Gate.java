package dev.faultline.model.gate;

import dev.faultline.judge.Bound;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.OneOf;
import dev.faultline.model.codec.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A signal with a bound, watched before, during and after.
 *
 * @param name names the gate within the experiment
 * @param signal what is read
 * @param stated what it must be; absent where the signal brings its own bound along
 * @param lasting how long a breach must last to count; as the signal says, or at once, when absent
 * @param when in which parts of a run the gate counts; in all when empty
 * @param breach what a breach does while a fault can be withdrawn; {@code abort} when absent
 * @param noData what a gate that stays blind makes of the run; {@code inconclusive} when absent
 * @param fresh a PromQL selector whose newest sample proves that data flows
 */
public record Gate(
    String name,
    @OneOf Signal signal,
    @OneOf Optional<Bound> stated,
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
    requireBound(signal, stated);
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

  private static void requireBound(Signal signal, Optional<Bound> stated) {
    if (signal.ownBound().isPresent()) {
      stated.ifPresent(bound -> refuseSecondBound(signal, bound));
      return;
    }
    Bound bound =
        stated.orElseThrow(
            () ->
                new InvalidValue(
                    "one of these is missing: "
                        + String.join(", ", Words.of(Bound.class).keySet())));
    if (!signal.units().contains(bound.limit().unit())) {
      throw new InvalidValue(
          Words.wordOf(bound),
          "the bound of '%s' is written like %s, not %s"
              .formatted(signal.words(), examples(signal.units()), bound.limit()));
    }
  }

  private static void refuseSecondBound(Signal signal, Bound bound) {
    throw new InvalidValue(
        Words.wordOf(bound),
        "'%s' brings its own bound along; remove '%s'"
            .formatted(Words.wordOf(signal), Words.wordOf(bound)));
  }

  private static String examples(Set<Unit> units) {
    return String.join(" or ", units.stream().sorted().map(Unit::example).toList());
  }

  /** What it must be: as stated, or as the signal brings along. */
  public Bound bound() {
    return stated.or(signal::ownBound).orElseThrow();
  }

  /** How long a breach must last to count. */
  public Duration mustLast() {
    return lasting.orElseGet(signal::ownLasting);
  }

  /** A value for people: what it stands for, or the number in the unit of the bound. */
  public String spell(Reading.Value value) {
    return value.words().orElseGet(() -> bound().limit().spellLike(value.value()));
  }

  /** This gate with another signal in the place of its own. */
  public Gate reading(Signal other) {
    return new Gate(name, other, stated, lasting, when, breach, noData, fresh);
  }

  /**
   * What a reader of a plan should know about this gate, in sentences without a full stop.
   *
   * @param run how long the whole run takes
   * @param recovery how long of it is for the recovery
   */
  public List<String> cautions(Duration run, Duration recovery) {
    List<String> cautions = new ArrayList<>(signal.cautions(run, recovery));
    if (mustLast().compareTo(run) >= 0) {
      cautions.add("a breach must last %s, longer than the run".formatted(Spans.of(mustLast())));
    }
    if (signal.trustsSilence() && fresh.isEmpty()) {
      cautions.add(
          "it reads no series as silence, also where its metrics are missing; add 'fresh'");
    }
    return cautions.stream().map(words -> "Gate %s: %s.".formatted(name, words)).toList();
  }

  /** Whether a breach withdraws the faults. */
  public boolean aborts() {
    return breach.orElse(OnBreach.ABORT) == OnBreach.ABORT;
  }
}
