package dev.faultline.operator.course;

import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells, in the status of an object, what happens to it.
 *
 * @param seen the object as it was when this began
 * @param now the time, for conditions
 */
public record Telling(Seen seen, Instant now) {

  private static final int LONGEST = 1_000;

  /** That it is not run, and why; nothing was touched. */
  public Status refused(Outcome outcome, String reason, String why) {
    String said = brief(why);
    List<Condition> all = put(seen.status().conditions(), "Accepted", false, reason, said);
    all = put(all, "Running", false, reason, said);
    return ended(Phase.REFUSED, seen.status(), outcome, said, all, Optional.empty());
  }

  /** That it waits for something that may come. */
  public Status waiting(String reason, String why) {
    Status old = seen.status();
    String said = brief(why);
    return new Status(
        Phase.PENDING,
        Optional.empty(),
        Optional.empty(),
        Optional.of(said),
        old.run(),
        Optional.empty(),
        Optional.empty(),
        old.requested(),
        seen.generation(),
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        put(old.conditions(), "Accepted", false, reason, said));
  }

  /** That a replica makes its run from now on. */
  public Status running(String run, String holder) {
    List<Condition> all = put(seen.status().conditions(), "Accepted", true, "Read", "");
    all = put(all, "Running", true, "Began", "run " + run);
    all = put(all, "Completed", false, "Running", "");
    return new Status(
        Phase.RUNNING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(run),
        Optional.of(holder),
        Optional.empty(),
        seen.requested(),
        seen.generation(),
        0,
        Optional.of(now),
        Optional.empty(),
        List.of(),
        List.of(),
        all);
  }

  /** That another replica takes back what is left of its run. */
  public Status undoing(String holder) {
    Status old = seen.status();
    return new Status(
        Phase.UNDOING,
        Optional.empty(),
        Optional.empty(),
        Optional.of("%s, which made this run, is gone".formatted(old.holder().orElse("a replica"))),
        old.run(),
        Optional.of(holder),
        Optional.empty(),
        old.requested(),
        old.observedGeneration(),
        old.openFaults(),
        old.began(),
        Optional.empty(),
        old.inForce(),
        old.events(),
        put(old.conditions(), "Running", false, "HolderGone", "its replica is gone"));
  }

  /** How its run ended. */
  public Status ended(Status last, Verdict verdict) {
    String said =
        brief(
            verdict.reasons().stream()
                .map(reason -> reason.subject() + ": " + reason.words())
                .collect(Collectors.joining("; ")));
    return ended(last, verdict.outcome(), said);
  }

  /** The same where there is nothing but words for it. */
  public Status ended(Status last, Outcome outcome, String words) {
    String reason = word(outcome);
    String said = brief(words);
    List<Condition> all = put(last.conditions(), "Running", false, reason, "");
    all = put(all, "Completed", true, reason, said);
    boolean begun = outcome != Outcome.REFUSED && outcome != Outcome.NOT_READY;
    return ended(begun ? Phase.COMPLETED : Phase.REFUSED, last, outcome, said, all, last.run());
  }

  private Status ended(
      Phase phase,
      Status last,
      Outcome outcome,
      String said,
      List<Condition> conditions,
      Optional<String> run) {
    boolean left = outcome == Outcome.UNDO_NOT_PROVEN;
    boolean ran = last.phase().live();
    return new Status(
        phase,
        Optional.of(outcome.words()),
        Optional.of(outcome.exitCode()),
        Optional.of(said).filter(text -> !text.isEmpty()),
        run,
        Optional.empty(),
        Optional.empty(),
        ran ? last.requested() : seen.requested(),
        ran ? last.observedGeneration() : seen.generation(),
        left ? Math.max(1, last.openFaults()) : 0,
        ran ? last.began() : Optional.empty(),
        Optional.of(now),
        left ? last.inForce() : List.of(),
        ran ? last.events() : List.of(),
        conditions);
  }

  private List<Condition> put(
      List<Condition> all, String type, boolean holds, String reason, String message) {
    return Condition.put(
        all,
        new Condition(type, holds ? "True" : "False", reason, message, now, seen.generation()));
  }

  /** Such as {@code UndoNotProven}. */
  static String word(Outcome outcome) {
    return Arrays.stream(outcome.words().split(" "))
        .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
        .collect(Collectors.joining());
  }

  private static String brief(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
