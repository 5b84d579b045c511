package dev.faultline.operator.day;

import dev.faultline.judge.Outcome;
import dev.faultline.model.document.GameDaySpec.OnFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The runs of one occasion, as the status of the game day keeps them: whoever leads goes on with
 * them.
 *
 * @param planned when it was planned
 * @param start when it was to begin
 * @param late how long after its turn has come a run may still begin
 * @param onFailure what becomes of the others after one that did not pass
 * @param together whether all are asked for at once
 * @param members in the order of the file
 */
public record Firing(
    Instant planned,
    Instant start,
    Duration late,
    OnFailure onFailure,
    boolean together,
    List<Member> members) {

  /** Keeps the list unchangeable. */
  public Firing {
    members = List.copyOf(members);
  }

  Firing with(List<Member> next) {
    return new Firing(planned, start, late, onFailure, together, next);
  }

  /** Until when a run may begin whose turn has come at a moment. */
  Instant latest(Instant now) {
    return (members.stream().anyMatch(Member::over) ? now : start).plus(late);
  }

  boolean over() {
    return members.stream().allMatch(Member::over);
  }

  /** The weightiest outcome of its runs. */
  Outcome outcome() {
    return Outcome.weightiest(
        members.stream().map(Member::outcome).flatMap(Optional::stream).toList());
  }

  /** Whether what has not begun never will, as of the runs that have ended. */
  boolean stops() {
    return members.stream()
        .map(Member::outcome)
        .flatMap(Optional::stream)
        .anyMatch(onFailure::stopsAfter);
  }
}
