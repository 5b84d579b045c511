package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.codec.Codec;
import dev.faultline.node.cluster.ObjectUndo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What undoes the changes of an object, as its annotation {@code faultline.dev/undo} has it: a list
 * of changes in JSON, each with its run. An object that has one carries the label {@code
 * faultline.dev/run} too, the run of its newest change, by which it is found.
 *
 * @param entries the changes, the oldest first
 */
record UndoNote(List<Entry> entries) {

  static final String ANNOTATION = ObjectUndo.ANNOTATION;
  static final String LABEL = ObjectUndo.LABEL;

  private static final String WEIGHTS = "\\d{0,9}:\\d{0,9}(, \\d{0,9}:\\d{0,9})*";

  UndoNote {
    entries = List.copyOf(entries);
  }

  /**
   * One change.
   *
   * @param run whose it is
   * @param mark names it within the run
   */
  record Entry(String run, String mark, List<FieldChange> changes) {
    Entry {
      changes = List.copyOf(changes);
    }

    boolean is(String otherRun, String otherMark) {
      return run.equals(otherRun) && mark.equals(otherMark);
    }
  }

  /**
   * The note of an object; an empty one where it has none.
   *
   * @throws ApiTrouble when it cannot be read: somebody else wrote it, or another Faultline
   */
  static UndoNote of(JsonNode object) throws ApiTrouble {
    String text = object.path("metadata").path("annotations").path(ANNOTATION).asString("");
    if (text.isEmpty()) {
      return new UndoNote(List.of());
    }
    try {
      Optional<UndoNote> note = Optional.ofNullable(Codec.whole(UndoNote.class).readValue(text));
      return note.filter(UndoNote::isWhole).orElseThrow(() -> foreign(object));
    } catch (JacksonException broken) {
      throw foreign(object);
    }
  }

  /** Whether each value can be one of its field. */
  private static boolean isWhole(UndoNote note) {
    return note.entries().stream()
        .flatMap(entry -> entry.changes().stream())
        .allMatch(
            change ->
                Stream.concat(change.was().stream(), change.is().stream())
                    .allMatch(
                        value ->
                            switch (change.field()) {
                              case ObjectField.Replicas _ -> value.matches("\\d{1,9}");
                              case ObjectField.Weights _ -> value.matches(WEIGHTS);
                              default -> true;
                            }));
  }

  private static ApiTrouble foreign(JsonNode object) {
    return new ApiTrouble(
        BlindReason.MALFORMED,
        "the annotation %s of %s cannot be read: it was not written by this Faultline"
            .formatted(ANNOTATION, object.path("metadata").path("name").asString("")));
  }

  /** Which other run has changed an object, as its label has it, in words; empty when none has. */
  static Optional<String> taken(JsonNode object, String run) {
    return Optional.of(object.path("metadata").path("labels").path(LABEL).asString(""))
        .filter(label -> !label.isEmpty() && !label.equals(ObjectUndo.label(run)))
        .map(
            other ->
                "run %s has changed it and not put it back; wait for its end, or take it back with"
                        .formatted(other)
                    + " 'faultline undo --cluster %s'".formatted(other));
  }

  Optional<Entry> find(String run, String mark) {
    return entries.stream().filter(entry -> entry.is(run, mark)).findFirst();
  }

  UndoNote with(Entry entry) {
    List<Entry> more = new ArrayList<>(entries);
    more.add(entry);
    return new UndoNote(more);
  }

  /** The same without the change that has the mark of this one, and with this one at the end. */
  UndoNote replacing(Entry entry) {
    return without(entry.run(), entry.mark()).with(entry);
  }

  UndoNote without(String run, String mark) {
    return new UndoNote(entries.stream().filter(entry -> !entry.is(run, mark)).toList());
  }

  /** Writes annotation and label into a merge patch; both are removed where nothing is noted. */
  void write(ObjectNode patch) {
    ObjectNode annotations = patch.withObject("/metadata/annotations");
    ObjectNode labels = patch.withObject("/metadata/labels");
    if (entries.isEmpty()) {
      annotations.putNull(ANNOTATION);
      labels.putNull(LABEL);
      return;
    }
    annotations.put(ANNOTATION, Codec.json().writeValueAsString(this));
    labels.put(LABEL, ObjectUndo.label(entries.getLast().run()));
  }
}
