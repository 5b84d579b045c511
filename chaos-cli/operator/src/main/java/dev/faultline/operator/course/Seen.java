package dev.faultline.operator.course;

import java.util.Map;
import java.util.Optional;

/**
 * What is seen of an object, but for its content.
 *
 * @param key which one it is
 * @param uid tells it from another that had its name
 * @param version that of the API server: a write which names it fails when it is no longer so
 * @param generation counts the changes of its content
 * @param ending whether somebody has deleted it
 * @param kept whether it is kept until its run is over
 */
public record Seen(
    Key key,
    String uid,
    String version,
    long generation,
    boolean ending,
    boolean kept,
    Map<String, String> annotations,
    Status status) {

  /** Asks for another run, by any text that is not the last one. */
  public static final String AGAIN = "faultline.dev/run-again";

  /** Stops the run that is on, with the reason. */
  public static final String HALT = "faultline.dev/halt";

  /** Keeps it from being run unless it is asked for: {@link #ASKED}. */
  public static final String RUN = "faultline.dev/run";

  /** The value of {@link #RUN}. */
  public static final String ASKED = "when-asked";

  /** Lets a run go on that waits for a person: what the status says it {@code awaits}. */
  public static final String APPROVE = "faultline.dev/approve";

  /** Who says so; the API server sees to it that it is he. */
  public static final String APPROVED_BY = "faultline.dev/approved-by";

  /** Accepts what is refused otherwise: {@code no-lease}. */
  public static final String ACCEPT = "faultline.dev/accept";

  /** Keeps the annotations unchangeable. */
  public Seen {
    annotations = Map.copyOf(annotations);
  }

  /** Which object. */
  public record Key(Kind kind, String namespace, String name) {

    /** Such as {@code Experiment shop/killed-pods}. */
    public String words() {
      return "%s %s/%s".formatted(kind.word(), namespace, name);
    }
  }

  /** The kinds of objects. */
  public enum Kind {
    /** An experiment. */
    EXPERIMENT("Experiment", "experiments"),
    /** A rollout. */
    ROLLOUT("Rollout", "rollouts"),
    /** What asks the others for their runs. */
    GAME_DAY("GameDay", "gamedays"),
    /** What the others run in. */
    ENVIRONMENT("Environment", "environments");

    private final String word;
    private final String plural;

    Kind(String word, String plural) {
      this.word = word;
      this.plural = plural;
    }

    /** As it is written in files. */
    public String word() {
      return word;
    }

    /** As it is written in addresses. */
    public String plural() {
      return plural;
    }
  }

  /** What another run is asked for with. */
  public Optional<String> requested() {
    return Optional.ofNullable(annotations.get(AGAIN));
  }

  /** Whether it is not to be run before somebody asks for it. */
  boolean sleeps() {
    return ASKED.equals(annotations.get(RUN))
        && (requested().isEmpty() || requested().equals(status.requested()));
  }

  /** Who lets a run go on that waits for this, if somebody does. */
  Optional<String> approvedBy(String awaited) {
    return awaited.equals(annotations.get(APPROVE))
        ? Optional.ofNullable(annotations.get(APPROVED_BY)).filter(who -> !who.isBlank())
        : Optional.empty();
  }

  /** Why the run that is on shall stop, if it shall. */
  public Optional<String> halted() {
    return ending
        ? Optional.of("the object was deleted")
        : Optional.ofNullable(annotations.get(HALT))
            .map(why -> why.isBlank() ? "halted by its annotation" : "halted: " + why);
  }

  /** The same with another status, as it is after a write. */
  public Seen with(Status next, String newer) {
    return new Seen(key, uid, newer, generation, ending, kept, annotations, next);
  }
}
