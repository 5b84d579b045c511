package dev.faultline.model.codec;

import java.util.List;
import tools.jackson.core.JacksonException;

/** What is said of text that does not become a record, for people. */
public final class Complaints {

  // It has no type of its own.
  private static final List<String> LACKS =
      List.of("Missing required creator property", "Null value for creator property");

  private Complaints() {}

  /** Whether a part is missing, rather than wrong. */
  public static boolean isLack(JacksonException complaint) {
    return LACKS.stream().anyMatch(complaint.getOriginalMessage()::startsWith);
  }

  /** Keys and indexes down to the culprit. */
  public static List<String> path(JacksonException complaint) {
    return complaint.getPath().stream()
        .map(
            step ->
                step.getPropertyName() != null
                    ? step.getPropertyName()
                    : String.valueOf(step.getIndex()))
        .toList();
  }

  /** A path as Kubernetes spells paths: {@code spec.gates[0].name}; empty at the top. */
  public static String spell(List<String> path) {
    StringBuilder spelled = new StringBuilder();
    for (String step : path) {
      if (step.matches("\\d{1,9}")) {
        spelled.append('[').append(step).append(']');
      } else {
        spelled.append(spelled.isEmpty() ? "" : ".").append(step);
      }
    }
    return spelled.toString();
  }
}
