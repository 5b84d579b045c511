package dev.faultline.model.contract;

import dev.faultline.judge.Bound;
import dev.faultline.judge.Quantity;
import java.util.List;

/** Bounds of gates, for the contract tests of the language. */
final class BoundSamples {

  static final List<Bound> BOUNDS =
      List.of(
          new Bound.Below(Quantity.parse("1%")),
          new Bound.Above(Quantity.parse("40/s")),
          new Bound.Between(Quantity.parse("1ms"), Quantity.parse("2s")),
          new Bound.Equals(Quantity.parse("0")));

  private BoundSamples() {}
}
