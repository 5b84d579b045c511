package dev.faultline.app;

import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import dev.faultline.model.summary.Figures;
import dev.faultline.model.summary.Moment;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.StepSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The end of a run: one sentence, the figures, the path of the report. */
final class VerdictView {

  private final Console console;

  VerdictView(Console console) {
    this.console = console;
  }

  void print(RunSummary run, Path report) {
    Verdict verdict = run.verdict().orElseThrow();
    console.out().println();
    console.out().println(sentence(run, verdict));
    verdict.reasons().stream()
        .skip(1)
        .forEach(more -> console.out().println("  also: " + Inert.text(more.words())));
    undo(run);
    figures(run.figures());
    console.out().println("  report      " + report.toAbsolutePath().normalize());
  }

  private String sentence(RunSummary run, Verdict verdict) {
    Style style =
        switch (verdict.outcome()) {
          case PASSED -> Style.GREEN;
          case INCONCLUSIVE, HALTED, NOT_READY, REFUSED, PAUSED -> Style.YELLOW;
          case FAILED, ROLLED_BACK, INTERNAL_ERROR, UNDO_NOT_PROVEN -> Style.RED;
        };
    String why =
        verdict.reasons().isEmpty()
            ? run.start().control()
                ? "the gates held while nothing was broken"
                : run.start().spec().hypothesis().orElse("every gate held and every fault is over")
            : verdict.reasons().getFirst().words();
    return style.on(
            console,
            "%s %s"
                .formatted(
                    verdict.outcome() == Outcome.PASSED
                        ? "PASSED"
                        : verdict.outcome().words().toUpperCase(Locale.ROOT),
                    run.start().experiment()))
        + ": "
        + Inert.text(why);
  }

  private void undo(RunSummary run) {
    long all = run.steps().stream().filter(step -> step.step().undo().isPresent()).count();
    long open = run.steps().stream().filter(StepSummary::open).count();
    console
        .out()
        .printf(
            "  undo        %s%n",
            all == 0
                ? "nothing to undo"
                : "%d of %d steps proven undone".formatted(all - open, all));
  }

  private void figures(Figures figures) {
    if (figures.inject().isEmpty()) {
      return;
    }
    Duration zero = figures.inject().get().elapsed();
    String off = " ±" + Spell.time(figures.uncertainty());
    line("fault", "at " + Spell.time(zero) + " into the run", figures.inject());
    line("impact", after(figures.impact(), zero, off), figures.impact());
    line("detected", after(figures.detect(), zero, ""), figures.detect());
    line("mitigated", after(figures.mitigate(), zero, ""), figures.mitigate());
    line("steady", after(figures.steady(), zero, off), figures.steady());
    console
        .out()
        .printf(
            "  TTD %s, TTM %s, TTR %s%n",
            spell(figures.timeToDetect()),
            spell(figures.timeToMitigate()),
            spell(figures.timeToRecover()));
  }

  private static String spell(Optional<Duration> time) {
    return time.map(length -> length.isNegative() ? "before the impact" : Spell.time(length))
        .orElse("not seen");
  }

  private static String after(Optional<Moment> moment, Duration zero, String off) {
    return moment
        .map(
            at ->
                at.elapsed().compareTo(zero) < 0
                    ? "with the fault"
                    : "+" + Spell.time(at.elapsed().minus(zero)) + off)
        .orElse("not seen");
  }

  private void line(String name, String when, Optional<Moment> moment) {
    console
        .out()
        .printf(
            "  %-11s %-22s %s%n",
            name,
            when,
            moment.map(at -> Style.DIM.on(console, Inert.text(at.evidence()))).orElse(""));
  }
}
