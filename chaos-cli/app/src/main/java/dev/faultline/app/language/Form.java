package dev.faultline.app.language;

import dev.faultline.judge.Unit;
import java.util.List;
import java.util.Set;

/** How a value is written. */
public sealed interface Form {

  /** Any text. */
  record Text() implements Form {}

  /** A whole number, both limits included. */
  record Whole(long least, long most) implements Form {}

  /** {@code true} or {@code false}. */
  record Flag() implements Form {}

  /** A length of time with its unit, not negative. */
  record Time() implements Form {}

  /**
   * A number with a unit.
   *
   * @param signed whether it may be below zero
   */
  record Amount(Set<Unit> units, boolean signed) implements Form {
    /** Keeps the units unchangeable. */
    public Amount {
      units = Set.copyOf(units);
    }
  }

  /** Two numbers with their units. */
  record Pair() implements Form {}

  /** {@code auto} or the number of a port. */
  record PortNumber() implements Form {}

  /** The name of a port, its number, or a range of numbers. */
  record PortText() implements Form {}

  /** One of some words. */
  record OneWord(List<Term> terms) implements Form {
    /** Keeps the words unchangeable. */
    public OneWord {
      terms = List.copyOf(terms);
    }
  }

  /**
   * Several values.
   *
   * @param single whether one value may stand without brackets
   * @param needed whether there must be at least one
   */
  record Several(Form entry, boolean single, boolean needed) implements Form {}

  /** Values by names of one's own. */
  record Named(Form value) implements Form {}

  /** Keys, as a record states them, or a shorter form of them. */
  record Keys(Class<?> type) implements Form {}

  /** One key, a word of a sealed type, with its keys. */
  record Wrapped(Class<?> sealed) implements Form {}

  /** Something that its own reader takes apart. */
  record Own(Class<?> type) implements Form {}

  /** A word that stands alone, and what it means. */
  record Term(String word, String text) {}
}
