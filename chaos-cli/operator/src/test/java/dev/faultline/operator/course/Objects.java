package dev.faultline.operator.course;

import dev.faultline.judge.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Objects as they may be seen. */
final class Objects {

  static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  private static final Seen.Key KEY = new Seen.Key(Seen.Kind.EXPERIMENT, "shop", "killed-pods");

  private Objects() {}

  static Seen fresh() {
    return new Seen(KEY, "3f0c9a1e-77aa", "1", 1, false, false, Map.of(), Status.NONE);
  }

  static Seen running(String holder) {
    Seen kept = kept(fresh());
    return kept.with(new Telling(kept, NOW).running(RunNames.of(kept), holder), "2");
  }

  /** One whose run waits for a person. */
  static Seen awaiting(String what) {
    Seen on = running("r1");
    Status old = on.status();
    return on.with(
        new Status(
            old.phase(),
            old.verdict(),
            old.exitCode(),
            old.message(),
            old.run(),
            old.holder(),
            Optional.of(what),
            old.requested(),
            old.observedGeneration(),
            old.openFaults(),
            old.began(),
            old.ended(),
            old.inForce(),
            old.events(),
            old.conditions()),
        "3");
  }

  static Status ended(Seen seen) {
    Status running = new Telling(seen, NOW).running(RunNames.of(seen), "r1");
    return new Telling(seen, NOW).ended(running, Outcome.PASSED, "");
  }

  static Seen changed(Seen seen) {
    return copy(seen, seen.generation() + 1, seen.ending(), seen.kept(), seen.annotations());
  }

  static Seen deleted(Seen seen) {
    return copy(seen, seen.generation(), true, seen.kept(), seen.annotations());
  }

  static Seen kept(Seen seen) {
    return copy(seen, seen.generation(), seen.ending(), true, seen.annotations());
  }

  static Seen annotated(Seen seen, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(seen.annotations());
    all.putAll(more);
    return copy(seen, seen.generation(), seen.ending(), seen.kept(), all);
  }

  private static Seen copy(
      Seen seen, long generation, boolean ending, boolean kept, Map<String, String> annotations) {
    return new Seen(
        seen.key(),
        seen.uid(),
        seen.version(),
        generation,
        ending,
        kept,
        annotations,
        seen.status());
  }
}
