package dev.faultline.app.live;

import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the step of a rollout stands.
 *
 * @param compared the newest of each comparison, by its name
 * @param held why the step lasts longer than it was to, or what a person is asked
 * @param since when that was said first
 */
record RolloutLook(Map<String, Event.Compared> compared, Optional<String> held, Duration since) {

  private static final int TROUBLE = 2;
  private static final int EVIDENCE = 6;
  private static final double LEANS = Math.log(2);

  static final RolloutLook NONE = new RolloutLook(Map.of(), Optional.empty(), Duration.ZERO);

  RolloutLook {
    compared = Collections.unmodifiableMap(new LinkedHashMap<>(compared));
  }

  RolloutLook on(Event.Compared next) {
    Map<String, Event.Compared> all = new LinkedHashMap<>(compared);
    all.put(next.comparison(), next);
    return new RolloutLook(all, held, since);
  }

  RolloutLook held(String words, Duration now) {
    return new RolloutLook(compared, Optional.of(words), held.isPresent() ? since : now);
  }

  /** It goes on: nothing holds it, while evidence is carried along. */
  RolloutLook goesOn() {
    return new RolloutLook(compared, Optional.empty(), Duration.ZERO);
  }

  /** The rows below the phase: why the step is held, and the evidence by now. */
  List<Row> rows(RolloutSpec spec, Duration now) {
    List<Row> rows = new ArrayList<>();
    held.ifPresent(
        words ->
            rows.add(
                Row.of(
                    TROUBLE,
                    2,
                    Line.of("held " + Spell.elapsed(now.minus(since)) + "  ", Ink.WARN)
                        .plus(words))));
    compared
        .values()
        .forEach(one -> rows.add(Row.of(EVIDENCE, 2, evidence(one, spec.alpha().line()))));
    return rows;
  }

  private static Line evidence(Event.Compared one, double line) {
    Line name = Line.of(one.comparison() + "  ", Ink.BOLD);
    if (one.blind().isPresent()) {
      return name.plus("not seen: " + one.blind().get(), Ink.WARN);
    }
    return name.plus(
            Spell.odds(one.worse()) + " that it is worse",
            one.worse() >= LEANS ? Ink.WARN : Ink.PLAIN)
        .plus(
            ", %s that it is not; %s needed"
                .formatted(Spell.odds(one.notWorse()), Spell.odds(line)),
            Ink.DIM);
  }
}
