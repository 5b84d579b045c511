package dev.faultline.app;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.GateState.Status;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.Sink;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.plan.Plan.PlannedGate;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run as it happens: a line for each thing worth telling; on a terminal, the gates as they read
 * now below them.
 */
final class RunView implements Sink {

  private static final String CLEAR = "\r\u001b[K";

  private final Page page;
  private final LoadedExperiment experiment;
  private final Map<String, Status> statuses = new HashMap<>();
  private final Map<String, String> readings = new LinkedHashMap<>();
  private Optional<Plan> plan = Optional.empty();
  private Phase phase = Phase.PREPARE;

  RunView(Page page, LoadedExperiment experiment) {
    this.page = page;
    this.experiment = experiment;
  }

  private record Told(Style style, String words) {}

  @Override
  public void accept(Entry entry) {
    Told told = tell(entry.event());
    if (told != null) {
      clearStatus();
      page.wrapped(
          "%8s  ".formatted(Spell.clock(entry.elapsed())), told.style(), Inert.text(told.words()));
    }
    if (entry.event() instanceof Event.Planned planned) {
      plan = Optional.of(planned.plan());
      clearStatus();
      new PlanView(page).print(planned.plan(), experiment);
    }
    showStatus(entry.elapsed());
  }

  private @Nullable Told tell(Event event) {
    return switch (event) {
      case Event.RunStarted started -> new Told(Style.PLAIN, "run " + started.run());
      case Event.PhaseBegan began -> {
        phase = began.phase();
        yield phase(began.phase());
      }
      case Event.Sighted sighted ->
          new Told(
              Style.PLAIN,
              "%s: %s".formatted(sighted.sighting().source(), sighted.sighting().words()));
      case Event.FaultBegan began -> began(began);
      case Event.FaultEnded ended -> ended(ended);
      case Event.StepVerified shown -> evidence(shown.evidence());
      case Event.UndoVerified shown -> evidence(shown.evidence());
      case Event.GateRead read -> gate(read);
      case Event.Stopping stopping -> new Told(Style.RED, "stopping: " + stopping.words());
      case Event.Planned _,
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

  private static Told phase(Phase next) {
    return new Told(
        Style.BOLD,
        switch (next) {
          case PREPARE -> "preparing the environment";
          case BASELINE -> "baseline: watching the gates while nothing is broken";
          case FAULTS -> "faults";
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
    readings.put(read.gate(), value);
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

  private void showStatus(Duration elapsed) {
    if (!page.colour() || readings.isEmpty() || phase == Phase.CLOSED) {
      return;
    }
    String gates =
        readings.entrySet().stream()
            .map(gate -> gate.getKey() + " " + gate.getValue())
            .collect(Collectors.joining(" · "));
    String line =
        "%8s  %s · %s"
            .formatted(Spell.clock(elapsed), phase.name().toLowerCase(Locale.ROOT), gates);
    page.print(CLEAR + page.cut(1, line));
  }

  private void clearStatus() {
    if (page.colour()) {
      page.print(CLEAR);
    }
  }
}
