package dev.faultline.operator.day;

import dev.faultline.judge.Outcome;
import dev.faultline.operator.course.Condition;
import dev.faultline.operator.course.StatusForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What became of a game day, as its {@code status} says. Immutable.
 *
 * @param verdict the weightiest of the runs of the last occasion
 * @param exitCode the same as a number
 * @param message what there is to know, in a sentence
 * @param observedGeneration the generation that this is about
 * @param decided the last planned moment that is decided on
 * @param next when it begins next
 * @param firing what is on
 * @param events the last changes, the newest last
 */
public record DayStatus(
    DayPhase phase,
    Optional<String> verdict,
    Optional<Integer> exitCode,
    Optional<String> message,
    long observedGeneration,
    Optional<Instant> decided,
    Optional<Instant> next,
    Optional<Firing> firing,
    List<String> events,
    List<Condition> conditions) {

  private static final int LINES = 50;
  private static final int LONGEST = 300;

  /** That of a game day which nobody has looked at. */
  public static final DayStatus NONE =
      new DayStatus(
          DayPhase.WAITING,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of());

  /** Keeps the lists unchangeable. */
  public DayStatus {
    events = List.copyOf(events);
    conditions = List.copyOf(conditions);
  }

  /** Reads what an object says; empty where another version wrote it. */
  public static Optional<DayStatus> read(JsonNode written) {
    return StatusForm.read(written, NONE);
  }

  /** A merge patch that makes it the status of an object, and takes away what it does not say. */
  public JsonNode patch() {
    return StatusForm.patch(this);
  }

  /** That nobody follows this generation, and why. */
  DayStatus refused(long generation, String reason, String why, Instant now) {
    Condition accepted = new Condition("Accepted", "False", reason, why, now, generation);
    return new DayStatus(
        DayPhase.REFUSED,
        verdict,
        exitCode,
        Optional.of(why),
        generation,
        decided,
        Optional.empty(),
        firing,
        events,
        Condition.put(conditions, accepted));
  }

  /** That this generation is followed from now on; what was planned before is not its business. */
  DayStatus followed(long generation, Instant now) {
    Condition accepted = new Condition("Accepted", "True", "Read", "", now, generation);
    return new DayStatus(
        DayPhase.of(firing),
        verdict,
        exitCode,
        Optional.empty(),
        generation,
        Optional.of(now),
        next,
        firing,
        events,
        Condition.put(conditions, accepted));
  }

  DayStatus decided(Instant planned) {
    return copy(verdict, exitCode, Optional.of(planned), next, firing, events);
  }

  DayStatus next(Optional<Instant> coming) {
    return copy(verdict, exitCode, decided, coming, firing, events);
  }

  DayStatus with(Firing now) {
    return copy(verdict, exitCode, decided, next, Optional.of(now), events);
  }

  DayStatus over(Outcome outcome) {
    return copy(
        Optional.of(outcome.words()),
        Optional.of(outcome.exitCode()),
        decided,
        next,
        Optional.empty(),
        events);
  }

  DayStatus saying(Instant at, String words) {
    List<String> all = new ArrayList<>(events);
    String line = "%s %s".formatted(at, words);
    all.add(line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…");
    return copy(
        verdict,
        exitCode,
        decided,
        next,
        firing,
        all.subList(Math.max(0, all.size() - LINES), all.size()));
  }

  private DayStatus copy(
      Optional<String> verdict,
      Optional<Integer> exitCode,
      Optional<Instant> decided,
      Optional<Instant> next,
      Optional<Firing> firing,
      List<String> events) {
    return new DayStatus(
        phase == DayPhase.REFUSED ? phase : DayPhase.of(firing),
        verdict,
        exitCode,
        message,
        observedGeneration,
        decided,
        next,
        firing,
        events,
        conditions);
  }
}
