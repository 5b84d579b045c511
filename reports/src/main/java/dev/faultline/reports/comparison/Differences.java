package dev.faultline.reports.comparison;

import dev.faultline.model.environment.Load;
import dev.faultline.model.event.Event;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.comparison.Comparison.Difference;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.FailoverFacts;
import dev.faultline.reports.facts.NodeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What is not the same in two runs, and may be why their figures differ. */
final class Differences {

  private final RunSummary first;
  private final RunSummary second;
  private final List<String> warnings = new ArrayList<>();

  private Differences(RunSummary first, RunSummary second) {
    this.first = first;
    this.second = second;
  }

  /** Settings of the databases that one run had otherwise than the other. */
  static List<Difference> settings(Facts first, Facts second) {
    Map<String, String> was = settings(first);
    Map<String, String> is = settings(second);
    TreeSet<String> names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(was.get(name), is.get(name)))
        .map(name -> new Difference(name, spelled(was, name), spelled(is, name)))
        .toList();
  }

  private static Map<String, String> settings(Facts facts) {
    Map<String, String> all = new TreeMap<>();
    List<NodeFacts> databases = facts.failover().map(FailoverFacts::databases).orElse(List.of());
    for (NodeFacts database : databases) {
      database
          .before()
          .settings()
          .forEach((name, value) -> all.put(database.database() + " " + name, value));
    }
    return all;
  }

  private static String spelled(Map<String, String> settings, String name) {
    String value = settings.getOrDefault(name, "not known");
    return value.isBlank() ? "empty" : value;
  }

  /** Why the figures may not be comparable. */
  static List<String> warnings(RunSummary first, RunSummary second) {
    Differences found = new Differences(first, second);
    found.differs("the experiments differ", Event.RunStarted::experiment);
    found.differs("the hosts differ", Event.RunStarted::host);
    found.differs("the versions of Faultline differ", Event.RunStarted::version);
    found.control();
    found.unfinished();
    found.plan();
    found.load();
    found.ledger();
    return List.copyOf(found.warnings);
  }

  private void differs(String what, Function<Event.RunStarted, String> part) {
    String was = part.apply(first.start());
    String is = part.apply(second.start());
    if (!was.equals(is)) {
      warnings.add("%s: %s, %s".formatted(what, was, is));
    }
  }

  private void control() {
    if (first.start().control() != second.start().control()) {
      warnings.add("only one of them is a control run, without its faults");
    }
  }

  private void unfinished() {
    for (RunSummary run : List.of(first, second)) {
      if (run.verdict().isEmpty()) {
        warnings.add(
            "run %s has no end: its figures are those of its beginning"
                .formatted(run.start().run()));
      }
    }
  }

  private void plan() {
    boolean same = first.plan().map(Plan::hash).equals(second.plan().map(Plan::hash));
    if (!same && first.start().experiment().equals(second.start().experiment())) {
      warnings.add("the plans differ: what was done, to what, or how it was undone");
    }
  }

  private void load() {
    Optional<String> was = rate(first);
    Optional<String> is = rate(second);
    if (!was.equals(is)) {
      warnings.add("the load differs: %s, %s".formatted(was.orElse("none"), is.orElse("none")));
    }
  }

  // An address may carry a password; its port changes with every lab.
  private static Optional<String> rate(RunSummary run) {
    return run.start().spec().load().or(() -> run.start().environment().load()).map(Load::words);
  }

  private void ledger() {
    Optional<String> was = writers(first);
    Optional<String> is = writers(second);
    if (!was.equals(is)) {
      warnings.add("the ledgers differ: %s, %s".formatted(was.orElse("none"), is.orElse("none")));
    }
  }

  private static Optional<String> writers(RunSummary run) {
    return run.start()
        .spec()
        .ledger()
        .map(
            asked ->
                "%s writers at %s/s".formatted(asked.writerCount(), Math.round(asked.perSecond())));
  }
}
