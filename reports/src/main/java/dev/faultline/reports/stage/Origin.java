package dev.faultline.reports.stage;

import java.util.Map;

/**
 * Where an experiment was written.
 *
 * @param experiment its name
 * @param gates each of its gates, by name
 */
public record Origin(Located experiment, Map<String, Located> gates) {

  /** Keeps the map unchangeable. */
  public Origin {
    gates = Map.copyOf(gates);
  }

  /** Where the subject of a reason stands: the gate of that name, otherwise the experiment. */
  Located of(String subject) {
    return gates.getOrDefault(subject, experiment);
  }

  /** Where a note of a plan belongs: those on a gate begin with its name. */
  Located ofNote(String note) {
    return gates.entrySet().stream()
        .filter(gate -> note.startsWith("Gate %s: ".formatted(gate.getKey())))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(experiment);
  }
}
