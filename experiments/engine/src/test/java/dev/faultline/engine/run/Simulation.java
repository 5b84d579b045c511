package dev.faultline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.journal.JournalContent;
import dev.faultline.engine.journal.JournalFile;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.judge.Verdict;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Local;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.testkit.FakeWorld;
import dev.faultline.testkit.SimulatedTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Whole runs in simulated time and in a fake world, with a real journal. */
final class Simulation {

  final SimulatedTime time = new SimulatedTime();
  final FakeWorld world = new FakeWorld(time);
  final List<Entry> heard = new ArrayList<>();
  final RunStore store;
  final Engine engine;

  Simulation(Path root) {
    this(root, UnaryOperator.identity());
  }

  Simulation(Path root, UnaryOperator<JournalFile> medium) {
    store = new RunStore(root, file -> medium.apply(new Hasty(file)));
    engine =
        new Engine(
            new Means(
                store,
                (_, _, _, _, _) -> world,
                new SimulatedClock(time),
                Courses.EXPERIMENTS,
                time::workers,
                "h",
                "v"));
  }

  /** Leaves out what only a loss of power would make necessary. */
  record Hasty(JournalFile file) implements JournalFile {
    @Override
    public void write(byte[] bytes) throws IOException {
      file.write(bytes);
    }

    @Override
    public void force() {}

    @Override
    public void reserve(int bytes) throws IOException {
      file.reserve(bytes);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private record SimulatedClock(SimulatedTime time) implements Clock {
    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public Duration ticks() {
      return time.ticks();
    }

    @Override
    public void sleep(Duration length) throws InterruptedException {
      time.sleep(length);
    }
  }

  static LoadedExperiment experiment(String spec) {
    return new LoadedExperiment(
        "trial",
        Codec.json().readValue(spec.replace('\'', '"'), ExperimentSpec.class),
        "somewhere",
        new EnvironmentSpec(new Local(Map.of()), Optional.empty(), Optional.empty(), Map.of()),
        "trial.yaml",
        Path.of("/"));
  }

  Result run(String spec) throws IOException, Unplannable {
    return run(spec, new Options(false, Optional.empty(), 1));
  }

  Result run(String spec, Options options) throws IOException, Unplannable {
    return run(experiment(spec), options);
  }

  /** Runs, and checks that the journal says just what was heard, and comes to the same end. */
  Result run(LoadedExperiment experiment, Options options) throws IOException, Unplannable {
    Result result = engine.run(experiment, options, heard::add);
    JournalContent journal = result.folder().read();
    assertThat(journal.whole()).isTrue();
    assertThat(journal.entries()).isEqualTo(heard);
    assertThat(RunSummary.of(journal.entries())).isEqualTo(result.summary());
    assertThat(result.summary().verdict()).contains(result.verdict());
    return result;
  }

  /** Calls for a halt at a moment. */
  void haltAt(double seconds) {
    at(seconds, () -> engine.halt("Ctrl-C"));
  }

  void at(double seconds, Runnable deed) {
    time.at(seconds(seconds), deed);
  }

  double now() {
    return time.ticks().toMillis() / 1000.0;
  }

  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  static List<String> reasons(Result result) {
    return result.verdict().reasons().stream().map(Verdict.Reason::words).toList();
  }

  static List<Phase> phases(Result result) {
    return result.summary().phases().stream().map(RunSummary.PhaseSpan::phase).toList();
  }

  static List<StopReason> stops(Result result) {
    return result.summary().stops().stream().map(stop -> stop.what().reason()).toList();
  }

  List<String> deeds() {
    return world.deeds().stream().map(FakeWorld.Deed::toString).toList();
  }

  /** When the first event of this kind that fits happened, in seconds. */
  <E extends Event> double when(Class<E> kind, Predicate<E> fits) {
    return heard.stream()
        .filter(entry -> kind.isInstance(entry.event()) && fits.test(kind.cast(entry.event())))
        .findFirst()
        .map(entry -> entry.elapsed().toMillis() / 1000.0)
        .orElseThrow();
  }
}
