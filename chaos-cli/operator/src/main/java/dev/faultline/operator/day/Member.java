package dev.faultline.operator.day;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.faultline.judge.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of an occasion: that of an object of the game day's namespace.
 *
 * @param name what the game day calls the object
 * @param stage how far it is
 * @param until the last moment at which it may begin; empty before its turn and at its end
 * @param exitCode how it ended; empty until then, and where it never began
 * @param words what there is to say of its end; empty until then
 */
public record Member(
    String name,
    Stage stage,
    Optional<Instant> until,
    Optional<Integer> exitCode,
    Optional<String> words) {

  /** How far a run is. */
  public enum Stage {
    /** Its turn has not come. */
    @JsonProperty("Due")
    DUE,
    /** Its object is to be asked for a run. */
    @JsonProperty("Called")
    CALLED,
    /** Its object was asked for a run. */
    @JsonProperty("Asked")
    ASKED,
    /** It has ended, or never will begin. */
    @JsonProperty("Over")
    OVER
  }

  /** One whose turn has not come. */
  static Member due(String name) {
    return new Member(name, Stage.DUE, Optional.empty(), Optional.empty(), Optional.empty());
  }

  Member called(Instant last) {
    return new Member(name, Stage.CALLED, Optional.of(last), Optional.empty(), Optional.empty());
  }

  Member asked() {
    return new Member(name, Stage.ASKED, until, Optional.empty(), Optional.empty());
  }

  Member ended(Outcome outcome, String why) {
    return new Member(
        name, Stage.OVER, Optional.empty(), Optional.of(outcome.exitCode()), Optional.of(why));
  }

  Member neverBegun() {
    return new Member(
        name, Stage.OVER, Optional.empty(), Optional.empty(), Optional.of("not begun"));
  }

  boolean over() {
    return stage == Stage.OVER;
  }

  boolean on() {
    return stage == Stage.CALLED || stage == Stage.ASKED;
  }

  /** How it ended; a code that is none of ours is that of a bug. */
  Optional<Outcome> outcome() {
    return exitCode.map(code -> Outcome.ofExitCode(code).orElse(Outcome.INTERNAL_ERROR));
  }
}
