package dev.faultline.model.codec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.faultline.judge.Quantity;

/** How bounds are written: {@code below: 1%}, {@code between: [1, 3]}. */
interface BoundForms {

  /** A bound of one limit is written as that limit. */
  abstract class Limit {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Limit(Quantity limit) {}

    @JsonValue
    abstract Quantity limit();
  }

  /** An interval is written as a pair. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"low", "high"})
  abstract class Interval {}
}
