package dev.faultline.engine.run;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.Observed;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Reads every gate and observation at each look, none twice at once: a slow source holds up nothing
 * else. A gate whose answer is overdue is blind at each look until it comes.
 */
final class Watch {

  private static final Duration SAYS_SO = Duration.ofSeconds(1);
  private static final Duration LOAD_MEMORY = Duration.ofSeconds(30);

  private final World world;
  private final Recorder recorder;
  private final Executor workers;
  private final List<Gate> gates;
  private final List<Observed> observe;
  private final boolean load;
  private final Duration overdue;
  private final Duration scrape;

  /** What is being read, and since when. */
  private final Map<String, Duration> reading = new ConcurrentHashMap<>();

  private volatile long lastSecond = -1;

  /**
   * A watch over the gates and observations of an experiment.
   *
   * @param prometheus whose patience and rhythm count; empty where a lab brings its own
   */
  Watch(
      World world,
      Recorder recorder,
      Executor workers,
      ExperimentSpec spec,
      boolean load,
      Optional<PrometheusEndpoint> prometheus) {
    this.world = world;
    this.recorder = recorder;
    this.workers = workers;
    this.gates = spec.gates();
    this.observe = spec.observe();
    this.load = load;
    this.overdue = prometheus.flatMap(PrometheusEndpoint::timeout).orElse(Duration.ofSeconds(5));
    this.scrape = prometheus.flatMap(PrometheusEndpoint::scrapeInterval).orElse(Duration.ZERO);
  }

  void look(Duration now) {
    for (Gate gate : gates) {
      Duration since = reading.putIfAbsent(gate.name(), now);
      if (since == null) {
        work(gate.name(), () -> took(gate, ask(gate)));
      } else if (now.minus(since).compareTo(patience(gate)) > 0) {
        String late = "no answer for %d s".formatted(now.minus(since).toSeconds());
        took(gate, new Reading.Blind(BlindReason.TIMEOUT, late));
      }
    }
    for (Observed observed : observe) {
      // No gate has a name like that.
      String key = ":" + observed.title();
      if (reading.putIfAbsent(key, now) == null) {
        work(key, () -> tookNote(observed));
      }
    }
    if (load && reading.putIfAbsent("", now) == null) {
      work("", this::readLoad);
    }
  }

  /**
   * A source says itself when it gives up, and has a moment to do so; only one that does not is
   * overdue.
   */
  private Duration patience(Gate gate) {
    Duration answers =
        gate.signal().queries().stream().map(this::patience).reduce(Duration.ZERO, Duration::plus);
    return gate.fresh().isPresent() ? answers.plus(overdue) : answers;
  }

  private Duration patience(Query query) {
    return switch (query) {
      case Query.OnHost there -> patience(there.query());
      case Query.CommandStatus run -> run.timeout().plus(SAYS_SO);
      case Query.SqlNumber sql -> sql.timeout().plus(SAYS_SO);
      case Query.HttpProbe probe -> probe.timeout().plus(SAYS_SO);
      case Query.ServiceProbe probe -> probe.request().timeout().plus(SAYS_SO);
      case Query.LedgerStatus ledger -> ledger.within().plus(SAYS_SO);
      case Query.ProcessStatus _,
          Query.DescriptorStatus _,
          Query.ClockPossible _,
          Query.ClockStatus _,
          Query.FuseStatus _,
          Query.Marks _,
          Query.PromInstant _,
          Query.PromRange _,
          Query.AlertStatus _,
          Query.LoadStatus _,
          Query.LoadRate _,
          Query.DatabaseStatus _,
          Query.NodeStatus _,
          Query.LedgerTable _,
          Query.LinkStatus _,
          Query.PacketStatus _,
          Query.StrainStatus _,
          Query.RouteStatus _,
          Query.RoomFor _,
          Query.PacketsPossible _,
          Query.AddressesOf _,
          Query.OfCluster _ ->
          overdue;
    };
  }

  private void work(String name, Runnable work) {
    workers.execute(
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error bug) {
            recorder.internalError(bug);
          } finally {
            reading.remove(name);
          }
        });
  }

  // What the end of a run cuts off says nothing about the gate.
  private void took(Gate gate, Reading value) {
    recorder.recordIf(
        state -> state.map(at -> at.phase() != Phase.CLOSED).orElse(false),
        (state, now) ->
            new Event.GateRead(
                gate.name(), value, state.orElseThrow().after(gate, value, now).status()));
  }

  private void tookNote(Observed observed) {
    List<Reading> readings =
        observed.what().read(observed.what().queries().stream().map(world::ask).toList());
    recorder.recordIf(
        state -> state.map(at -> at.phase() != Phase.CLOSED).orElse(false),
        (_, _) -> new Event.ObservationRead(observed.title(), readings));
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

  private Optional<Reading.Blind> stale(String selector) {
    Freshness freshness =
        Freshness.of(selector, scrape, recorder.state().plan().times().interval());
    return freshness.stale(world.ask(freshness.query()));
  }

  private void readLoad() {
    if (world.ask(new Query.LoadStatus(LOAD_MEMORY)) instanceof Answer.LoadFigures figures) {
      for (LoadInterval interval : figures.intervals()) {
        if (interval.second() > lastSecond) {
          lastSecond = interval.second();
          recorder.record(new Event.LoadMeasured(interval));
        }
      }
    }
  }
}
