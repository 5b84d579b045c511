package dev.faultline.engine.run;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.GateState;
import dev.faultline.judge.Reading;
import dev.faultline.model.event.Event;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Reads every gate at each look, none twice at once: a slow source makes its gate late, and holds
 * up nothing else.
 */
final class Watch {

  private static final Duration LOAD_MEMORY = Duration.ofSeconds(30);

  private final World world;
  private final Recorder recorder;
  private final Executor workers;
  private final List<Gate> gates;
  private final boolean load;
  private final Set<String> reading = ConcurrentHashMap.newKeySet();
  private volatile long lastSecond = -1;

  Watch(World world, Recorder recorder, Executor workers, List<Gate> gates, boolean load) {
    this.world = world;
    this.recorder = recorder;
    this.workers = workers;
    this.gates = gates;
    this.load = load;
  }

  void look() {
    for (Gate gate : gates) {
      if (reading.add(gate.name())) {
        workers.execute(() -> read(gate));
      }
    }
    if (load && reading.add("")) {
      workers.execute(this::readLoad);
    }
  }

  private void read(Gate gate) {
    try {
      Reading value = ask(gate);
      recorder.recordIf(
          Optional::isPresent,
          state -> {
            GateState after = state.orElseThrow().after(gate, value, recorder.elapsed());
            return new Event.GateRead(gate.name(), value, after.status());
          });
    } finally {
      reading.remove(gate.name());
    }
  }

  private Reading ask(Gate gate) {
    try {
      Optional<Reading.Blind> stale = gate.fresh().flatMap(this::stale);
      return stale.isPresent()
          ? stale.get()
          : gate.signal().read(gate.signal().queries().stream().map(world::ask).toList());
    } catch (IllegalArgumentException strange) {
      return new Reading.Blind(BlindReason.MALFORMED, String.valueOf(strange.getMessage()));
    }
  }

  /** Whether the newest sample of a selector is older than three looks. */
  private Optional<Reading.Blind> stale(String selector) {
    Duration limit = recorder.state().plan().times().interval().multipliedBy(3);
    Answer answer =
        world.ask(new Query.PromInstant("time() - max(timestamp(%s))".formatted(selector)));
    if (answer instanceof Answer.Series series
        && series.series().size() == 1
        && series.series().getFirst().samples().getLast().value() <= limit.toMillis() / 1000.0) {
      return Optional.empty();
    }
    return Optional.of(
        new Reading.Blind(
            BlindReason.STALE,
            "the newest sample of %s is older than %d s, or there is none"
                .formatted(selector, limit.toSeconds())));
  }

  private void readLoad() {
    try {
      if (world.ask(new Query.LoadStatus(LOAD_MEMORY)) instanceof Answer.LoadFigures figures) {
        for (LoadInterval interval : figures.intervals()) {
          if (interval.second() > lastSecond) {
            lastSecond = interval.second();
            recorder.record(new Event.LoadMeasured(interval));
          }
        }
      }
    } finally {
      reading.remove("");
    }
  }
}
