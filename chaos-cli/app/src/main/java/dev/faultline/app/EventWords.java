package dev.faultline.app;

import dev.faultline.judge.Reading;
import dev.faultline.judge.Verdict;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LoadInterval;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an event is about and what it says, in one line. */
final class EventWords {

  /** The kinds of events that a person chooses from. */
  enum Kind {
    RUN,
    PHASE,
    PLAN,
    FAULT,
    STEP,
    GATE,
    OBSERVATION,
    LOAD,
    DATABASE,
    LEDGER,
    SIGHTING,
    COMPARISON,
    APPROVAL,
    STOP,
    VERDICT;

    /** As it is written on the command line. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(Event event) {
      return switch (event) {
        case Event.RunStarted _ -> RUN;
        case Event.PhaseBegan _ -> PHASE;
        case Event.Planned _ -> PLAN;
        case Event.FaultBegan _, Event.FaultEnded _ -> FAULT;
        case Event.StepIntended _, Event.StepApplied _, Event.StepVerified _ -> STEP;
        case Event.UndoIntended _, Event.UndoApplied _, Event.UndoVerified _ -> STEP;
        case Event.TargetGone _ -> STEP;
        case Event.GateRead _ -> GATE;
        case Event.ObservationRead _ -> OBSERVATION;
        case Event.LoadMeasured _ -> LOAD;
        case Event.DatabaseRead _ -> DATABASE;
        case Event.LedgerRead _ -> LEDGER;
        case Event.Sighted _ -> SIGHTING;
        case Event.Compared _, Event.ShareSeen _, Event.Held _ -> COMPARISON;
        case Event.ScaledOut _, Event.Promoted _ -> COMPARISON;
        case Event.ApprovalAsked _, Event.Approved _ -> APPROVAL;
        case Event.Stopping _ -> STOP;
        case Event.Concluded _ -> VERDICT;
      };
    }
  }

  private final Map<String, Gate> gates;

  /** Words for the events of a run with these gates, in whose units readings are told. */
  EventWords(Map<String, Gate> gates) {
    this.gates = gates;
  }

  /** The line of an event; has words of others in it, and so is not fit for a terminal as it is. */
  String of(Event event) {
    return switch (event) {
      case Event.RunStarted started -> started(started);
      case Event.PhaseBegan began -> began.phase().name().toLowerCase(Locale.ROOT);
      case Event.Planned planned -> plan(planned.plan());
      case Event.FaultBegan began ->
          named(began.fault(), began.occurrence())
              + shown("is in force", "FAILED", began.evidence());
      case Event.FaultEnded ended ->
          named(ended.fault(), ended.occurrence())
              + shown("is over", "is NOT PROVEN over", ended.evidence());
      case Event.StepIntended next -> next.ref() + ": to " + next.step().action().describe();
      case Event.StepApplied done -> done.ref() + ": applied, " + done.effect().detail();
      case Event.StepVerified seen ->
          seen.ref() + ": " + shown("shown", "NOT SHOWN", seen.evidence());
      case Event.UndoIntended next -> next.ref() + ": to be undone";
      case Event.TargetGone gone -> gone.ref() + ": its target is gone; to be undone";
      case Event.UndoApplied done -> done.ref() + ": undo applied, " + done.effect().detail();
      case Event.UndoVerified seen ->
          seen.ref() + ": undo " + shown("shown", "NOT SHOWN", seen.evidence());
      case Event.GateRead read -> gate(read);
      case Event.ObservationRead read -> read.observation() + " " + readings(read);
      case Event.LoadMeasured measured -> load(measured.interval());
      case Event.DatabaseRead read -> read.database() + ": " + read.state().words();
      case Event.LedgerRead read -> ledger(read.account());
      case Event.Sighted seen -> seen.sighting().source() + ": " + seen.sighting().words();
      case Event.Compared compared -> RolloutWords.of(compared);
      case Event.ShareSeen seen -> RolloutWords.of(seen);
      case Event.Held held -> "held at " + held.words();
      case Event.ApprovalAsked asked -> asked.words();
      case Event.ScaledOut more -> more.words();
      case Event.Approved approved -> approved(approved);
      case Event.Promoted promoted -> promoted.fault() + " promoted: " + promoted.words();
      case Event.Stopping stopping -> stopping.words();
      case Event.Concluded concluded -> verdict(concluded.verdict());
    };
  }

  /** Who approved, and what he added. */
  static String approved(Event.Approved approved) {
    return "approved by %s%s"
        .formatted(approved.by(), approved.why().isEmpty() ? "" : ": " + approved.why());
  }

  private static String started(Event.RunStarted run) {
    return "%s from %s on %s, Faultline %s%s"
        .formatted(
            run.run(),
            run.file(),
            run.host(),
            run.version(),
            run.control() ? ", without its faults" : "");
  }

  private static String plan(Plan plan) {
    return "%s: %s, %s %s"
        .formatted(
            PlanView.brief(plan),
            Spell.count(plan.faults().size(), "fault"),
            PlanView.bound(plan),
            Spell.time(plan.times().total()));
  }

  private static String named(String fault, int occurrence) {
    return fault + (occurrence == 0 ? " " : " #" + (occurrence + 1) + " ");
  }

  private static String shown(String proven, String otherwise, Evidence evidence) {
    String words = evidence.words().isBlank() ? "" : ": " + evidence.words();
    return (evidence.proven() ? proven : otherwise) + words;
  }

  private String gate(Event.GateRead read) {
    String value =
        switch (read.reading()) {
          case Reading.Blind blind -> blind.reason().words() + ": " + blind.detail();
          case Reading.Value number ->
              gates.containsKey(read.gate())
                  ? gates.get(read.gate()).spell(number)
                  : Double.toString(number.value());
        };
    return "%s %s, %s".formatted(read.gate(), value, read.status().name().toLowerCase(Locale.ROOT));
  }

  private static String readings(Event.ObservationRead read) {
    return read.readings().stream()
        .map(
            reading ->
                switch (reading) {
                  case Reading.Blind blind -> blind.reason().words();
                  case Reading.Value number -> Double.toString(number.value());
                })
        .collect(Collectors.joining(", "));
  }

  private static String load(LoadInterval second) {
    String errors =
        new TreeMap<>(second.errors())
            .entrySet().stream()
                .map(error -> ", %d %s".formatted(error.getValue(), error.getKey()))
                .collect(Collectors.joining());
    return "%d requests, %d answered%s".formatted(second.intended(), second.answered(), errors);
  }

  private static String ledger(LedgerAccount account) {
    return "%s: %d writes acknowledged, %d failed, %s"
        .formatted(
            account.database(),
            account.acknowledged(),
            account.failed(),
            account
                .tally()
                .map(tally -> tally.lost() + " lost")
                .orElse("not read back: " + account.unread()));
  }

  private static String verdict(Verdict verdict) {
    return verdict.outcome().words()
        + verdict.reasons().stream()
            .map(reason -> "; " + reason.words())
            .collect(Collectors.joining());
  }
}
