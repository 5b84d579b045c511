package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;

/**
 * When runs happen by themselves, and when they must not: a {@code kind: GameDay} document.
 *
 * @param apiVersion the version of the language
 * @param kind the kind of document
 * @param metadata its name and labels
 * @param spec its content
 */
public record GameDay(String apiVersion, String kind, Metadata metadata, GameDaySpec spec)
    implements Document {

  /** Requires a name and a content. */
  public GameDay {
    InvalidValue.required(metadata, "metadata");
    InvalidValue.required(spec, "spec");
  }
}
