package dev.faultline.model.plan;

import dev.faultline.judge.Reading;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.fault.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run would do, as a value.
 *
 * @param experiment name of the experiment
 * @param hash covers what is done, to what, and how it is undone; never readings, times or ports
 * @param seed fixes every random choice
 * @param lease how long a fault may live without its controller
 * @param times how long the parts of the run take
 * @param ledger what keeps the ledger, if there is one
 * @param faults what is done
 * @param gates what is watched
 * @param notes what a reader should know before saying yes
 */
public record Plan(
    String experiment,
    String hash,
    long seed,
    Duration lease,
    Times times,
    Optional<Step> ledger,
    List<PlannedFault> faults,
    List<PlannedGate> gates,
    List<String> notes) {

  /** Keeps the lists unchangeable. */
  public Plan {
    faults = List.copyOf(faults);
    gates = List.copyOf(gates);
    notes = List.copyOf(notes);
  }

  /** The same with these notes. */
  public Plan noting(List<String> other) {
    return new Plan(experiment, hash, seed, lease, times, ledger, faults, gates, other);
  }

  /** Whether evidence decides how long it takes, so that its times are the least. */
  public boolean openEnded() {
    return faults.stream().anyMatch(PlannedFault::openEnded);
  }

  /**
   * How long the parts of a run take; at least, where it is {@link #openEnded}.
   *
   * @param baseline before the first fault
   * @param faults from the first fault to the end of the last one
   * @param recovery at most, after that
   * @param interval distance of two looks at the gates
   */
  public record Times(Duration baseline, Duration faults, Duration recovery, Duration interval) {
    /** The whole run at most, or at least, without the start of a lab. */
    public Duration total() {
      return baseline.plus(faults).plus(recovery);
    }
  }

  /**
   * One fault at all its targets.
   *
   * @param name names it within the run
   * @param words what is done
   * @param instant whether its effect is over at once
   * @param start when, from the end of the baseline or of the fault it waits for
   * @param after the fault it waits for
   * @param lasts how long it stays in force; zero when it is instant
   * @param repeats how often it happens, {@code every} apart
   * @param every distance of two repetitions
   * @param targets what is disturbed, and how
   * @param endsBy what ends it, whatever is killed
   */
  public record PlannedFault(
      String name,
      String words,
      boolean instant,
      Duration start,
      Optional<String> after,
      Duration lasts,
      int repeats,
      Duration every,
      List<PlannedTarget> targets,
      List<EndsBy> endsBy) {

    /** Keeps the lists unchangeable. */
    public PlannedFault {
      targets = List.copyOf(targets);
      endsBy = List.copyOf(endsBy);
    }

    /** Whether the run takes it back by evidence, so that it lasts so long at least. */
    public boolean openEnded() {
      return endsBy.stream()
          .anyMatch(ends -> ends.layer() == EndsBy.Layer.PLAN && ends.within().isEmpty());
    }

    /** The same with other ends. */
    public PlannedFault with(List<EndsBy> others) {
      return new PlannedFault(
          name, words, instant, start, after, lasts, repeats, every, targets, others);
    }

    /** From its start until nothing of it is in force. */
    public Duration span() {
      return instant ? every.multipliedBy(repeats - 1L) : lasts;
    }
  }

  /** One thing that is disturbed, with the steps as the facts of the moment give them. */
  public record PlannedTarget(String name, String owner, List<Step> steps) {
    /** Keeps the steps unchangeable. */
    public PlannedTarget {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One gate.
   *
   * @param question what is read
   * @param bound what it must be, in words
   * @param now what it reads at the moment of planning; empty where nothing runs yet
   */
  public record PlannedGate(String name, String question, String bound, Optional<Reading> now) {}
}
