package dev.faultline.model.cluster;

import java.util.List;
import java.util.Optional;

/**
 * How an object stands.
 *
 * @param marked whether it carries what undoes the change that is asked about
 * @param fields each field of that change
 */
public record ObjectReading(boolean marked, List<FieldReading> fields) {

  /** Keeps the list unchangeable. */
  public ObjectReading {
    fields = List.copyOf(fields);
  }

  /**
   * How a field stands.
   *
   * @param stated the value that the object states
   * @param real the value that the cluster has brought about so far: of replicas, how many pods
   *     there are; of everything else, what is stated; empty where its controller has not seen yet
   *     what is stated
   */
  public record FieldReading(ObjectField field, Optional<String> stated, Optional<String> real) {}

  /** Whether each field has really the value that it is to have while the fault is in force. */
  public boolean has(List<FieldChange> changes) {
    return changes.stream()
        .allMatch(
            change ->
                fields.stream()
                    .anyMatch(
                        field ->
                            field.field().equals(change.field())
                                && field.stated().equals(change.is())
                                && field.real().equals(change.is())));
  }

  /** In words, such as {@code marked, replicas 0 (1 there)}. */
  public String words() {
    return (marked ? "marked, " : "")
        + String.join(
            ", ",
            fields.stream()
                .map(
                    field ->
                        "%s %s%s"
                            .formatted(
                                field.field().words(),
                                field.stated().orElse("none"),
                                field.real().equals(field.stated())
                                    ? ""
                                    : field
                                        .real()
                                        .map(" (really %s)"::formatted)
                                        .orElse(" (which its controller has not seen yet)")))
                .toList());
  }
}
