package dev.faultline.app.language;

import java.util.List;
import java.util.Optional;

/**
 * A record of the language as it is written.
 *
 * @param type the record
 * @param text what its Javadoc says
 * @param fields its keys; each word of an inlined part is one
 * @param choices the parts that are written as one of several words
 * @param shorter forms that are written in place of the keys
 */
public record Mapping(
    Class<?> type, String text, List<Field> fields, List<Choice> choices, List<Form> shorter) {

  /** Keeps the lists unchangeable. */
  public Mapping {
    fields = List.copyOf(fields);
    choices = List.copyOf(choices);
    shorter = List.copyOf(shorter);
  }

  /**
   * Words of which at most one may be there.
   *
   * @param part what they are words for
   * @param needed whether one of them must be there
   * @param implied a key that lets all of them be left out
   */
  public record Choice(String part, List<String> words, boolean needed, Optional<String> implied) {
    /** Keeps the words unchangeable. */
    public Choice {
      words = List.copyOf(words);
    }
  }

  /** Whether another form stands in place of these keys, or there are none. */
  boolean replaced() {
    return shorter.stream().anyMatch(Form.Keys.class::isInstance)
        || (fields.isEmpty() && !shorter.isEmpty());
  }
}
