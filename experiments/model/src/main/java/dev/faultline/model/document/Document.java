package dev.faultline.model.document;

/** One document of a file: an envelope of version, kind, name and content. */
public sealed interface Document permits Experiment, Rollout, GameDay, Environment, Policy {

  /** The version of the language that this Faultline reads. */
  String API_VERSION = "faultline.dev/v1";

  /** The name and labels. */
  Metadata metadata();
}
