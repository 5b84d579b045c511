package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;

/**
 * How a new version takes over, and what it must be no worse than: a {@code kind: Rollout}
 * document.
 *
 * @param apiVersion the version of the language
 * @param kind the kind of document
 * @param metadata its name and labels
 * @param spec its content
 */
public record Rollout(String apiVersion, String kind, Metadata metadata, RolloutSpec spec)
    implements Document {

  /** Requires a name and a content. */
  public Rollout {
    InvalidValue.required(metadata, "metadata");
    InvalidValue.required(spec, "spec");
  }
}
