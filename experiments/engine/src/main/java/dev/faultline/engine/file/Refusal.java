package dev.faultline.engine.file;

import dev.faultline.model.codec.Complaints;
import dev.faultline.model.codec.InvalidValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What is wrong in a document, in the words of a person.
 *
 * @param path keys and indexes down to the culprit
 * @param spot where at the end of the path it shows
 * @param problem what is wrong and what to do
 */
record Refusal(List<String> path, Spot spot, String problem) {

  /** Where a person looks for a culprit. */
  enum Spot {
    /** At the key itself. */
    KEY,
    /** Where the value begins. */
    VALUE,
    /** At a single value; at the key of a list or mapping. */
    WHOLE
  }

  Refusal {
    path = List.copyOf(path);
  }

  /** What a record said when it was given its values. */
  static Refusal of(JacksonException complaint) {
    List<String> path = new ArrayList<>(Complaints.path(complaint));
    Optional<IllegalArgumentException> ours = cause(complaint);
    if (ours.isPresent() && ours.get() instanceof InvalidValue value) {
      value.field().ifPresent(field -> path.addAll(Arrays.asList(field.split("/"))));
      return new Refusal(path, Spot.WHOLE, String.valueOf(value.getMessage()));
    }
    return new Refusal(
        path,
        Spot.WHOLE,
        ours.map(said -> String.valueOf(said.getMessage()))
            .orElse("this value does not fit here; see docs/file-format.md"));
  }

  private static Optional<IllegalArgumentException> cause(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof IllegalArgumentException ours && !(at instanceof JacksonException)) {
        return Optional.of(ours);
      }
    }
    return Optional.empty();
  }

  /** The problem with the path as Kubernetes spells paths: {@code spec.gates[0].name}. */
  String words() {
    String spelled = Complaints.spell(path);
    return spelled.isEmpty() ? problem : "%s (%s)".formatted(problem, spelled);
  }
}
