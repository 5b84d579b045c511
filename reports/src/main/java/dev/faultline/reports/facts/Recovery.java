package dev.faultline.reports.facts;

import dev.faultline.judge.GateState.Status;
import dev.faultline.model.summary.Figures;
import dev.faultline.model.summary.GateSummary;
import dev.faultline.model.summary.Moment;
import dev.faultline.model.summary.RunSummary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The moments of the failure and the times between them.
 *
 * @param moments in the order of a failure
 * @param spans what people ask for, made of the moments
 * @param uncertainty how far a moment that comes from a windowed query can be off
 * @param unhurt whether every gate was seen after the effect, and never outside its bound
 */
public record Recovery(
    List<At> moments, List<Between> spans, Duration uncertainty, boolean unhurt) {

  /**
   * One moment.
   *
   * @param windowed whether it comes from the gates, and is as uncertain as their windows
   */
  public record At(String name, String definition, Optional<Moment> moment, boolean windowed) {
    /** When, or that it was not seen. */
    public String time() {
      return moment.map(seen -> Spelling.at(seen.elapsed())).orElse("not seen");
    }
  }

  /**
   * One span between two moments.
   *
   * @param otherwise what to say when there is none
   */
  public record Between(
      String name, String title, String definition, Optional<Duration> span, String otherwise) {
    /** How long, or that it was not seen. */
    public String time() {
      return span.map(Spelling::span).orElse(otherwise);
    }
  }

  /** Keeps the lists unchangeable. */
  public Recovery {
    moments = List.copyOf(moments);
    spans = List.copyOf(spans);
  }

  /** What a run says of it. */
  public static Recovery of(RunSummary run) {
    Figures figures = run.figures();
    boolean unhurt = unhurt(run);
    return new Recovery(
        moments(figures),
        spans(figures, unhurt ? "no impact" : "not seen"),
        figures.uncertainty(),
        unhurt);
  }

  private static boolean unhurt(RunSummary run) {
    return run.figures()
        .inject()
        .map(inject -> run.gates().stream().allMatch(gate -> unhurt(gate, inject.elapsed())))
        .orElse(false);
  }

  private static boolean unhurt(GateSummary gate, Duration since) {
    List<GateSummary.Point> after =
        gate.points().stream().filter(point -> point.elapsed().compareTo(since) >= 0).toList();
    return !after.isEmpty() && after.stream().allMatch(point -> point.status() == Status.INSIDE);
  }

  private static List<At> moments(Figures figures) {
    return List.of(
        new At("t_inject", "the first fault was shown to take effect", figures.inject(), false),
        new At("t_impact", "the first signal left its bound", figures.impact(), true),
        new At(
            "t_detect",
            "the system itself noticed: its supervisor, alert or probe",
            figures.detect(),
            false),
        new At("t_alert", "the first gate of the experiment was breached", figures.alert(), true),
        new At("t_mitigate", "halt, rollback or repair began", figures.mitigate(), false),
        new At(
            "t_revert",
            "the last undo was proven; for faults that are over at once, their effect",
            figures.revert(),
            false),
        new At(
            "t_steady",
            "from here on every gate stayed inside its bound to the end",
            figures.steady(),
            true));
  }

  private static List<Between> spans(Figures figures, String otherwise) {
    return List.of(
        new Between(
            "TTD", "Time to detect", "t_detect − t_impact", figures.timeToDetect(), otherwise),
        new Between(
            "TTM",
            "Time to mitigate",
            "t_mitigate − t_impact",
            figures.timeToMitigate(),
            otherwise),
        new Between(
            "TTR", "Time to recover", "t_steady − t_impact", figures.timeToRecover(), otherwise));
  }

  /** The uncertainty in words; empty when there is none. */
  public Optional<String> plusMinus() {
    return uncertainty.isZero()
        ? Optional.empty()
        : Optional.of(("± " + Spelling.span(uncertainty)).replace(' ', '\u00a0'));
  }
}
