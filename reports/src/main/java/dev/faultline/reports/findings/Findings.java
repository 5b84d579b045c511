package dev.faultline.reports.findings;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.FailoverFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a run suggests to change. Each finding follows from the events by a stated rule; nothing is
 * said that they do not show. The same run gives the same findings.
 */
public final class Findings {

  private Findings() {}

  /** The findings of a run, the weightiest first. */
  public static List<Finding> of(RunSummary run) {
    return of(Facts.of(run));
  }

  /** The same from facts that are there already. */
  public static List<Finding> of(Facts facts) {
    List<Finding> all = new ArrayList<>();
    facts
        .failover()
        .ifPresent(
            failover -> {
              all.addAll(new WriteFindings(failover).all());
              all.addAll(new OutageFindings(failover).all());
              all.addAll(inForce(facts, failover));
            });
    all.addAll(DefenceFindings.of(facts));
    all.addAll(GeneralFindings.of(facts));
    all.sort(Comparator.comparing(Finding::severity));
    return List.copyOf(all);
  }

  // Before its fault a database that is not whole says nothing about the fault.
  private static List<Finding> inForce(Facts facts, FailoverFacts failover) {
    boolean broken = facts.run().figures().inject().isPresent();
    return broken
        ? failover.databases().stream().flatMap(one -> NodeFindings.of(one).stream()).toList()
        : List.of();
  }
}
