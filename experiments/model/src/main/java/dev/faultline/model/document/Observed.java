package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.OneOf;
import dev.faultline.model.codec.Words;
import dev.faultline.model.observation.Observation;
import java.util.Optional;

/**
 * An observation in an experiment.
 *
 * @param name names it within the experiment; its word when absent
 * @param what what is looked at
 */
public record Observed(Optional<String> name, @OneOf Observation what) {

  /** Refuses what cannot be a name. */
  public Observed {
    if (name.isPresent() && !name.get().matches("[a-zA-Z][a-zA-Z0-9 _.-]{0,62}")) {
      throw new InvalidValue(
          "name",
          "'%s' cannot name an observation: a letter, then letters, digits, ' ', '-', '_', '.'"
              .formatted(name.get()));
    }
  }

  /** The name given, or the word of what is looked at. */
  public String title() {
    return name.orElseGet(() -> Words.wordOf(what));
  }
}
