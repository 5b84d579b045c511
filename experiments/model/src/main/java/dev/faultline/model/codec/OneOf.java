package dev.faultline.model.codec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record component of a sealed type that stands in the file without a name of its own: its
 * word (the decapitalised name of one permitted record) is a key beside the other components.
 *
 * <p>{@code record Gate(String name, @OneOf Bound bound)} is written {@code {name: errors, below:
 * 1%}}. Where the component is optional, the record judges whether a word must be there.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.FIELD,
  ElementType.PARAMETER,
  ElementType.METHOD
})
public @interface OneOf {
  /** A key of the record that lets the word be left out; none when empty. */
  String impliedBy() default "";

  /** The word that is then meant, without any content. */
  String implied() default "";
}
