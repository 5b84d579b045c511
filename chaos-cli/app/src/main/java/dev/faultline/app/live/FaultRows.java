package dev.faultline.app.live;

import dev.faultline.app.live.FaultLook.State;
import dev.faultline.model.event.Phase;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.plan.Plan.PlannedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The faults of a run with their targets, below its phases. */
final class FaultRows {

  private static final int NOW = 2;
  private static final int WHAT_NOW = 6;
  private static final int LATER = 7;
  private static final int WHAT_LATER = 8;
  private static final int BAR = 10;
  private static final int ROOM_FOR_A_BAR = 60;

  private final Scene scene;
  private final Plan plan;
  private final Duration now;
  private final int columns;
  private final Glyphs glyphs;

  FaultRows(Scene scene, Plan plan, Duration now, int columns, Glyphs glyphs) {
    this.scene = scene;
    this.plan = plan;
    this.now = now;
    this.columns = columns;
    this.glyphs = glyphs;
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (PlannedFault fault : plan.faults()) {
      FaultLook look = scene.faults().getOrDefault(fault.name(), FaultLook.PLANNED);
      rows.add(fault(fault, look));
      for (Map.Entry<String, FaultLook.Shown> shown : look.targets().entrySet()) {
        rows.add(target(look, shown.getKey(), shown.getValue()));
      }
    }
    return rows;
  }

  private Row fault(PlannedFault fault, FaultLook look) {
    Line left =
        Line.of(sign(look.state()) + " ", ink(look.state()))
            .plus(fault.name(), current(look) ? Ink.BOLD : Ink.PLAIN)
            .plus("  " + fault.words() + at(fault, look), Ink.DIM);
    return new Row(rank(look), 2, left, state(fault, look));
  }

  /** Where it is planned to hit, until there is something to show of each target. */
  private static String at(PlannedFault fault, FaultLook look) {
    String names =
        fault.targets().stream().map(Plan.PlannedTarget::name).collect(Collectors.joining(", "));
    return names.isEmpty() || !look.targets().isEmpty() ? "" : " at " + names;
  }

  private Row target(FaultLook look, String name, FaultLook.Shown shown) {
    boolean proven = shown.evidence().proven();
    String sign = !proven ? glyphs.bad() : shown.undone() ? glyphs.done() : glyphs.active();
    Ink ink = !proven ? Ink.BAD : shown.undone() ? Ink.GOOD : Ink.WARN;
    Line left =
        Line.of(sign + " ", ink)
            .plus(name + "  ")
            .plus(shown.evidence().words(), proven ? Ink.DIM : Ink.BAD);
    return Row.of(!proven ? NOW : current(look) ? WHAT_NOW : WHAT_LATER, 3, left);
  }

  private static boolean current(FaultLook look) {
    return switch (look.state()) {
      case BEGINNING, IN_FORCE, ENDING, FAILED, NOT_PROVEN_OVER -> true;
      case PLANNED, OVER -> false;
    };
  }

  private static int rank(FaultLook look) {
    return current(look) ? NOW : LATER;
  }

  private String sign(State state) {
    return switch (state) {
      case PLANNED -> glyphs.planned();
      case BEGINNING, IN_FORCE, ENDING -> glyphs.active();
      case OVER -> glyphs.done();
      case FAILED, NOT_PROVEN_OVER -> glyphs.bad();
    };
  }

  private static Ink ink(State state) {
    return switch (state) {
      case PLANNED -> Ink.DIM;
      case BEGINNING, IN_FORCE, ENDING -> Ink.WARN;
      case OVER -> Ink.GOOD;
      case FAILED, NOT_PROVEN_OVER -> Ink.BAD;
    };
  }

  private Line state(PlannedFault fault, FaultLook look) {
    Line repeat =
        fault.repeats() > 1
            ? Line.of("%d of %d ".formatted(look.occurrence() + 1, fault.repeats()), Ink.DIM)
            : Line.EMPTY;
    return repeat.plus(
        switch (look.state()) {
          case PLANNED -> Line.of(start(fault), Ink.DIM);
          case BEGINNING ->
              Line.of("beginning " + Spell.elapsed(now.minus(look.since())), Ink.WARN);
          case IN_FORCE -> inForce(fault, look);
          case ENDING -> Line.of("ending " + Spell.elapsed(now.minus(look.since())), Ink.WARN);
          case OVER -> Line.of(fault.instant() ? "done" : "over, proven", Ink.GOOD);
          case FAILED -> Line.of("failed", Ink.BAD);
          case NOT_PROVEN_OVER -> Line.of("NOT PROVEN OVER", Ink.BAD);
        });
  }

  private Line inForce(PlannedFault fault, FaultLook look) {
    Duration spent = now.minus(look.since());
    if (fault.instant() || fault.lasts().isZero()) {
      return Line.of(
          "done " + Spell.whole(Duration.ofSeconds(spent.toSeconds())) + " ago", Ink.WARN);
    }
    String left = Spell.left(fault.lasts().minus(spent)) + " left";
    if (columns < ROOM_FOR_A_BAR) {
      return Line.of(left, Ink.WARN);
    }
    double share = Math.clamp((double) spent.toNanos() / fault.lasts().toNanos(), 0, 1);
    int over = (int) Math.round(share * BAR);
    return Line.of(glyphs.full().repeat(over), Ink.WARN)
        .plus(glyphs.rest().repeat(BAR - over), Ink.DIM)
        .plus(" %10s".formatted(left), Ink.WARN);
  }

  private String start(PlannedFault fault) {
    if (fault.after().isPresent()) {
      return "after " + fault.after().get();
    }
    Optional<Duration> faults = Optional.ofNullable(scene.phases().get(Phase.FAULTS));
    if (faults.isPresent()) {
      Duration wait = faults.get().plus(fault.start()).minus(now);
      return wait.isPositive() ? "in " + Spell.left(wait) : "now";
    }
    return fault.start().isZero() ? "planned" : "at +" + Spell.whole(fault.start());
  }
}
