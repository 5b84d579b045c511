package dev.faultline.engine.run;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.journal.Journal;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.planning.Planner;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.Sink;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.StepSummary;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.NotReady;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** One run from its first event to its last. */
final class RunSession {

  private final LoadedExperiment experiment;
  private final Options options;
  private final RunFolder folder;
  private final Habitats habitats;
  private final Clock clock;
  private final String host;
  private final String version;
  private volatile @Nullable Recorder recorder;
  private volatile @Nullable Thread preparing;

  RunSession(
      LoadedExperiment experiment,
      Options options,
      RunFolder folder,
      Habitats habitats,
      Clock clock,
      String host,
      String version) {
    this.experiment = experiment;
    this.options = options;
    this.folder = folder;
    this.habitats = habitats;
    this.clock = clock;
    this.host = host;
    this.version = version;
  }

  Result go(Sink sink) throws IOException {
    try (Journal journal = folder.create()) {
      Recorder events = new Recorder(journal, clock, sink, List.of());
      recorder = events;
      events.record(
          new Event.RunStarted(
              folder.id(),
              experiment.name(),
              experiment.spec(),
              experiment.environment(),
              experiment.file(),
              experiment.base().toString(),
              options.control(),
              host,
              version));
      try (Habitat habitat =
          habitats.open(
              experiment.environment(),
              folder,
              experiment.base(),
              sighting -> events.record(new Event.Sighted(sighting)))) {
        live(habitat, events);
      }
      Verdict verdict = Verdicts.of(RunSummary.of(events.entries()));
      events.record(new Event.Concluded(verdict));
      return new Result(folder, RunSummary.of(events.entries()), verdict);
    }
  }

  private void live(Habitat habitat, Recorder events) {
    ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    try {
      events.record(new Event.PhaseBegan(Phase.PREPARE));
      prepare(habitat);
      Plan plan = plan(habitat);
      events.record(new Event.Planned(plan));
      events.follow(RunState.of(plan, experiment.spec(), events.elapsed()));
      if (!events.stopped()) {
        new Run(experiment, plan, habitat, clock, events, workers, options.control()).go();
      }
    } catch (NotReady unfit) {
      stop(events, StopReason.NOT_READY, String.valueOf(unfit.getMessage()));
    } catch (Unplannable none) {
      stop(
          events,
          none.outcome() == Outcome.REFUSED ? StopReason.REFUSED : StopReason.NOT_READY,
          none.words());
    } catch (InterruptedException halted) {
      stop(events, StopReason.HALTED, "interrupted");
    } catch (RuntimeException bug) {
      stop(events, StopReason.INTERNAL_ERROR, "internal error: " + bug);
    } finally {
      workers.shutdownNow();
      undoWhatIsOpen(habitat, events);
    }
  }

  private void prepare(Habitat habitat) throws NotReady, InterruptedException {
    preparing = Thread.currentThread();
    try {
      habitat.prepare();
    } finally {
      preparing = null;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private Plan plan(Habitat habitat) throws Unplannable {
    Plan plan = new Planner(habitat).plan(experiment, options.seed(), true);
    if (options.approved().isPresent() && !options.approved().get().hash().equals(plan.hash())) {
      throw new Unplannable(
          Outcome.REFUSED,
          "the plan has drifted: %s was agreed to, and now it would be %s; make and read a new plan"
              .formatted(brief(options.approved().get()), brief(plan)));
    }
    return plan;
  }

  private static String brief(Plan plan) {
    return plan.hash().substring(0, Math.min(12, plan.hash().length()));
  }

  private static void stop(Recorder events, StopReason reason, String words) {
    events.record(new Event.Stopping(reason, Optional.empty(), words));
  }

  /** What the timeline could not withdraw: after an error, or an undo that did not show. */
  private void undoWhatIsOpen(Habitat habitat, Recorder events) {
    Stepper stepper = new Stepper(habitat, clock, events);
    try {
      for (StepSummary step : RunSummary.of(events.entries()).open().reversed()) {
        stepper.undo(step.ref(), step.step());
      }
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }

  void halt(String words) {
    Recorder events = recorder;
    if (events != null) {
      stop(events, StopReason.HALTED, words);
    }
    Thread waiting = preparing;
    if (waiting != null) {
      waiting.interrupt();
    }
  }
}
