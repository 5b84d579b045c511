package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;

/** A {@code kind: Experiment} document. */
public record Experiment(String apiVersion, String kind, Metadata metadata, ExperimentSpec spec)
    implements Document {

  /** Requires a name and a content. */
  public Experiment {
    InvalidValue.required(metadata, "metadata");
    InvalidValue.required(spec, "spec");
  }
}
