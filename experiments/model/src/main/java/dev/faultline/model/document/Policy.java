package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;

/**
 * Rules that plans, and the manifests of what is to be released, must satisfy: a {@code kind:
 * Policy} document.
 *
 * @param apiVersion the version of the language
 * @param kind the kind of document
 * @param metadata its name and labels
 * @param spec its content
 */
public record Policy(String apiVersion, String kind, Metadata metadata, PolicySpec spec)
    implements Document {

  /** Requires a name and a content. */
  public Policy {
    InvalidValue.required(metadata, "metadata");
    InvalidValue.required(spec, "spec");
  }
}
