package dev.faultline.operator.course;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What became of an object, as its {@code status} says. Immutable.
 *
 * @param verdict how the run ended
 * @param exitCode what {@code faultline run} would have ended with
 * @param message what there is to know, in a sentence
 * @param run the id of the run
 * @param holder the replica that makes the run
 * @param awaits what a person must approve for it to go on; empty where it waits for nobody
 * @param requested the last request to run again that was met; empty where none was
 * @param observedGeneration the generation that this is about
 * @param openFaults how many steps may be in force
 * @param inForce these steps, each with what undoes it
 * @param events the last changes of state, the newest last
 */
public record Status(
    Phase phase,
    Optional<String> verdict,
    Optional<Integer> exitCode,
    Optional<String> message,
    Optional<String> run,
    Optional<String> holder,
    Optional<String> awaits,
    Optional<String> requested,
    long observedGeneration,
    int openFaults,
    Optional<Instant> began,
    Optional<Instant> ended,
    List<String> inForce,
    List<String> events,
    List<Condition> conditions) {

  /** That of an object which nobody has looked at. */
  public static final Status NONE =
      new Status(
          Phase.PENDING,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          0,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of());

  /** Keeps the lists unchangeable. */
  public Status {
    inForce = List.copyOf(inForce);
    events = List.copyOf(events);
    conditions = List.copyOf(conditions);
  }

  /** Reads what an object says; empty where another version wrote it. */
  public static Optional<Status> read(JsonNode written) {
    return StatusForm.read(written, NONE);
  }

  /** A merge patch that makes it the status of an object, and takes away what it does not say. */
  public JsonNode patch() {
    return StatusForm.patch(this);
  }

  /** Whether all that was asked for, by this generation and this request, has come to its end. */
  boolean settles(Seen seen) {
    return !phase.live()
        && phase != Phase.PENDING
        && observedGeneration == seen.generation()
        && requested.equals(seen.requested());
  }
}
