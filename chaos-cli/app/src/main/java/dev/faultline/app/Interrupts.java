package dev.faultline.app;

import dev.faultline.engine.run.Engine;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Sink;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.StepSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C, SIGTERM and a closed terminal: the first one withdraws every fault and lets the run end
 * with its report, the second one leaves at once and says what remains. It listens to the run to
 * know that.
 */
final class Interrupts implements Sink, AutoCloseable {

  private final Console console;
  private final Engine engine;
  private final AtomicInteger times = new AtomicInteger();
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  private Interrupts(Console console, Engine engine) {
    this.console = console;
    this.engine = engine;
  }

  static Interrupts handle(Console console, Engine engine) {
    Interrupts interrupts = new Interrupts(console, engine);
    Signals.handle("INT", () -> interrupts.happen("SIGINT", 2));
    Signals.handle("TERM", () -> interrupts.happen("SIGTERM", 15));
    Signals.handle("HUP", () -> interrupts.happen("SIGHUP", 1));
    return interrupts;
  }

  @Override
  public void accept(Entry entry) {
    if (entry.event() instanceof Event.RunStarted) {
      entries.clear();
    }
    if (entry.event().changesState()) {
      entries.add(entry);
    }
  }

  private void happen(String name, int number) {
    Page err = console.err();
    err.line("");
    if (times.incrementAndGet() == 1) {
      err.line(name + ": withdrawing every fault; once more leaves at once");
      Thread.ofVirtual().start(() -> engine.halt("stopped by " + name));
      return;
    }
    err.line(name + " again: leaving at once");
    List<String> remaining = remaining();
    if (remaining.isEmpty()) {
      err.line("  nothing is in force");
    } else {
      remaining.forEach(step -> err.wrapped("  in force: ", Inert.text(step)));
      err.line("  'faultline undo' ends it at once");
    }
    Runtime.getRuntime().halt(128 + number);
  }

  /** What the journal has open, and when it ends by itself. */
  private List<String> remaining() {
    List<Entry> heard = List.copyOf(entries);
    List<String> lines = new ArrayList<>();
    if (!heard.isEmpty()) {
      RunSummary run = RunSummary.of(heard);
      for (StepSummary step : run.open()) {
        String ends =
            fault(run, step)
                .flatMap(PlanView::without)
                .map(within -> "ends by itself within " + Spell.time(within))
                .orElse("does not end by itself");
        lines.add("%s; %s".formatted(step.step().action().describe(), ends));
      }
    }
    return lines;
  }

  private static Optional<PlannedFault> fault(RunSummary run, StepSummary step) {
    return run.plan().stream()
        .flatMap(plan -> plan.faults().stream())
        .filter(fault -> fault.name().equals(step.ref().fault()))
        .findFirst();
  }

  @Override
  public void close() {
    Signals.restore("INT");
    Signals.restore("TERM");
    Signals.restore("HUP");
  }
}
