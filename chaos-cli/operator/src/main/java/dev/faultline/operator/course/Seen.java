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
