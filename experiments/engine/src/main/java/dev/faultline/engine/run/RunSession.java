package dev.faultline.engine.run;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.journal.Approvals;
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
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.NotReady;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** One run from its first event to its last. */
final class RunSession {

  private final LoadedExperiment experiment;
  private final Options options;
  private final RunFolder folder;
  private final Means means;
  private @Nullable Recorder recorder;
  private @Nullable Thread preparing;
  private @Nullable String halted;

  RunSession(LoadedExperiment experiment, Options options, RunFolder folder, Means means) {
    this.experiment = experiment;
    this.options = options;
    this.folder = folder;
    this.means = means;
  }

  Result go(Sink sink) throws IOException {
    Journal journal = means.store().startJournal(folder);
    try (Recorder events = new Recorder(journal, means.clock(), sink, List.of())) {
      events.record(
          new Event.RunStarted(
              folder.id(),
              experiment.name(),
              experiment.spec(),
              experiment.environment(),
              experiment.file(),
              experiment.base().toString(),
              options.control(),
              means.host(),
              means.version(),
              experiment.rollout()));
      listen(events);
      inHabitat(events);
      Verdict verdict = Verdicts.of(RunSummary.of(events.entries()));
      events.record(new Event.Concluded(verdict));
      return new Result(folder, RunSummary.of(events.entries()), verdict);
    }
  }

  private void inHabitat(Recorder events) {
    try (Habitat habitat =
        means
            .habitats()
            .open(
                experiment.environment(),
                experiment.spec().wiring(experiment.environment()),
                folder,
                experiment.base(),
                sighting -> events.record(new Event.Sighted(sighting)))) {
      live(habitat, events);
    } catch (RuntimeException bug) {
      events.internalError(bug);
    }
  }

  private void live(Habitat habitat, Recorder events) {
    ExecutorService workers = means.workers().get();
    try {
      events.record(new Event.PhaseBegan(Phase.PREPARE));
      if (!events.stopped()) {
        prepare(habitat);
        follow(plan(habitat), habitat, events, workers);
      }
    } catch (NotReady unfit) {
      events.stop(StopReason.NOT_READY, String.valueOf(unfit.getMessage()));
    } catch (Unplannable none) {
      events.stop(
          none.outcome() == Outcome.REFUSED ? StopReason.REFUSED : StopReason.NOT_READY,
          none.words());
    } catch (InterruptedException halt) {
      events.stop(StopReason.HALTED, "interrupted");
    } catch (RuntimeException bug) {
      events.internalError(bug);
    } finally {
      workers.shutdownNow();
      undoWhatIsOpen(habitat, events);
    }
  }

  private void follow(Plan plan, Habitat habitat, Recorder events, ExecutorService workers) {
    events.record(new Event.Planned(plan));
    events.follow(RunState.of(plan, experiment.spec(), events.elapsed()));
    if (!events.stopped()) {
      Courses.Crew crew = new Courses.Crew(habitat, events, workers, new Approvals(folder));
      new Run(experiment, plan, means, crew, options.control()).go();
    }
  }

  private void prepare(Habitat habitat) throws NotReady, InterruptedException {
    enterPrepare();
    try {
      habitat.prepare();
    } finally {
      leavePrepare();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private synchronized void enterPrepare() {
    preparing = Thread.currentThread();
  }

  private synchronized void leavePrepare() {
    preparing = null;
  }

  private Plan plan(Habitat habitat) throws Unplannable {
    Plan plan = new Planner(habitat).plan(experiment, options.seed(), true, options.accepted());
    if (options.approved().isPresent() && !options.approved().get().hash().equals(plan.hash())) {
      throw new Unplannable(
          Outcome.REFUSED,
          "the plan has drifted: %s was agreed to, and now it would be %s; make and read a new plan"
              .formatted(brief(options.approved().get()), brief(plan)));
    }
    return means.rules().require(experiment, plan);
  }

  private static String brief(Plan plan) {
    return plan.hash().substring(0, Math.min(12, plan.hash().length()));
  }

  /** What the timeline could not withdraw: after an error, or an undo that did not show. */
  private void undoWhatIsOpen(Habitat habitat, Recorder events) {
    Stepper stepper = new Stepper(habitat, means.clock(), events);
    try {
      boolean _ = stepper.undo(Open.of(events.entries()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }

  /** From here on a halt is recorded at once, and one that came before is. */
  private synchronized void listen(Recorder events) {
    recorder = events;
    if (halted != null) {
      events.stop(StopReason.HALTED, halted);
    }
  }

  synchronized void halt(String words) {
    halted = words;
    if (recorder != null) {
      recorder.stop(StopReason.HALTED, words);
    }
    if (preparing != null) {
      preparing.interrupt();
    }
  }
}
