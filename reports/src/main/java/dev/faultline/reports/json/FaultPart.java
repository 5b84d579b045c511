package dev.faultline.reports.json;

import dev.faultline.model.fault.EndsBy;
import dev.faultline.reports.facts.FaultFacts;
import dev.faultline.reports.facts.StepFacts;
import java.util.List;
import java.util.Optional;

/**
 * One fault.
 *
 * @param endsBy the layers that end it, whatever is killed
 * @param steps every step that was intended
 */
public record FaultPart(String name, String words, List<LayerPart> endsBy, List<StepPart> steps) {

  /** One layer; without a time where that depends on a person or a later run. */
  public record LayerPart(String layer, Optional<Double> withinSeconds, String how) {
    static LayerPart of(EndsBy layer) {
      return new LayerPart(Seconds.word(layer.layer()), Seconds.of(layer.within()), layer.how());
    }
  }

  /** One step. */
  public record StepPart(
      String target,
      int occurrence,
      int step,
      String action,
      double intendedAtSeconds,
      String effect,
      ProofPart proof,
      Optional<UndoStepPart> undo) {}

  /** How a step was taken back. */
  public record UndoStepPart(String action, String effect, ProofPart proof) {}

  /**
   * What was shown.
   *
   * @param shown {@code proven}, {@code not-proven} or {@code none}: nothing to ask for
   */
  public record ProofPart(String shown, Optional<Double> atSeconds, String words) {}

  static FaultPart of(FaultFacts fault) {
    return new FaultPart(
        fault.name(),
        fault.words(),
        fault.planned().stream()
            .flatMap(plan -> plan.endsBy().stream())
            .map(LayerPart::of)
            .toList(),
        fault.steps().stream().map(FaultPart::step).toList());
  }

  private static StepPart step(StepFacts step) {
    return new StepPart(
        step.summary().ref().target(),
        step.summary().ref().occurrence(),
        step.summary().ref().step(),
        step.action(),
        Seconds.of(step.summary().intended()),
        step.effect(),
        new ProofPart(
            Seconds.word(step.shown()), Seconds.of(step.summary().effective()), step.proof()),
        step.undoable() ? Optional.of(undo(step)) : Optional.empty());
  }

  private static UndoStepPart undo(StepFacts step) {
    return new UndoStepPart(
        step.undo(),
        step.undoEffect(),
        new ProofPart(
            Seconds.word(step.ended()), Seconds.of(step.summary().ended()), step.undoProof()));
  }
}
