package dev.faultline.reports.facts;

import dev.faultline.judge.Latencies;
import dev.faultline.judge.Quantity;
import dev.faultline.model.summary.Moment;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.LoadInterval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the load met, before, during and after the faults.
 *
 * @param parts the parts of the run
 * @param steps what it met at each rate, in order; empty when only one was asked for
 * @param settled what it met once every gate was inside for good; empty for a run without such an
 *     end
 * @param errors failed requests by class, the most frequent first
 * @param unreadable seconds whose histogram could not be read
 */
public record LoadFacts(
    List<InPart> parts,
    List<Step> steps,
    Optional<InPart> settled,
    List<ErrorClass> errors,
    int unreadable) {

  /**
   * What the load met in one part of the run.
   *
   * @param failed by class
   * @param latencies of all requests that ended; empty when there is no histogram
   */
  public record InPart(
      Part part,
      long seconds,
      long intended,
      long answered,
      Map<String, Long> failed,
      Optional<Latencies> latencies) {

    /** Failed requests of every class. */
    public long failures() {
      return failed.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The share of requests that failed. */
    public String failedShare() {
      return Spelling.share(failures(), intended);
    }

    /** A percentile of the latency, in words. */
    public String percentile(double percent) {
      return latencies.map(all -> Spelling.span(all.percentile(percent))).orElse("–");
    }

    /** The longest latency, in words. */
    public String max() {
      return latencies.map(all -> Spelling.span(all.max())).orElse("–");
    }
  }

  /**
   * What the load met while one rate was asked for.
   *
   * @param asked requests per second
   * @param from when it began, since the start of the run
   */
  public record Step(double asked, Duration from, InPart met) {

    /** The rate that was asked for. */
    public String rate() {
      return Quantity.parse("1/s").spellLike(asked);
    }

    /** Answers that are no error, per second. */
    public double answered() {
      return (double) met.answered() / met.seconds();
    }

    /** The same in words. */
    public String answeredRate() {
      return Quantity.parse("1/s").spellLike(Math.rint(answered() * 10) / 10);
    }

    /** When it began, in words. */
    public String at() {
      return Spelling.at(from);
    }
  }

  /** One class of errors with its count in each part. */
  public record ErrorClass(String name, List<Long> counts, long total) {}

  /** Keeps the lists unchangeable. */
  public LoadFacts {
    parts = List.copyOf(parts);
    steps = List.copyOf(steps);
    errors = List.copyOf(errors);
  }

  /** What a run's load met; empty when not one second of it is known. */
  public static Optional<LoadFacts> of(RunSummary run) {
    if (run.load().isEmpty()) {
      return Optional.empty();
    }
    List<InPart> parts = new ArrayList<>();
    int unreadable = 0;
    for (Part part : Part.of(run)) {
      List<LoadInterval> inside = inside(run, part);
      Histograms histograms = Histograms.of(inside);
      unreadable += histograms.unreadable();
      parts.add(inPart(part, inside, histograms.merged()));
    }
    return Optional.of(new LoadFacts(parts, steps(run), settled(run), classes(parts), unreadable));
  }

  private static Optional<InPart> settled(RunSummary run) {
    return run.figures()
        .steady()
        .map(Moment::elapsed)
        .map(
            steady ->
                new Part("settled", "from the steady state on", at -> at.compareTo(steady) >= 0))
        .map(
            part -> {
              List<LoadInterval> inside = inside(run, part);
              return inPart(part, inside, Histograms.of(inside).merged());
            });
  }

  private static List<Step> steps(RunSummary run) {
    List<List<LoadInterval>> rows = new ArrayList<>();
    for (LoadInterval second : run.load()) {
      if (rows.isEmpty() || rows.getLast().getLast().asked() != second.asked()) {
        rows.add(new ArrayList<>());
      }
      rows.getLast().add(second);
    }
    return rows.size() < 2 ? List.of() : rows.stream().map(row -> step(run, row)).toList();
  }

  private static Step step(RunSummary run, List<LoadInterval> row) {
    Part part = new Part("step", "seconds of one rate", _ -> true);
    return new Step(
        row.getFirst().asked(),
        elapsed(run, row.getFirst()),
        inPart(part, row, Histograms.of(row).merged()));
  }

  private static List<LoadInterval> inside(RunSummary run, Part part) {
    return run.load().stream().filter(one -> part.holds().test(elapsed(run, one))).toList();
  }

  /** When a second of the load began, since the start of the run. */
  public static Duration elapsed(RunSummary run, LoadInterval interval) {
    return Duration.between(run.began(), interval.at());
  }

  private static InPart inPart(Part part, List<LoadInterval> inside, Optional<Latencies> merged) {
    Map<String, Long> failed =
        inside.stream()
            .flatMap(one -> one.errors().entrySet().stream())
            .collect(
                Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
    return new InPart(
        part,
        inside.size(),
        inside.stream().mapToLong(LoadInterval::intended).sum(),
        inside.stream().mapToLong(LoadInterval::answered).sum(),
        failed,
        merged);
  }

  private static List<ErrorClass> classes(List<InPart> parts) {
    return parts.stream()
        .flatMap(part -> part.failed().keySet().stream())
        .distinct()
        .map(name -> errorClass(name, parts))
        .sorted(
            Comparator.comparingLong(ErrorClass::total).reversed().thenComparing(ErrorClass::name))
        .toList();
  }

  private static ErrorClass errorClass(String name, List<InPart> parts) {
    List<Long> counts = parts.stream().map(part -> part.failed().getOrDefault(name, 0L)).toList();
    return new ErrorClass(name, counts, counts.stream().mapToLong(Long::longValue).sum());
  }

  /** Requests that should have been started. */
  public long intended() {
    return parts.stream().mapToLong(InPart::intended).sum();
  }

  /** Requests with an answer that is no error. */
  public long answered() {
    return parts.stream().mapToLong(InPart::answered).sum();
  }

  /** Requests that failed. */
  public long failed() {
    return parts.stream().mapToLong(InPart::failures).sum();
  }
}
