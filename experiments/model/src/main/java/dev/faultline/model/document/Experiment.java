package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;

/**
 * What is believed, what is broken and what must hold: a {@code kind: Experiment} document.
 *
 * @param apiVersion the version of the language
 * @param kind the kind of document
 * @param metadata its name and labels
 * @param spec its content
 */
public record Experiment(String apiVersion, String kind, Metadata metadata, ExperimentSpec spec)
    implements Document {

  /** Requires a name and a content. */
  public Experiment {
    InvalidValue.required(metadata, "metadata");
    InvalidValue.required(spec, "spec");
    requireProof(spec);
  }

  private static void requireProof(ExperimentSpec spec) {
    if (spec.gates().isEmpty()) {
      throw new InvalidValue(
          "spec/gates",
          "an experiment needs at least one gate: without one it would prove nothing");
    }
    if (spec.disturbances().isEmpty()) {
      throw new InvalidValue(
          "spec/faults", "an experiment needs at least one fault, or a load with 'steps'");
    }
  }
}
