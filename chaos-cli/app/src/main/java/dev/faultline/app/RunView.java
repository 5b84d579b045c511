package dev.faultline.app;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.GateState.Status;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.Sink;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.plan.Plan.PlannedGate;
import dev.faultline.model.world.Sighting;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run as it happens: a line for each thing worth telling. */
final class RunView implements Sink {

  private final Page page;
  private final LoadedExperiment experiment;
  private final Map<String, Status> statuses = new HashMap<>();
  private Optional<Plan> plan = Optional.empty();
  private Phase phase = Phase.PREPARE;
  private String run = "";

  RunView(Page page, LoadedExperiment experiment) {
    this.page = page;
    this.experiment = experiment;
  }

  private record Told(Style style, String words) {}

  @Override
  public void accept(Entry entry) {
    Told told = tell(entry.event());
    if (told != null) {
      page.wrapped(
          "%8s  ".formatted(Spell.clock(entry.elapsed())), told.style(), Inert.text(told.words()));
    }
    if (entry.event() instanceof Event.Planned planned) {
      plan = Optional.of(planned.plan());
      new PlanView(page).print(planned.plan(), experiment);
    }
  }

  private @Nullable Told tell(Event event) {
    return switch (event) {
      case Event.RunStarted started -> {
        run = started.run();
        yield new Told(Style.PLAIN, "run " + run);
      }
      case Event.PhaseBegan began -> {
        phase = began.phase();
        yield phase(began.phase());
      }
      case Event.Sighted sighted -> sighted(sighted.sighting());
      case Event.FaultBegan began -> began(began);
      case Event.FaultEnded ended -> ended(ended);
      case Event.StepVerified shown -> evidence(shown.evidence());
      case Event.UndoVerified shown -> evidence(shown.evidence());
      case Event.GateRead read -> gate(read);
      case Event.Stopping stopping -> new Told(Style.RED, "stopping: " + stopping.words());
      case Event.ApprovalAsked asked ->
          new Told(Style.YELLOW, "%s: faultline approve %s".formatted(asked.words(), run));
      case Event.ScaledOut more -> new Told(Style.YELLOW, more.words());
      case Event.Approved approved -> new Told(Style.GREEN, EventWords.approved(approved));
      case Event.Held held -> new Told(Style.YELLOW, "held at " + held.words());
      case Event.Promoted promoted -> new Told(Style.GREEN, "promoted: " + promoted.words());
      case Event.TargetGone gone -> gone(gone.ref());
      case Event.Compared _,
          Event.ShareSeen _,
          Event.Planned _,
          Event.StepIntended _,
          Event.StepApplied _,
          Event.UndoIntended _,
          Event.UndoApplied _,
          Event.ObservationRead _,
          Event.LoadMeasured _,
          Event.DatabaseRead _,
          Event.LedgerRead _,
          Event.Concluded _ ->
          null;
    };
  }

  private static Told sighted(Sighting sighting) {
    return new Told(Style.PLAIN, "%s: %s".formatted(sighting.source(), sighting.words()));
  }

  private static Told gone(StepRef ref) {
    return new Told(
        Style.PLAIN,
        "target %s of fault %s is gone; one in its place is disturbed instead"
            .formatted(ref.target(), ref.fault()));
  }

  private static Told phase(Phase next) {
    return new Told(
        Style.BOLD,
        switch (next) {
          case PREPARE -> "preparing the environment";
          case BASELINE -> "baseline: watching the gates while nothing is broken";
          case FAULTS -> "faults";
          case ROLLOUT -> "rollout: traffic goes to the new version step by step";
          case UNDO -> "withdrawing every fault";
          case RECOVERY -> "recovery: watching the gates until all is well";
          case CLOSED -> "done";
        });
  }

  private static Told evidence(Evidence shown) {
    return new Told(shown.proven() ? Style.DIM : Style.RED, "· " + shown.words());
  }

  private Told began(Event.FaultBegan began) {
    if (!began.evidence().proven()) {
      return new Told(
          Style.RED, "fault %s failed: %s".formatted(began.fault(), began.evidence().words()));
    }
    return new Told(
        Style.YELLOW,
        "fault %s %s".formatted(began.fault(), instant(began.fault()) ? "is done" : "is in force"));
  }

  private @Nullable Told ended(Event.FaultEnded ended) {
    if (!ended.evidence().proven()) {
      return new Told(Style.RED, "fault " + ended.fault() + " is NOT proven over");
    }
    return instant(ended.fault())
        ? null
        : new Told(Style.GREEN, "fault " + ended.fault() + " is over");
  }

  private boolean instant(String name) {
    return plan.stream()
        .flatMap(known -> known.faults().stream())
        .filter(fault -> fault.name().equals(name))
        .anyMatch(PlannedFault::instant);
  }

  private @Nullable Told gate(Event.GateRead read) {
    String value = Spell.reading(read.reading(), read.gate(), experiment);
    Status before =
        Optional.ofNullable(statuses.put(read.gate(), read.status())).orElse(Status.UNREAD);
    boolean warmingUp =
        before == Status.UNREAD && phase == Phase.BASELINE && read.status() == Status.BLIND;
    if (before == read.status() || warmingUp) {
      return null;
    }
    return new Told(
        read.status() == Status.INSIDE ? Style.GREEN : Style.RED,
        "gate %s: %s, %s".formatted(read.gate(), value, standing(read)));
  }

  private String standing(Event.GateRead read) {
    String bound =
        plan.stream()
            .flatMap(known -> known.gates().stream())
            .filter(gate -> gate.name().equals(read.gate()))
            .map(PlannedGate::bound)
            .findFirst()
            .orElse("its bound");
    return switch (read.status()) {
      case INSIDE -> "as it must be (%s)".formatted(bound);
      case OUTSIDE -> "must be " + bound;
      case BREACHED -> "breached: must be " + bound;
      case BLIND, UNREAD -> "blind";
    };
  }
}
