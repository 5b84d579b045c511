package dev.faultline.app.live;

import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.plan.Plan.PlannedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lines that show a run at one moment: a pure function of its scene, the time and the terminal.
 * Where there is no room for all, what matters least is left out: first old sightings, then what is
 * over or as it must be; never what is in force or out of bound before that.
 */
public final class Frame {

  private static final int HEADER = 0;
  private static final int STOPPING = 1;
  private static final int PRESENT = 2;
  private static final int LEASE = 4;
  private static final int LOAD = 5;
  private static final int PHASE = 8;
  private static final int SIGHTING = 9;
  private static final int SIGHTINGS = 3;
  private static final int WIDEST_CURVE = 30;
  private static final int LEAST_CURVE = 8;
  private static final int ROOM_FOR_THE_MEDIAN = 60;

  private final Scene scene;
  private final Duration now;
  private final int columns;
  private final Glyphs glyphs;
  private final List<Row> rows = new ArrayList<>();

  private Frame(Scene scene, Duration now, Size size, Glyphs glyphs) {
    this.scene = scene;
    this.now = now;
    this.columns = size.room();
    this.glyphs = glyphs;
  }

  /**
   * The lines at one moment, each shorter than the terminal is wide, and fewer than it is high.
   *
   * @param now since the start of the run
   */
  public static List<Line> of(Scene scene, Duration now, Size size, Glyphs glyphs) {
    Frame frame = new Frame(scene, now, size, glyphs);
    frame.header();
    frame.phases();
    frame.rows.addAll(new GateRows(scene.gates(), frame.columns, glyphs).rows());
    frame.load();
    frame.sightings();
    frame.lease();
    return Row.drawn(Row.fitting(frame.rows, size.budget()), frame.columns, glyphs);
  }

  private void header() {
    Line name =
        Line.of(scene.start().map(Event.RunStarted::experiment).orElse("starting"), Ink.BOLD);
    boolean control = scene.start().map(Event.RunStarted::control).orElse(false);
    Line right = Line.of(Spell.elapsed(now), Ink.BOLD);
    String run = scene.start().map(Event.RunStarted::run).orElse("");
    Line full = Line.of(run + "  ", Ink.DIM).plus(right);
    Line left = control ? name.plus(" without its faults (--control)", Ink.WARN) : name;
    boolean room = !run.isEmpty() && left.width() + full.width() + 2 <= columns;
    rows.add(new Row(HEADER, 0, left, room ? full : right));
    scene
        .stop()
        .ifPresent(why -> rows.add(Row.of(STOPPING, 0, Line.of("stopping: ", Ink.BAD).plus(why))));
  }

  private void phases() {
    Phase middle =
        scene.start().flatMap(Event.RunStarted::rollout).isPresent() ? Phase.ROLLOUT : Phase.FAULTS;
    for (Phase phase : List.of(Phase.PREPARE, Phase.BASELINE, middle)) {
      phase(phase);
    }
    rows.addAll(faults());
    rows.addAll(rollout());
    // Faults that end at their time need no withdrawal: the phase shows only when it is entered.
    if (scene.phases().containsKey(Phase.UNDO)) {
      phase(Phase.UNDO);
    }
    phase(Phase.RECOVERY);
  }

  private List<Row> faults() {
    return scene
        .plan()
        .map(plan -> new FaultRows(scene, plan, now, columns, glyphs).rows())
        .orElse(List.of());
  }

  private List<Row> rollout() {
    return scene.phase() == Phase.ROLLOUT
        ? scene
            .start()
            .flatMap(Event.RunStarted::rollout)
            .map(spec -> scene.rollout().rows(spec, now))
            .orElse(List.of())
        : List.of();
  }

  private void phase(Phase phase) {
    Optional<Duration> began = Optional.ofNullable(scene.phases().get(phase));
    if (scene.phase() == phase && scene.start().isPresent()) {
      rows.add(Row.of(PRESENT, 1, present(phase, began.orElse(Duration.ZERO))));
    } else if (began.isPresent()) {
      String spent = Spell.elapsed(next(phase).minus(began.get()));
      rows.add(
          Row.of(
              PHASE,
              1,
              Line.of(glyphs.done() + " ", Ink.GOOD).plus(word(phase) + " " + spent, Ink.DIM)));
    } else {
      boolean passed = scene.phase().compareTo(phase) > 0;
      String length = planned(phase).map(time -> " " + bounded(phase, time)).orElse("");
      rows.add(
          Row.of(
              PHASE,
              1,
              Line.of(
                  glyphs.planned() + " " + word(phase) + (passed ? " skipped" : length), Ink.DIM)));
    }
  }

  private Line present(Phase phase, Duration began) {
    String of = planned(phase).map(length -> " of " + bounded(phase, length)).orElse("");
    return Line.of(glyphs.active() + " ", Ink.WARN)
        .plus(word(phase), Ink.BOLD)
        .plus(" " + Spell.elapsed(now.minus(began)) + of);
  }

  private static String word(Phase phase) {
    return "%-9s".formatted(words(phase));
  }

  /** When the phase after this one began. */
  private Duration next(Phase phase) {
    return scene.phases().entrySet().stream()
        .filter(other -> other.getKey().compareTo(phase) > 0)
        .map(Map.Entry::getValue)
        .min(Duration::compareTo)
        .orElse(now);
  }

  private static String words(Phase phase) {
    return switch (phase) {
      case PREPARE -> "prepare";
      case BASELINE -> "baseline";
      case FAULTS -> "faults";
      case ROLLOUT -> "rollout";
      case UNDO -> "withdraw";
      case RECOVERY -> "recovery";
      case CLOSED -> "done";
    };
  }

  private Optional<Duration> planned(Phase phase) {
    return scene
        .plan()
        .map(Plan::times)
        .flatMap(
            times ->
                switch (phase) {
                  case BASELINE -> Optional.of(times.baseline());
                  case FAULTS, ROLLOUT -> Optional.of(times.faults());
                  case RECOVERY -> Optional.of(times.recovery());
                  case PREPARE, UNDO, CLOSED -> Optional.empty();
                })
        .filter(length -> !length.isZero());
  }

  private static String bounded(Phase phase, Duration length) {
    String bound =
        switch (phase) {
          case RECOVERY -> "at most ";
          case ROLLOUT -> "at least ";
          case PREPARE, BASELINE, FAULTS, UNDO, CLOSED -> "";
        };
    return bound + Spell.whole(length);
  }

  private void load() {
    LoadLook load = scene.load();
    if (load.intended() == 0) {
      return;
    }
    Line line = Line.of("load ", Ink.BOLD).plus("%d/s".formatted(load.rate())).plus(met(load));
    int room = Math.min(WIDEST_CURVE, columns - line.width() - 2);
    Line curve =
        room < LEAST_CURVE ? Line.EMPTY : Sparkline.of(load.p99(), Optional.empty(), room, glyphs);
    rows.add(new Row(LOAD, 0, line, curve));
  }

  private Line met(LoadLook load) {
    long answered = load.intended() - Math.min(load.failed(), load.intended());
    Line dot = Line.of(glyphs.dot(), Ink.DIM);
    Line line =
        dot.plus(Spell.share(answered, load.intended()), load.failed() == 0 ? Ink.GOOD : Ink.BAD)
            .plus(" answered");
    if (columns >= ROOM_FOR_THE_MEDIAN && load.percentile(50).isPresent()) {
      line = line.plus(dot).plus("p50 " + latency(load, 50));
    }
    line = line.plus(dot).plus("p99 " + latency(load, 99));
    return load.mostFrequent()
        .map(error -> Line.of(error, Ink.BAD))
        .map(dot::plus)
        .map(line::plus)
        .orElse(line);
  }

  private static String latency(LoadLook load, double percent) {
    return load.percentile(percent).map(Spell::latency).orElse("unknown");
  }

  private void sightings() {
    List<Scene.Seen> seen = scene.sightings();
    for (Scene.Seen one : seen.subList(Math.max(0, seen.size() - SIGHTINGS), seen.size())) {
      rows.add(
          Row.of(
              SIGHTING,
              0,
              Line.of("%7s ago  ".formatted(Spell.whole(age(one))), Ink.DIM)
                  .plus(one.what().source() + ": " + one.what().words(), Ink.DIM)));
    }
  }

  private Duration age(Scene.Seen seen) {
    Duration age = now.minus(seen.at());
    return age.isNegative() ? Duration.ZERO : Duration.ofSeconds(age.toSeconds());
  }

  /**
   * How long the faults live should the run die now: their fuses count from the last renewal, and
   * the run renews its lease in the same breath in which it looks at the gates.
   */
  private void lease() {
    Optional<Duration> within = scene.plan().flatMap(this::longestFuse);
    if (within.isEmpty() || scene.settled()) {
      return;
    }
    Duration lease = scene.plan().orElseThrow().lease();
    Duration silent = now.minus(scene.heard());
    boolean late = silent.compareTo(lease.dividedBy(2)) > 0;
    Line left =
        Line.of("lease ", Ink.BOLD)
            .plus(Spell.left(lease.minus(silent)), late ? Ink.BAD : Ink.PLAIN)
            .plus(" of " + Spell.whole(lease));
    String end = Spell.left(within.get().minus(late ? silent : Duration.ZERO));
    Line right =
        late
            ? said(
                left,
                Ink.BAD,
                "no sign of life for %s; all ends by itself in %s"
                    .formatted(Spell.whole(silent), end),
                "no sign of life for " + Spell.whole(silent))
            : said(
                left,
                Ink.DIM,
                "should the run die, all ends by itself within " + end,
                "over within " + end);
    Line line = right.spans().isEmpty() ? left : left.plus(glyphs.dot(), Ink.DIM).plus(right);
    rows.add(Row.of(late ? STOPPING : LEASE, 0, line));
  }

  /** The longest of these that fits behind a text; nothing when none does. */
  private Line said(Line before, Ink ink, String... longestFirst) {
    int room = columns - before.width() - Columns.of(glyphs.dot());
    return Stream.of(longestFirst)
        .filter(words -> Columns.of(words) <= room)
        .findFirst()
        .map(words -> Line.of(words, ink))
        .orElse(Line.EMPTY);
  }

  /** The longest time that a fault with a fuse lives without its run. */
  private Optional<Duration> longestFuse(Plan plan) {
    return plan.faults().stream()
        .map(PlannedFault::endsBy)
        .flatMap(List::stream)
        .filter(layer -> layer.layer() == EndsBy.Layer.FUSE || layer.layer() == EndsBy.Layer.LEASE)
        .flatMap(layer -> layer.within().stream())
        .max(Duration::compareTo);
  }
}
