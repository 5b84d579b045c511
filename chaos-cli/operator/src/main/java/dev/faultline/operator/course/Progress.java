package dev.faultline.operator.course;

import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Sink;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What of a run stands in the status of its object: the steps that may be in force, and the last
 * changes of state. Both are bounded, so that a status stays below 64 KiB. Thread-safe.
 */
public final class Progress implements Sink {

  private static final int LINES = 100;
  private static final int STEPS = 100;
  private static final int LONGEST = 240;

  private final Map<StepRef, Step> open = new LinkedHashMap<>();
  private final Deque<String> lines = new ArrayDeque<>();
  private String message = "";
  private Optional<Event.ApprovalAsked> asked = Optional.empty();
  private long changes;

  @Override
  public synchronized void accept(Entry entry) {
    if (!entry.event().changesState()) {
      return;
    }
    changes++;
    follow(entry.event());
    words(entry.event()).ifPresent(words -> tell(entry, words));
  }

  private void tell(Entry entry, String words) {
    lines.add(cut("%.1fs %s".formatted(entry.elapsed().toMillis() / 1000.0, words)));
    if (lines.size() > LINES) {
      var _ = lines.removeFirst();
    }
    message = cut(words);
  }

  private void follow(Event event) {
    switch (event) {
      case Event.ApprovalAsked question -> asked = Optional.of(question);
      case Event.Approved _, Event.Stopping _ -> asked = Optional.empty();
      case Event.StepIntended(StepRef ref, Step step) when step.undo().isPresent() ->
          open.put(ref, step);
      case Event.UndoVerified(StepRef ref, Evidence shown) when shown.proven() -> open.remove(ref);
      // It stays on purpose.
      case Event.Promoted promoted ->
          open.keySet().removeIf(ref -> ref.fault().equals(promoted.fault()));
      default -> {}
    }
  }

  private static Optional<String> words(Event event) {
    return Optional.ofNullable(
        switch (event) {
          case Event.PhaseBegan began -> began.phase().name().toLowerCase(Locale.ROOT);
          case Event.StepIntended next -> next.ref() + ": to " + next.step().action().describe();
          case Event.FaultBegan began ->
              "fault %s %s"
                  .formatted(
                      began.fault(),
                      began.evidence().proven()
                          ? "is in force"
                          : "FAILED: " + began.evidence().words());
          case Event.FaultEnded ended ->
              "fault %s is %s"
                  .formatted(
                      ended.fault(),
                      ended.evidence().proven()
                          ? "over"
                          : "NOT PROVEN over: " + ended.evidence().words());
          case Event.ApprovalAsked asked -> asked.words();
          case Event.ScaledOut more -> more.words();
          case Event.Approved approved -> "approved by " + approved.by();
          case Event.Promoted promoted -> "promoted: " + promoted.words();
          case Event.Stopping stopping -> stopping.words();
          default -> null;
        });
  }

  /** The step that a person is asked about, last of all; empty where the run waits for nobody. */
  public synchronized Optional<Event.ApprovalAsked> asked() {
    return asked;
  }

  /** One text for each question of each run, so that no answer is taken for another's. */
  private static String awaited(Status running, Event.ApprovalAsked asked) {
    return "%s/%d%s"
        .formatted(
            running.run().orElse(""),
            asked.step() + 1,
            asked.breach().isPresent() ? "/breach" : "");
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** Counts the changes, so that whoever writes them down knows whether there are new ones. */
  public synchronized long changes() {
    return changes;
  }

  /** The status of a run with what it has come to. */
  public synchronized Status of(Status running) {
    return new Status(
        running.phase(),
        running.verdict(),
        running.exitCode(),
        Optional.of(message).filter(text -> !text.isEmpty()),
        running.run(),
        running.holder(),
        asked.map(event -> awaited(running, event)),
        running.requested(),
        running.observedGeneration(),
        open.size(),
        running.began(),
        running.ended(),
        inForce(),
        List.copyOf(lines),
        running.conditions());
  }

  private List<String> inForce() {
    List<String> steps = new ArrayList<>();
    for (Map.Entry<StepRef, Step> one : open.entrySet()) {
      if (steps.size() == STEPS) {
        steps.add("and %d more".formatted(open.size() - STEPS));
        break;
      }
      Step step = one.getValue();
      String back = step.undo().map(undo -> undo.action().describe()).orElse("");
      steps.add(
          cut("%s: %s; undone by: %s".formatted(one.getKey(), step.action().describe(), back)));
    }
    return steps;
  }
}
