package dev.faultline.app;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.GateState.Status;
import dev.faultline.judge.Reading;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.Sink;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.world.Sighting;
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

  private final Console console;
  private final LoadedExperiment experiment;
  private final Map<String, Status> statuses = new HashMap<>();
  private final Map<String, String> readings = new LinkedHashMap<>();
  private Phase phase = Phase.PREPARE;

  RunView(Console console, LoadedExperiment experiment) {
    this.console = console;
    this.experiment = experiment;
  }

  @Override
  public void accept(Entry entry) {
    String line = line(entry.event());
    if (line != null) {
      clearStatus();
      console.err().printf("%8s  %s%n", seconds(entry.elapsed()), line);
    }
    if (entry.event() instanceof Event.Planned planned) {
      clearStatus();
      new PlanView(console).print(planned.plan(), experiment, console.err());
    }
    showStatus(entry.elapsed());
  }

  private static String seconds(Duration elapsed) {
    return String.format(Locale.ROOT, "%.1fs", elapsed.toMillis() / 1000.0);
  }

  private @Nullable String line(Event event) {
    return switch (event) {
      case Event.PhaseBegan began -> {
        phase = began.phase();
        yield phaseLine(began.phase());
      }
      case Event.Sighted sighted -> sighting(sighted.sighting());
      case Event.FaultBegan began ->
          began.evidence().proven()
              ? Style.YELLOW.on(console, "fault " + began.fault() + " is in force")
              : Style.RED.on(console, "fault " + began.fault() + " failed: ")
                  + Inert.text(began.evidence().words());
      case Event.FaultEnded ended ->
          ended.evidence().proven()
              ? Style.GREEN.on(console, "fault " + ended.fault() + " is over")
              : Style.RED.on(console, "fault " + ended.fault() + " is NOT proven over");
      case Event.StepVerified shown when shown.evidence().proven() ->
          Style.DIM.on(console, "  " + Inert.text(shown.evidence().words()));
      case Event.UndoVerified shown ->
          Style.DIM.on(console, "  " + Inert.text(shown.evidence().words()));
      case Event.GateRead read -> gate(read);
      case Event.Stopping stopping ->
          Style.RED.on(console, "stopping: ") + Inert.text(stopping.words());
      case Event.RunStarted started -> "run " + started.run();
      case Event.Planned _,
          Event.StepIntended _,
          Event.StepApplied _,
          Event.StepVerified _,
          Event.UndoIntended _,
          Event.UndoApplied _,
          Event.LoadMeasured _,
          Event.Concluded _ ->
          null;
    };
  }

  private String phaseLine(Phase next) {
    String words =
        switch (next) {
          case PREPARE -> "preparing the environment";
          case BASELINE -> "baseline: watching the gates while nothing is broken";
          case FAULTS -> "faults";
          case UNDO -> "withdrawing every fault";
          case RECOVERY -> "recovery: watching the gates until all is well";
          case CLOSED -> "done";
        };
    return Style.BOLD.on(console, words);
  }

  private @Nullable String sighting(Sighting seen) {
    return "%s: %s".formatted(seen.source(), Inert.text(seen.words()));
  }

  private @Nullable String gate(Event.GateRead read) {
    String value = value(read);
    readings.put(read.gate(), value);
    Status before =
        Optional.ofNullable(statuses.put(read.gate(), read.status())).orElse(Status.UNREAD);
    if (before == read.status()
        || (before == Status.UNREAD && phase == Phase.BASELINE && read.status() == Status.BLIND)) {
      return null;
    }
    String words =
        "gate %s: %s, %s"
            .formatted(read.gate(), value, read.status().name().toLowerCase(Locale.ROOT));
    return read.status() == Status.INSIDE
        ? Style.GREEN.on(console, words)
        : Style.RED.on(console, words);
  }

  private String value(Event.GateRead read) {
    return switch (read.reading()) {
      case Reading.Blind blind -> blind.reason().words();
      case Reading.Value number ->
          experiment.spec().gates().stream()
              .filter(gate -> gate.name().equals(read.gate()))
              .map(Gate::bound)
              .map(bound -> bound.limit().spellLike(number.value()) + " (" + bound.words() + ")")
              .findFirst()
              .orElse(String.valueOf(number.value()));
    };
  }

  private void showStatus(Duration elapsed) {
    if (!console.colour() || readings.isEmpty() || phase == Phase.CLOSED) {
      return;
    }
    String gates =
        readings.entrySet().stream()
            .map(gate -> gate.getKey() + " " + gate.getValue())
            .collect(Collectors.joining(" · "));
    String line =
        "%8s  %s · %s".formatted(seconds(elapsed), phase.name().toLowerCase(Locale.ROOT), gates);
    console.err().print("\r\u001b[K" + line.substring(0, Math.min(line.length(), width())));
    console.err().flush();
  }

  private int width() {
    try {
      return Math.max(20, Integer.parseInt(console.env().getOrDefault("COLUMNS", "80")) - 1);
    } catch (NumberFormatException strange) {
      return 79;
    }
  }

  private void clearStatus() {
    if (console.colour()) {
      console.err().print("\r\u001b[K");
    }
  }
}
