package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.environment.EnvironmentSpec;

/**
 * Where targets and measurements are found: a {@code kind: Environment} document.
 *
 * @param apiVersion the version of the language
 * @param kind the kind of document
 * @param metadata its name and labels
 * @param spec its content
 */
public record Environment(String apiVersion, String kind, Metadata metadata, EnvironmentSpec spec)
    implements Document {

  /** Requires a name and a content. */
  public Environment {
    InvalidValue.required(metadata, "metadata");
    InvalidValue.required(spec, "spec");
  }
}
