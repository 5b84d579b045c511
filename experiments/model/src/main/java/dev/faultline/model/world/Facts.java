package dev.faultline.model.world;

import java.util.List;

/**
 * What is known about a target at one moment.
 *
 * @param instances the concrete things that it names, in a stable order
 * @param missing names that stand for nothing here
 * @param known every name that could have been meant
 */
public record Facts(List<Instance> instances, List<String> missing, List<String> known) {

  /** Keeps the lists unchangeable. */
  public Facts {
    instances = List.copyOf(instances);
    missing = List.copyOf(missing);
    known = List.copyOf(known);
  }
}
