package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.environment.EnvironmentSpec;

/** A {@code kind: Environment} document. */
public record Environment(String apiVersion, String kind, Metadata metadata, EnvironmentSpec spec)
    implements Document {

  /** Requires a name and a content. */
  public Environment {
    InvalidValue.required(metadata, "metadata");
    InvalidValue.required(spec, "spec");
  }
}
