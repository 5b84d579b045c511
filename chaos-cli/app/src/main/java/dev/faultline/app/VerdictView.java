package dev.faultline.app;

import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import dev.faultline.model.summary.Figures;
import dev.faultline.model.summary.Moment;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.facts.Headline;
import dev.faultline.reports.facts.RolloutFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The end of a run: one sentence, the figures, the path of the report. */
final class VerdictView {

  private final Page out;

  VerdictView(Page out) {
    this.out = out;
  }

  void print(RunSummary run, Path report) {
    Verdict verdict = run.verdict().orElseThrow();
    out.line("");
    sentence(run, verdict);
    verdict.reasons().stream()
        .skip(1)
        .forEach(more -> out.wrapped("  also: ", Inert.text(more.words())));
    undo(run);
    Optional<RolloutFacts> rollout = RolloutFacts.of(run);
    rollout.ifPresent(facts -> new RolloutView(out).print(facts));
    // Of a rollout, the moments of a failure only tell something where a gate was hurt.
    if (rollout.isEmpty() || run.figures().impact().isPresent()) {
      run.figures().inject().ifPresent(fault -> figures(run, fault, verdict.outcome()));
    }
    new FindingsView(out).print(run);
    out.line("  report      " + report.toAbsolutePath().normalize());
  }

  private void sentence(RunSummary run, Verdict verdict) {
    Style style =
        switch (verdict.outcome()) {
          case PASSED -> Style.GREEN;
          case INCONCLUSIVE, HALTED, NOT_READY, REFUSED, PAUSED -> Style.YELLOW;
          case FAILED, ROLLED_BACK, INTERNAL_ERROR, UNDO_NOT_PROVEN -> Style.RED;
        };
    String head = heading(run, verdict).toUpperCase(Locale.ROOT) + " " + run.start().experiment();
    out.wrapped(out.in(style, head) + ": ", Inert.text(why(run, verdict)));
  }

  private static String heading(RunSummary run, Verdict verdict) {
    return run.rollout().isEmpty() ? verdict.outcome().words() : Headline.of(run).word();
  }

  private static String why(RunSummary run, Verdict verdict) {
    if (!verdict.reasons().isEmpty()) {
      return verdict.reasons().getFirst().words();
    }
    return run.start().control()
        ? "the gates held while nothing was broken"
        : run.start().spec().hypothesis().orElse("every gate held and every fault is over");
  }

  private void undo(RunSummary run) {
    long open = run.open().size();
    long all =
        run.steps().stream()
            .filter(step -> step.step().undo().isPresent())
            .filter(step -> !step.open() || !run.kept(step))
            .count();
    String words =
        all == 0 ? "nothing to undo" : "%d of %d steps proven undone".formatted(all - open, all);
    out.line("  undo        " + (open == 0 ? words : out.in(Style.RED, words)));
  }

  private void figures(RunSummary run, Moment fault, Outcome outcome) {
    Figures figures = run.figures();
    Duration zero = fault.elapsed();
    String off = " ±" + Spell.time(figures.uncertainty());
    List<String> unseen = new ArrayList<>();
    row("fault", Spell.time(zero) + " into the run", fault.evidence());
    if (figures.impact().isEmpty() && outcome == Outcome.PASSED) {
      out.line("  impact      none: no gate left its bound");
    } else {
      row("impact", figures.impact(), zero, off, unseen);
    }
    row("detected", figures.detect(), zero, "", unseen);
    row("mitigated", figures.mitigate(), zero, "", unseen);
    if (figures.impact().isPresent() || outcome != Outcome.PASSED) {
      row("steady", figures.steady(), zero, off, unseen);
    }
    if (!unseen.isEmpty()) {
      out.line("  not seen    " + String.join(", ", unseen));
    }
    times(figures);
  }

  private void row(
      String name, Optional<Moment> moment, Duration zero, String off, List<String> unseen) {
    if (moment.isEmpty()) {
      unseen.add(name);
      return;
    }
    Duration since = moment.get().elapsed().minus(zero);
    row(
        name,
        since.isNegative() ? "with the fault" : "+" + Spell.time(since) + off,
        moment.get().evidence());
  }

  private void row(String name, String when, String evidence) {
    String head = "  %-11s %-20s ".formatted(name, when);
    out.line(head + out.in(Style.DIM, out.cut(head.length(), Inert.text(evidence))));
  }

  private void times(Figures figures) {
    List<String> known = new ArrayList<>();
    figures.timeToDetect().ifPresent(time -> known.add("TTD " + spell(time)));
    figures.timeToMitigate().ifPresent(time -> known.add("TTM " + spell(time)));
    figures.timeToRecover().ifPresent(time -> known.add("TTR " + spell(time)));
    if (!known.isEmpty()) {
      out.line("  figures     " + String.join(", ", known));
    }
  }

  private static String spell(Duration time) {
    return time.isNegative() ? "before the impact" : Spell.time(time);
  }
}
