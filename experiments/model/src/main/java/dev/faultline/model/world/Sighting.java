package dev.faultline.model.world;

/**
 * Something that the environment did or saw by itself while a run was on.
 *
 * @param kind what kind of thing
 * @param source who saw it, such as {@code supervisor}
 * @param words what happened, in one sentence without a full stop
 */
public record Sighting(Kind kind, String source, String words) {

  /** What a sighting means for the figures. */
  public enum Kind {
    /** Progress of preparation, for people. */
    PROGRESS,
    /** The system noticed that something is wrong. */
    DETECTED,
    /** The system began to repair itself. */
    MITIGATED,
    /** What was lost has a successor, which has begun its work. */
    PROMOTED,
    /** Worth telling. */
    NOTE
  }
}
