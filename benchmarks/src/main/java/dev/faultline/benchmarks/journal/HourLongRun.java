package dev.faultline.benchmarks.journal;

import dev.faultline.judge.GateState;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Verdict;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Local;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.Freeze;
import dev.faultline.model.fault.Step;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.HdrHistogram.Histogram;

/**
 * The events of a run of one hour: five gates and a load of 200/s, looked at every second, and ten
 * faults of a minute each. The same each time.
 */
public final class HourLongRun {

  static final Instant BEGAN = Instant.parse("2026-03-14T09:00:00Z");

  private static final int HOUR = 3600;
  private static final int BASELINE = 60;
  private static final int FAULTS = 10;
  private static final int APART = 300;
  private static final int LASTS = 60;
  private static final int RATE = 200;

  private static final Instance ORDERS =
      new Instance.ProcessInstance(
          "orders",
          "orders",
          Optional.of(new ProcessRef("orders", "boot-1:4711:99")),
          ProcessState.RUNNING,
          Optional.empty());

  private final Random chance = new Random(1);
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, GateState> states = new LinkedHashMap<>();
  private final ExperimentSpec spec = spec();
  private Duration now = Duration.ZERO;

  private HourLongRun() {}

  /** From the start of the run to its conclusion. */
  public static List<Entry> entries() {
    HourLongRun run = new HourLongRun();
    run.begin();
    for (int second = 0; second < HOUR; second++) {
      run.now = Duration.ofSeconds(second);
      run.turn(second);
      run.look(second);
    }
    run.add(new Event.PhaseBegan(Phase.CLOSED));
    run.add(new Event.Concluded(Verdict.of(List.of())));
    return List.copyOf(run.entries);
  }

  private static ExperimentSpec spec() {
    List<String> faults = new ArrayList<>();
    for (int fault = 0; fault < FAULTS; fault++) {
      faults.add(
          """
          {"name": "%s", "freeze": {}, "target": {"process": "orders"},
           "for": "%ds", "start": "%ds"}
          """
              .formatted(name(fault), LASTS, fault * APART));
    }
    String json =
        """
        {"hypothesis": "When orders freezes for a minute, customers wait, and nothing is lost.",
         "load": {"http": "http://127.0.0.1:8080/checkout", "rate": "200/s"},
         "gates": [
           {"name": "errors", "load": "errors", "below": "1%%", "breach": "record"},
           {"name": "p99", "load": "p99", "below": "800ms", "breach": "record"},
           {"name": "rate", "load": "rate", "above": "150/s", "breach": "record"},
           {"name": "queue", "prometheus": "sum(queue_ready)", "below": 500, "breach": "record"},
           {"name": "up", "prometheus": "min(up)", "equals": 1, "breach": "record"}],
         "faults": [%s],
         "recovery": {"within": "540s"}}
        """
            .formatted(String.join(",", faults));
    return Codec.json().readValue(json, ExperimentSpec.class);
  }

  private void add(Event event) {
    entries.add(new Entry(entries.size(), BEGAN.plus(now), now, event));
    now = now.plusNanos(chance.nextInt(1, 2_000_000));
  }

  private void begin() {
    EnvironmentSpec environment =
        new EnvironmentSpec(
            new Local(Map.of("orders", Local.LocalProcess.ofPidFile("/run/orders.pid"))),
            Optional.empty(),
            Optional.empty(),
            Map.of());
    add(
        new Event.RunStarted(
            "hour", "hour", spec, environment, "hour.yaml", "/", false, "a machine", "0"));
    add(new Event.PhaseBegan(Phase.BASELINE));
    add(new Event.Planned(plan()));
  }

  private Plan plan() {
    List<Plan.PlannedFault> faults = new ArrayList<>();
    for (int fault = 0; fault < FAULTS; fault++) {
      faults.add(
          new Plan.PlannedFault(
              name(fault),
              new Freeze().words(),
              false,
              Duration.ofSeconds((long) fault * APART),
              Optional.empty(),
              Duration.ofSeconds(LASTS),
              1,
              Duration.ZERO,
              List.of(new Plan.PlannedTarget("orders", "orders", steps(fault))),
              new Freeze().endsBy(setting(fault))));
    }
    Duration longest = Duration.ofSeconds((long) (FAULTS - 1) * APART + LASTS);
    return new Plan(
        "hour",
        "0123456789abcdef",
        1,
        Duration.ofSeconds(10),
        new Plan.Times(
            Duration.ofSeconds(BASELINE), longest, Duration.ofSeconds(540), Duration.ofSeconds(1)),
        Optional.empty(),
        faults,
        spec.gates().stream()
            .map(
                gate ->
                    new Plan.PlannedGate(
                        gate.name(), gate.signal().words(), gate.bound().words(), Optional.empty()))
            .toList(),
        List.of());
  }

  private static String name(int fault) {
    return "freeze-" + fault;
  }

  private static Fault.Setting setting(int fault) {
    return new Fault.Setting(name(fault), Duration.ofSeconds(LASTS), Duration.ofSeconds(10));
  }

  private static List<Step> steps(int fault) {
    return new Freeze().plan(ORDERS, setting(fault));
  }

  /** What happens to faults and phases in this second. */
  private void turn(int second) {
    int since = second - BASELINE;
    if (since == 0) {
      add(new Event.PhaseBegan(Phase.FAULTS));
    }
    if (since >= 0 && since / APART < FAULTS && since % APART == 0) {
      start(since / APART);
    }
    if (since >= 0 && since / APART < FAULTS && since % APART == LASTS) {
      end(since / APART);
    }
    if (since == (FAULTS - 1) * APART + LASTS) {
      add(new Event.PhaseBegan(Phase.RECOVERY));
    }
  }

  private void start(int fault) {
    List<Step> steps = steps(fault);
    for (int i = 0; i < steps.size(); i++) {
      StepRef ref = new StepRef(name(fault), 0, "orders", i);
      add(new Event.StepIntended(ref, steps.get(i)));
      add(new Event.StepApplied(ref, new Effect.Done("sent")));
      add(new Event.StepVerified(ref, new Evidence(true, "it is stopped")));
    }
    add(new Event.FaultBegan(name(fault), 0, new Evidence(true, "in force")));
  }

  private void end(int fault) {
    for (int i = steps(fault).size() - 1; i >= 0; i--) {
      StepRef ref = new StepRef(name(fault), 0, "orders", i);
      add(new Event.UndoIntended(ref));
      add(new Event.UndoApplied(ref, new Effect.Done("sent")));
      add(new Event.UndoVerified(ref, new Evidence(true, "it runs")));
    }
    add(new Event.FaultEnded(name(fault), 0, new Evidence(true, "nothing of it is left")));
  }

  private void look(int second) {
    int since = second - BASELINE;
    boolean frozen = since >= 0 && since / APART < FAULTS && since % APART < LASTS;
    double[] readings = {
      frozen ? 0.2 : chance.nextDouble() / 200,
      frozen ? 2.5 : 0.05 + chance.nextDouble() / 50,
      RATE - chance.nextInt(5),
      frozen ? since % APART * 20.0 : chance.nextInt(40),
      1
    };
    for (int i = 0; i < readings.length; i++) {
      read(spec.gates().get(i), new Reading.Value(readings[i]));
    }
    add(new Event.LoadMeasured(interval(second, frozen)));
  }

  private void read(Gate gate, Reading reading) {
    GateState state =
        states
            .getOrDefault(gate.name(), GateState.unread())
            .on(reading, now, gate.bound(), gate.mustLast());
    states.put(gate.name(), state);
    add(new Event.GateRead(gate.name(), reading, state.status()));
  }

  private LoadInterval interval(int second, boolean frozen) {
    long failed = frozen ? RATE / 5 : 0;
    Histogram micros = new Histogram(3);
    for (int request = 0; request < RATE; request++) {
      double base = frozen ? 400_000 : 4_000;
      micros.recordValue(Math.round(base * (1 - Math.log(1 - chance.nextDouble()))));
    }
    ByteBuffer encoded = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
    int length = micros.encodeIntoCompressedByteBuffer(encoded);
    return new LoadInterval(
        second,
        BEGAN.plus(now),
        RATE,
        RATE,
        RATE - failed,
        failed == 0 ? Map.of() : Map.of("timeout", failed),
        Base64.getEncoder().encodeToString(Arrays.copyOf(encoded.array(), length)));
  }
}
