package dev.faultline.model.world;

import java.util.List;
import java.util.Optional;

/**
 * What is known about a target at one moment.
 *
 * @param instances the concrete things that it names, in a stable order
 * @param missing names that stand for nothing here
 * @param known every name that could have been meant
 * @param trouble why nothing is known; empty when something is
 */
public record Facts(
    List<Instance> instances, List<String> missing, List<String> known, Optional<String> trouble) {

  /** Keeps the lists unchangeable. */
  public Facts {
    instances = List.copyOf(instances);
    missing = List.copyOf(missing);
    known = List.copyOf(known);
  }

  /** What was found. */
  public Facts(List<Instance> instances, List<String> missing, List<String> known) {
    this(instances, missing, known, Optional.empty());
  }

  /** Nothing, as nobody could be asked. */
  public static Facts unread(String why) {
    return new Facts(List.of(), List.of(), List.of(), Optional.of(why));
  }
}
