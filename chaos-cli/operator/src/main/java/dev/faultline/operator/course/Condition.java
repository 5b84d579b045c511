package dev.faultline.operator.course;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One condition of an object, in the form that all of Kubernetes has.
 *
 * @param type what it speaks of, such as {@code Accepted}
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason why, in a word
 * @param message why, in a sentence
 * @param lastTransitionTime since when the status is so
 * @param observedGeneration the generation of the object that it is about
 */
public record Condition(
    String type,
    String status,
    String reason,
    String message,
    Instant lastTransitionTime,
    long observedGeneration) {

  /** Whether it is so. */
  public boolean holds() {
    return status.equals("True");
  }

  /** These conditions with this one in the place of its type; one that stays so keeps its time. */
  public static List<Condition> put(List<Condition> all, Condition next) {
    List<Condition> others = new ArrayList<>();
    Condition kept = next;
    for (Condition one : all) {
      if (!one.type().equals(next.type())) {
        others.add(one);
      } else if (one.status().equals(next.status())) {
        kept =
            new Condition(
                next.type(),
                next.status(),
                next.reason(),
                next.message(),
                one.lastTransitionTime(),
                next.observedGeneration());
      }
    }
    others.add(kept);
    return List.copyOf(others);
  }
}
