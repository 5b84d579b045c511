package dev.faultline.model.codec;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record refuses the values it was given; the message says why and what would do. */
public final class InvalidValue extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String field;

  /** A refusal of one field. */
  public InvalidValue(String field, String message) {
    super(message);
    this.field = field;
  }

  /** A refusal of the whole record. */
  public InvalidValue(String message) {
    super(message);
    this.field = null;
  }

  /** The key that is at fault, where it is one key. */
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }

  /** The value, which must be there. */
  public static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new InvalidValue("'%s' is missing".formatted(field));
    }
    return value;
  }
}
