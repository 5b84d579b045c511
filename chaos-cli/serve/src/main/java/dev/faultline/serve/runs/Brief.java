package dev.faultline.serve.runs;

import dev.faultline.model.event.Event;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.facts.Headline;
import dev.faultline.reports.facts.PhaseWords;
import dev.faultline.reports.facts.Spelling;
import dev.faultline.reports.history.History.Past;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run in a few words, which stay in memory when its events do not.
 *
 * @param run its id
 * @param stage how far it is
 * @param name what was run
 * @param file where it came from; empty where that is not known
 * @param began when, by the wall clock; empty where that is not known
 * @param lasted how long it took, as people write it; empty while it is on
 * @param tone what the reader should feel, as a style
 * @param word its outcome, or how it stands
 * @param reason why, as a sentence without its end; may be empty
 * @param control whether its faults are left out
 * @param open what of it may be in force
 * @param past its figures; empty while it is on, and of a run that others cannot be held to
 * @param trouble what is wrong with its journal; empty where nothing is
 */
public record Brief(
    String run,
    Stage stage,
    String name,
    String file,
    Optional<Instant> began,
    String lasted,
    String tone,
    String word,
    String reason,
    boolean control,
    List<Open> open,
    Optional<Past> past,
    Optional<String> trouble) {

  /** How far a run is. */
  public enum Stage {
    /** Somebody holds it. */
    ON,
    /** It has a verdict. */
    ENDED,
    /** Nobody holds it, and it has no verdict. */
    DIED,
    /** Its journal tells nothing. */
    UNTOLD
  }

  private static final String DAMAGED =
      "the journal was altered, or is of a newer Faultline: what follows is not shown";

  /** Keeps the list unchangeable. */
  public Brief {
    open = List.copyOf(open);
  }

  /** A run that is over, with its figures. */
  public static Brief over(String run, Told.Run told) {
    RunSummary summary = told.summary();
    boolean ended = summary.verdict().isPresent();
    Headline head = Headline.of(summary);
    return new Brief(
        run,
        ended ? Stage.ENDED : Stage.DIED,
        summary.start().experiment(),
        summary.start().file(),
        Optional.of(summary.began()),
        Spelling.span(summary.lasted()),
        head.tone().style(),
        ended ? head.word() : "Died",
        head.brief(),
        summary.start().control(),
        Open.of(summary),
        Optional.of(summary.start())
            .filter(start -> told.whole() && !start.control())
            .map(_ -> Past.of(summary)),
        told.whole() ? Optional.empty() : Optional.of(DAMAGED));
  }

  /** A run that is on, from those of its events that change its state. */
  public static Brief on(String run, RunSummary summary, boolean whole) {
    Event.RunStarted start = summary.start();
    String phase =
        summary.phases().isEmpty() ? "begins" : PhaseWords.of(summary.phases().getLast().phase());
    return new Brief(
        run,
        Stage.ON,
        start.experiment(),
        start.file(),
        Optional.of(summary.began()),
        "",
        "unsure",
        summary.stops().isEmpty() ? "On: " + phase : "Stopping",
        summary.stops().isEmpty() ? "" : summary.stops().getFirst().what().words(),
        start.control(),
        Open.of(summary),
        Optional.empty(),
        whole ? Optional.empty() : Optional.of(DAMAGED));
  }

  /** A run that tells nothing. */
  public static Brief untold(String run, String why, boolean held) {
    return new Brief(
        run,
        held ? Stage.ON : Stage.UNTOLD,
        "",
        "",
        Optional.empty(),
        "",
        "unsure",
        held ? "Begins" : "Cannot be shown",
        why,
        false,
        List.of(),
        Optional.empty(),
        held ? Optional.empty() : Optional.of(why));
  }

  /** What it is called where there is little room. */
  public String title() {
    return name.isEmpty() ? run : name;
  }

  /** When it began, or nothing. */
  public String at() {
    return began.map(Spelling::wall).orElse("");
  }

  /** Whether it is on. */
  public boolean isOn() {
    return stage == Stage.ON;
  }

  /** Whether it died, or cannot be told to have ended. */
  public boolean isDead() {
    return stage == Stage.DIED;
  }

  /** A figure as people write it. */
  public String figure(int number) {
    return past.map(known -> known.figures().get(number).words()).orElse("");
  }
}
