package dev.faultline.reports.facts;

import dev.faultline.judge.Reading;
import dev.faultline.model.summary.ObservationSummary;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One observation over a run.
 *
 * @param summary every look at it
 * @param seen the looks in which every figure could be read
 */
public record ObservationFacts(ObservationSummary summary, List<Look> seen) {

  /** A look with its numbers, in the order of the figures. */
  public record Look(Duration elapsed, List<Double> values) {
    /** Keeps the values unchangeable. */
    public Look {
      values = List.copyOf(values);
    }

    /** The number of a figure. */
    public double value(int figure) {
      return values.get(figure);
    }
  }

  /** Keeps the looks unchangeable. */
  public ObservationFacts {
    seen = List.copyOf(seen);
  }

  /** What the looks of an observation amount to. */
  public static ObservationFacts of(ObservationSummary summary) {
    List<Look> seen = new ArrayList<>();
    for (ObservationSummary.Point point : summary.points()) {
      List<Double> values = new ArrayList<>();
      for (Reading reading : point.readings()) {
        if (reading instanceof Reading.Value number) {
          values.add(number.value());
        }
      }
      if (values.size() == point.readings().size()) {
        seen.add(new Look(point.elapsed(), values));
      }
    }
    return new ObservationFacts(summary, seen);
  }

  /** Its name. */
  public String name() {
    return summary.observed().title();
  }

  /** What each number is, in words. */
  public List<String> figures() {
    return summary.observed().what().figures();
  }

  /** What is asked, in the language of its source. */
  public String query() {
    return summary.observed().what().queries().stream()
        .map(Query::text)
        .collect(Collectors.joining(" · "));
  }

  /** Looks in which nothing, or not all, could be read. */
  public long blind() {
    return (long) summary.points().size() - seen.size();
  }

  /** Why the last of them saw nothing, in words. */
  public Optional<String> blindness() {
    return summary.points().reversed().stream()
        .flatMap(point -> point.readings().stream())
        .filter(reading -> reading instanceof Reading.Blind)
        .findFirst()
        .map(
            reading ->
                switch (reading) {
                  case Reading.Blind blind ->
                      "%s: %s".formatted(blind.reason().words(), blind.detail());
                  case Reading.Value number -> String.valueOf(number.value());
                });
  }
}
