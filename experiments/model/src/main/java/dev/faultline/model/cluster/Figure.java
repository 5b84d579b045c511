package dev.faultline.model.cluster;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.faultline.model.codec.FilledIn;
import dev.faultline.model.codec.InvalidValue;

/** Which number of what is watched in a cluster. */
public sealed interface Figure {

  /** It in words, such as {@code condition Available}. */
  String words();

  /** Whether it never becomes less. */
  boolean onlyGrows();

  /**
   * A number that is there of that kind of thing.
   *
   * @param number which
   */
  record Read(@FilledIn @JsonValue Watched.Read number) implements Figure {
    /** Requires one. */
    public Read {
      InvalidValue.required(number, "read");
    }

    /** Reads the word. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Read of(Watched.Read number) {
      return new Read(number);
    }

    @Override
    public String words() {
      return number.word();
    }

    @Override
    public boolean onlyGrows() {
      return number == Watched.Read.SUCCEEDED || number == Watched.Read.FAILED;
    }
  }

  /**
   * A condition that it states: 1 where it is true, 0 where it is false.
   *
   * @param type its type, such as {@code Available}
   */
  record Condition(@FilledIn @JsonValue String type) implements Figure {
    /** Refuses what cannot be a type. */
    public Condition {
      InvalidValue.required(type, "condition");
      if (!type.matches("[A-Za-z0-9]([A-Za-z0-9_./-]{0,314}[A-Za-z0-9])?")) {
        throw new InvalidValue("'%s' cannot be the type of a condition".formatted(type));
      }
    }

    /** Reads the type. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Condition of(String type) {
      return new Condition(type);
    }

    @Override
    public String words() {
      return "condition " + type;
    }

    @Override
    public boolean onlyGrows() {
      return false;
    }
  }

  /**
   * How often something happened to it or to its pods since the run first looked, as events tell.
   *
   * @param reason that of the events, such as {@code BackOff}
   */
  record Events(@FilledIn @JsonValue String reason) implements Figure {
    /** Refuses what cannot be a reason. */
    public Events {
      InvalidValue.required(reason, "events");
      if (!reason.matches("[A-Za-z][A-Za-z0-9_.-]{0,127}")) {
        throw new InvalidValue("'%s' cannot be the reason of an event".formatted(reason));
      }
    }

    /** Reads the reason. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Events of(String reason) {
      return new Events(reason);
    }

    @Override
    public String words() {
      return "events " + reason;
    }

    @Override
    public boolean onlyGrows() {
      return true;
    }
  }
}
