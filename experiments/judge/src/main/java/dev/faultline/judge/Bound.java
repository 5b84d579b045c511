package dev.faultline.judge;

/** The values with which a signal is content. */
public sealed interface Bound {

  /** Whether a value is inside the bound. */
  boolean holds(double value);

  /** The quantity whose unit describes the signal. */
  Quantity limit();

  /** The bound as a person would say it, such as {@code below 1%}. */
  String words();

  /** Less than the limit. */
  record Below(Quantity limit) implements Bound {
    @Override
    public boolean holds(double value) {
      return value < limit.value();
    }

    @Override
    public String words() {
      return "below " + limit;
    }
  }

  /** More than the limit. */
  record Above(Quantity limit) implements Bound {
    @Override
    public boolean holds(double value) {
      return value > limit.value();
    }

    @Override
    public String words() {
      return "above " + limit;
    }
  }

  /** From {@code low} to {@code high}, both included. */
  record Between(Quantity low, Quantity high) implements Bound {
    /** Refuses an empty interval. */
    public Between {
      if (low.unit() != high.unit() || low.value() > high.value()) {
        throw new IllegalArgumentException(
            "between needs [low, high] in one unit, not [%s, %s]".formatted(low, high));
      }
    }

    @Override
    public boolean holds(double value) {
      return value >= low.value() && value <= high.value();
    }

    @Override
    public Quantity limit() {
      return high;
    }

    @Override
    public String words() {
      return "between %s and %s".formatted(low, high);
    }
  }

  /** Exactly the limit: for counts and exit codes. */
  record Equals(Quantity limit) implements Bound {
    @Override
    public boolean holds(double value) {
      return value == limit.value();
    }

    @Override
    public String words() {
      return "equal to " + limit;
    }
  }
}
