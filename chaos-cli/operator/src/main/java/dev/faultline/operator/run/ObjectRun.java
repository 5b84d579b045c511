package dev.faultline.operator.run;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.journal.Approvals;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Options;
import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Event;
import dev.faultline.model.plan.Acceptance;
import dev.faultline.operator.course.Progress;
import dev.faultline.operator.course.RunNames;
import dev.faultline.operator.course.Seen;
import dev.faultline.operator.course.Status;
import dev.faultline.operator.course.Telling;
import dev.faultline.operator.file.NotRun;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** One run of an object on this replica, from its claim to its last word. */
final class ObjectRun {

  private static final long SEED = 1;

  private final Parts parts;
  private final Seen seen;
  private final String run;
  private final Engine engine;
  private final Progress progress = new Progress();

  ObjectRun(Parts parts, Seen seen) {
    this.parts = parts;
    this.seen = seen;
    this.run = RunNames.of(seen);
    this.engine = parts.runs().engines().get();
  }

  /** The id of the run. */
  String id() {
    return run;
  }

  /** Lets it withdraw its faults and end. */
  void halt(String why) {
    engine.halt(why);
  }

  /** Lets it go on from the step that it waits in. What cannot be written is no approval. */
  void approve(String by) {
    try {
      Optional<Event.ApprovalAsked> asked = progress.asked();
      Optional<RunFolder> folder = parts.runs().store().find(run);
      if (asked.isPresent() && folder.isPresent()) {
        new Approvals(folder.get(), asked.get().breach().isPresent())
            .give(asked.get().step(), new Approvals.Approval(by, ""));
      }
    } catch (IOException full) {
      parts.figures().trouble();
    }
  }

  /** Makes the run. Never throws for what is wrong with the object or the API server. */
  void go() {
    try {
      LoadedExperiment experiment = parts.files().load(seen.key());
      Optional<Seen> claimed = claim();
      if (claimed.isPresent()) {
        run(experiment, claimed.get());
      }
    } catch (NotRun none) {
      tell(none);
    } catch (IOException full) {
      write(telling().waiting("NoRoom", "its files cannot be written: " + full.getMessage()));
    } catch (KubernetesClientException away) {
      // Nothing has begun; the next look begins again.
      parts.figures().trouble();
    }
  }

  private Telling telling() {
    return new Telling(seen, parts.clock().instant());
  }

  private void tell(NotRun none) {
    write(
        none.waits()
            ? telling().waiting(none.reason(), none.words())
            : telling().refused(none.outcome(), none.reason(), none.words()));
  }

  private void write(Status status) {
    if (!status.message().equals(seen.status().message())
        || status.phase() != seen.status().phase()
        || status.observedGeneration() != seen.status().observedGeneration()
        || !status.requested().equals(seen.status().requested())) {
      try {
        var _ = parts.objects().write(seen, status);
      } catch (KubernetesClientException away) {
        parts.figures().trouble();
      }
    }
  }

  /** Whoever writes first has it: both writes name the version that was seen. */
  private Optional<Seen> claim() {
    return parts
        .objects()
        .keep(seen, true)
        .flatMap(kept -> parts.objects().write(kept, telling().running(run, parts.me())));
  }

  private void run(LoadedExperiment experiment, Seen claimed) {
    Scribe scribe = new Scribe(parts, claimed, progress, engine::halt).start();
    Status last;
    try {
      Result result =
          engine.run(
              experiment,
              new Options(false, Optional.empty(), SEED, accepted(), Optional.of(run)),
              progress);
      last = ended(claimed).ended(scribe.status(), result.verdict());
      parts.runs().reports().accept(result);
    } catch (Unplannable none) {
      last = ended(claimed).ended(scribe.status(), none.outcome(), none.words());
    } catch (IOException unwritten) {
      last =
          ended(claimed)
              .ended(
                  scribe.status(),
                  Outcome.INTERNAL_ERROR,
                  "no journal can be kept: " + unwritten.getMessage());
    } catch (RuntimeException bug) {
      // Nobody else would look after it while this replica lives.
      last =
          ended(claimed).ended(scribe.status(), Outcome.UNDO_NOT_PROVEN, "internal error: " + bug);
    }
    parts.figures().ended(last.verdict().orElse(""));
    scribe.conclude(last);
  }

  private Telling ended(Seen claimed) {
    return new Telling(claimed, parts.clock().instant());
  }

  private Set<Acceptance> accepted() {
    return "no-lease".equals(seen.annotations().get(Seen.ACCEPT))
        ? EnumSet.of(Acceptance.NO_LEASE)
        : Set.of();
  }
}
