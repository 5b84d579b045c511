package dev.faultline.reports.json;

import dev.faultline.judge.Latencies;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.reports.facts.LoadFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the load met.
 *
 * @param requested requests that should have been started
 * @param answered those with an answer that is no error
 * @param parts before, during and after the faults
 * @param steps one for each rate, in order; empty when only one was asked for
 * @param seconds every complete second
 */
public record LoadPart(
    long requested,
    long answered,
    long failed,
    List<PartPart> parts,
    List<StepPart> steps,
    List<SecondPart> seconds) {

  /** One part of the run; latencies count from the intended start of each request. */
  public record PartPart(
      String part,
      String definition,
      long requested,
      long answered,
      Map<String, Long> errors,
      Optional<LatencyPart> latency) {
    static PartPart of(LoadFacts.InPart part) {
      return new PartPart(
          part.part().name(),
          part.part().definition(),
          part.intended(),
          part.answered(),
          part.failed(),
          part.latencies().map(LatencyPart::of));
    }
  }

  /** What was met while one rate was asked for. */
  public record StepPart(
      double atSeconds,
      long seconds,
      double askedPerSecond,
      double answeredPerSecond,
      long requested,
      long answered,
      Map<String, Long> errors,
      Optional<LatencyPart> latency) {
    static StepPart of(LoadFacts.Step step) {
      return new StepPart(
          Seconds.of(step.from()),
          step.met().seconds(),
          step.asked(),
          step.answered(),
          step.met().intended(),
          step.met().answered(),
          step.met().failed(),
          step.met().latencies().map(LatencyPart::of));
    }
  }

  /** Percentiles over all requests that ended. */
  public record LatencyPart(
      long count,
      double p50Seconds,
      double p90Seconds,
      double p99Seconds,
      double p999Seconds,
      double maxSeconds) {
    static LatencyPart of(Latencies all) {
      return new LatencyPart(
          all.count(),
          Seconds.of(all.percentile(50)),
          Seconds.of(all.percentile(90)),
          Seconds.of(all.percentile(99)),
          Seconds.of(all.percentile(99.9)),
          Seconds.of(all.max()));
    }
  }

  /** One second. */
  public record SecondPart(
      double atSeconds, long requested, long answered, Map<String, Long> errors) {
    static SecondPart of(RunSummary run, LoadInterval second) {
      return new SecondPart(
          Seconds.of(LoadFacts.elapsed(run, second)),
          second.intended(),
          second.answered(),
          new TreeMap<>(second.errors()));
    }
  }

  static LoadPart of(RunSummary run, LoadFacts load) {
    return new LoadPart(
        load.intended(),
        load.answered(),
        load.failed(),
        load.parts().stream().map(PartPart::of).toList(),
        load.steps().stream().map(StepPart::of).toList(),
        run.load().stream().map(second -> SecondPart.of(run, second)).toList());
  }
}
