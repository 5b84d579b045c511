package dev.faultline.reports.junit;

import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.facts.ComparisonFacts;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.FaultFacts;
import dev.faultline.reports.facts.GateFacts;
import dev.faultline.reports.facts.LedgerFacts;
import dev.faultline.reports.facts.Setting;
import dev.faultline.reports.facts.StepFacts;
import dev.faultline.reports.findings.Finding;
import dev.faultline.reports.findings.Findings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An experiment as a test suite: its verdict, its gates, its effects and their ends.
 *
 * @param name the experiment
 * @param timestamp when it began, in UTC
 * @param time how long it lasted, in seconds
 * @param properties its setting
 * @param cases what is claimed
 */
public record Suite(
    String name, String timestamp, String time, List<Setting> properties, List<Case> cases) {

  /** Keeps the lists unchangeable. */
  public Suite {
    properties = List.copyOf(properties);
    cases = List.copyOf(cases);
  }

  /** The suite of a run. */
  public static Suite of(Facts facts) {
    List<Case> cases = new ArrayList<>();
    cases.add(verdict(facts));
    facts.gates().forEach(gate -> cases.add(gate(facts, gate)));
    for (FaultFacts fault : facts.faults()) {
      if (fault.steps().isEmpty()) {
        cases.add(Case.skipped(group(facts, "faults"), fault.name(), "no step of it was begun"));
      }
      fault.steps().forEach(step -> addStep(facts, step, cases));
    }
    facts.rollout().ifPresent(r -> r.comparisons().forEach(c -> cases.add(compared(facts, c))));
    facts.failover().flatMap(found -> found.ledger()).ifPresent(l -> addLedger(facts, l, cases));
    RunSummary run = facts.run();
    return new Suite(
        facts.experiment(),
        run.began().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""),
        Case.seconds(run.lasted()),
        properties(facts),
        cases);
  }

  private static List<Setting> properties(Facts facts) {
    List<Setting> all = new ArrayList<>(facts.settings());
    facts
        .failover()
        .ifPresent(
            failover -> {
              failover.outage().ifPresent(o -> all.add(new Setting("RTO", o.recoveryTime())));
              failover
                  .ledger()
                  .ifPresent(
                      ledger ->
                          all.add(
                              new Setting(
                                  "RPO",
                                  "%s of %s acknowledged writes lost"
                                      .formatted(ledger.lost(), ledger.acknowledged()))));
            });
    facts.rollout().ifPresent(rollout -> all.add(new Setting("Rollout", rollout.words())));
    for (Finding finding : Findings.of(facts)) {
      all.add(
          new Setting(
              "Finding: " + finding.kind().words(),
              "%s. %s".formatted(finding.title(), finding.advice())));
    }
    return all;
  }

  // Whether a loss is bearable is for a gate to say; a table that nobody could read proves nothing.
  private static void addLedger(Facts facts, LedgerFacts ledger, List<Case> cases) {
    Case read =
        Case.passed(
            group(facts, "ledger"),
            "the acknowledged writes are accounted for",
            Duration.between(ledger.account().began(), ledger.account().at()));
    cases.add(
        ledger.account().tally().isPresent()
            ? read
            : read.error("unread", ledger.age(), ledger.account().unread()));
  }

  // A canary of which nothing was shown is neither blamed nor acquitted; that is no failure.
  private static Case compared(Facts facts, ComparisonFacts comparison) {
    String group = group(facts, "comparisons");
    String name = "%s: %s".formatted(comparison.name(), comparison.words());
    if (comparison.blocks().isEmpty()) {
      return Case.skipped(group, name, "nothing was compared");
    }
    Case passed = Case.passed(group, name, lasted(comparison));
    if (comparison.blames()) {
      return passed.failed("canary-worse", comparison.counts(), comparison.evidence());
    }
    boolean seen = comparison.blocks().stream().anyMatch(one -> one.what().look().isPresent());
    return seen
        ? passed
        : passed.error("blind", comparison.blind().getFirst().words(), comparison.evidence());
  }

  private static Duration lasted(ComparisonFacts comparison) {
    return comparison.blocks().getLast().elapsed().minus(comparison.blocks().getFirst().elapsed());
  }

  private static String group(Facts facts, String kind) {
    return facts.experiment() + "." + kind;
  }

  private static Case verdict(Facts facts) {
    Case passed =
        Case.passed(group(facts, "verdict"), "the hypothesis holds", facts.run().lasted());
    String words = facts.headline().word() + ": " + facts.headline().reason();
    String detail =
        String.join(
            "\n",
            facts.reasons().stream()
                .map(reason -> "%s: %s".formatted(reason.subject(), reason.words()))
                .toList());
    Optional<Outcome> outcome = facts.run().verdict().map(Verdict::outcome);
    if (outcome.isEmpty()) {
      return passed.error("no-verdict", words, detail);
    }
    String type = type(outcome.get());
    return switch (outcome.get()) {
      case PASSED -> passed;
      case FAILED, ROLLED_BACK, UNDO_NOT_PROVEN -> passed.failed(type, words, detail);
      case INCONCLUSIVE, INTERNAL_ERROR, HALTED, REFUSED, NOT_READY, PAUSED ->
          passed.error(type, words, detail);
    };
  }

  private static String type(Outcome outcome) {
    return outcome.words().replace(' ', '-');
  }

  private static Case gate(Facts facts, GateFacts gate) {
    String name = "%s is %s".formatted(gate.name(), gate.summary().gate().bound().words());
    if (gate.summary().points().isEmpty()) {
      return Case.skipped(group(facts, "gates"), name, "the gate was never read");
    }
    Case passed = Case.passed(group(facts, "gates"), name, watched(gate));
    return gate.firstBreach()
        .map(breach -> passed.failed("breached", breach, gate.query()))
        .or(() -> unseen(facts, gate, passed))
        .orElse(passed);
  }

  // Blind for a while is bearable when the verdict says so; blind all along proves nothing.
  private static Optional<Case> unseen(Facts facts, GateFacts gate, Case passed) {
    boolean seen = gate.phases().stream().anyMatch(phase -> phase.inside() + phase.outside() > 0);
    if (seen) {
      return Optional.empty();
    }
    String why = "the run ended before the gate counted";
    return gate.blind().stream()
        .findFirst()
        .map(first -> passed.error("blind", first.words(), gate.query()))
        .or(() -> Optional.of(Case.skipped(group(facts, "gates"), passed.name(), why)));
  }

  private static Duration watched(GateFacts gate) {
    return gate.summary()
        .points()
        .getLast()
        .elapsed()
        .minus(gate.summary().points().getFirst().elapsed());
  }

  private static void addStep(Facts facts, StepFacts step, List<Case> cases) {
    Duration begun = step.summary().intended();
    Case effect =
        Case.passed(
            group(facts, "faults"),
            "%s takes effect: %s".formatted(step.name(), step.action()),
            step.summary().effective().map(at -> at.minus(begun)).orElse(Duration.ZERO));
    cases.add(judged(effect, step.shown(), false, step.proof(), step.effect()));
    if (step.undoable()) {
      Case undo =
          Case.passed(
              group(facts, "undos"),
              "%s ends: %s".formatted(step.name(), step.undo()),
              step.summary().ended().map(at -> at.minus(begun)).orElse(Duration.ZERO));
      cases.add(judged(undo, step.ended(), true, step.undoProof(), step.undoEffect()));
    }
  }

  private static Case judged(
      Case passed, StepFacts.Shown shown, boolean undo, String words, String detail) {
    return switch (shown) {
      case PROVEN -> passed;
      case NOT_PROVEN ->
          undo
              ? passed.failed("undo-not-proven", words, detail)
              : passed.error("effect-not-proven", words, detail);
      case NONE -> Case.skipped(passed.group(), passed.name(), "there is no proof to ask for");
    };
  }

  /** The same with one case more. */
  Suite with(Case more) {
    List<Case> longer = new ArrayList<>(cases);
    longer.add(more);
    return new Suite(name, timestamp, time, properties, longer);
  }

  /** How many do not hold. */
  public long failures() {
    return count(Case.Result.FAILED);
  }

  /** Of how many nothing can be said. */
  public long errors() {
    return count(Case.Result.ERROR);
  }

  /** How many were not tried. */
  public long skipped() {
    return count(Case.Result.SKIPPED);
  }

  private long count(Case.Result result) {
    return cases.stream().filter(one -> one.result() == result).count();
  }
}
