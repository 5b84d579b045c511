package dev.faultline.model.world;

/** What came of an action. */
public sealed interface Effect {

  /** What happened, in words. */
  String detail();

  /** The action was carried out. */
  record Done(String detail) implements Effect {}

  /** What the action speaks of is no longer what the plan saw; it was left alone. */
  record Superseded(String detail) implements Effect {}

  /** The action was not carried out, or not to its end. */
  record Failed(String detail) implements Effect {}
}
