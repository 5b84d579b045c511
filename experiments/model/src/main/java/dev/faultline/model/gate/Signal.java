package dev.faultline.model.gate;

import dev.faultline.judge.Bound;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A number over time: it frames questions to the world and makes a number of the answers. */
public sealed interface Signal
    permits Prometheus, Ratio, BurnRate, Slo, Alert, Http, Command, Load, Sql, Ledger, Kubernetes {

  /** The questions of one reading, in the order in which {@link #read} wants the answers. */
  List<Query> queries();

  /** Makes a reading of the answers; never throws on a strange answer, which reads as blind. */
  Reading read(List<Answer> answers);

  /** How far back one reading looks. */
  Duration window();

  /** The units in which a bound of this signal makes sense. */
  Set<Unit> units();

  /** The bound that the signal brings along; none where the gate has to state one. */
  default Optional<Bound> ownBound() {
    return Optional.empty();
  }

  /** How long a breach must last where the gate does not say. */
  default Duration ownLasting() {
    return Duration.ZERO;
  }

  /** Whether no data at all reads as good, so that only {@code fresh} proves that data flows. */
  default boolean trustsSilence() {
    return false;
  }

  /**
   * What a reader of a plan should know, in sentences about the gate without a full stop.
   *
   * @param run how long the whole run takes
   * @param recovery how long of it is for the recovery
   */
  default List<String> cautions(Duration run, Duration recovery) {
    return List.of();
  }

  /** Whether a value that left its bound can never return: waiting for it would be in vain. */
  default boolean onlyGrows() {
    return false;
  }

  /** What is read, in words or in the language of the source. */
  String words();
}
