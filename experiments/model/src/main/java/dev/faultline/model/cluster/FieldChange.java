package dev.faultline.model.cluster;

import java.util.Optional;

/**
 * A change of one field, both ways.
 *
 * @param was its value before; empty where the field was absent
 * @param is its value while the fault is in force; empty where the field is absent then
 */
public record FieldChange(ObjectField field, Optional<String> was, Optional<String> is) {

  private static final int LONGEST = 60;

  /** The change in words, such as {@code replicas from 3 to 0}. */
  public String words() {
    return "%s from %s to %s".formatted(field.words(), spelled(was), spelled(is));
  }

  /** The change back in words, such as {@code replicas to 3}. */
  public String backWords() {
    return "%s to %s".formatted(field.words(), spelled(was));
  }

  private static String spelled(Optional<String> value) {
    return value
        .map(text -> text.isEmpty() ? "''" : text)
        .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
        .orElse("none");
  }
}
