package dev.faultline.engine.journal;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.GateState;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Verdict;
import dev.faultline.judge.sequential.Interval;
import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Obedience;
import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Local;
import dev.faultline.model.event.Breach;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.fault.Step;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Sighting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;

/** Events of every kind, with all that is awkward in them, and journals that are not right. */
final class Samples {

  private static final String SPEC =
      """
      {"hypothesis": "It stands: \\"quoted\\", umlaut ä, \\u0001, 😀",
       "gates": [{"name": "errors", "ratio": {"bad": "a", "total": "b[5m]"}, "below": "1%",
         "lasting": "3s", "when": ["during"], "breach": "record", "noData": "fail", "fresh": "up"},
        {"name": "p99", "load": "p99", "between": ["1ms", "2s"]},
        {"name": "exit", "command": ["true"], "equals": 0}],
       "faults": [{"kill": {"signal": "term"}, "target": {"service": ["a", "b"], "percent": "50%",
         "pick": "random"}, "every": "5s", "for": "20s"},
        {"custom": {"do": ["a"], "undo": ["b"], "verify": ["c", ""]}, "for": "1m", "start": "1s"}],
       "load": {"http": "http://x/", "rate": "10/s"}, "recovery": {"within": "1h"}, "seed": 7}
      """;

  private static final String ROLLOUT =
      """
      {"stable": "v1", "canary": "v2",
       "route": {"haproxy": {"socket": "${lab}/s", "backend": "b", "stable": "v1", "canary": "v2"}},
       "steps": [{"weight": "5%", "hold": "2m", "samples": 500}, {"weight": "50%", "approve": {"within": "3h"}, "experiment": "x.yaml", "faults": [{"kill": {}, "target": {"process": "v1"}}]}],
       "compare": [
         {"errors": {"bad": "b{v=\\"${version}\\"}", "total": "t{v=\\"${version}\\"}"},
          "worseBy": "0.5pp", "test": "counts"},
         {"latency": {"histogram": "h{v=\\"${version}\\"}", "above": "250ms"}, "name": "slow"}],
       "confidence": "99.9%", "look": "5s", "warmUp": "0s",
       "gates": [{"name": "g", "prometheus": "x", "below": 1}], "rollbackWindow": "15m",
       "onBreach": {"then": "hold", "within": "1m"}}
      """;

  private Samples() {}

  static Event event() {
    return new Event.PhaseBegan(Phase.FAULTS);
  }

  static List<Entry> entries() {
    List<Event> events = new ArrayList<>(frame());
    StepRef ref = new StepRef("f", 2, "t", 1);
    Evidence evidence = new Evidence(true, "");
    for (Step step : steps()) {
      events.add(new Event.StepIntended(ref, step));
    }
    events.addAll(
        List.of(
            new Event.StepApplied(ref, new Effect.Done("")),
            new Event.StepApplied(ref, new Effect.Superseded("line\nbreak")),
            new Event.StepVerified(ref, evidence),
            new Event.UndoIntended(ref),
            new Event.UndoApplied(ref, new Effect.Failed("no")),
            new Event.UndoVerified(ref, new Evidence(false, "still there")),
            new Event.FaultBegan("f", 0, evidence),
            new Event.FaultEnded("f", 1, evidence),
            new Event.GateRead("g", new Reading.Value(0.1 + 0.2), GateState.Status.INSIDE),
            new Event.GateRead(
                "g", new Reading.Value(Double.POSITIVE_INFINITY), GateState.Status.OUTSIDE),
            new Event.GateRead(
                "g", new Reading.Value(Double.NEGATIVE_INFINITY), GateState.Status.BREACHED),
            new Event.GateRead(
                "g", new Reading.Blind(BlindReason.NO_DATA, ""), GateState.Status.BLIND),
            new Event.LoadMeasured(
                new LoadInterval(3, Instant.EPOCH, 9.5, 10, 9, Map.of("http 503", 1L), "")),
            new Event.Sighted(new Sighting(Sighting.Kind.DETECTED, "supervisor", "db ended")),
            new Event.Stopping(StopReason.GATE_BREACHED, Optional.of("g"), "because"),
            new Event.Stopping(StopReason.HALTED, Optional.empty(), ""),
            new Event.Concluded(
                Verdict.of(List.of(new Verdict.Reason(Outcome.FAILED, "g", "it broke")))),
            new Event.Concluded(Verdict.of(List.of()))));
    events.addAll(looks());
    events.addAll(rollout());
    List<Entry> entries = new ArrayList<>();
    for (Event event : events) {
      entries.add(entry(entries.size(), event));
    }
    return entries;
  }

  private static Entry entry(int number, Event event) {
    Duration elapsed = Duration.ofNanos(123_456_789L * number);
    return new Entry(number, Instant.ofEpochSecond(1_700_000_000, 1), elapsed, event);
  }

  private static List<Event> looks() {
    return List.of(
        new Event.ObservationRead(
            "b", List.of(new Reading.Value(2), new Reading.Blind(BlindReason.TIMEOUT, "late"))),
        new Event.DatabaseRead(
            "db",
            new DatabaseState(
                List.of(
                    new DatabaseState.Node(
                        "db-1",
                        NodeRole.STANDBY,
                        Optional.of(2L),
                        true,
                        Optional.of(0L),
                        "\"odd\"")),
                Map.of("synchronous_standby_names", ""))),
        new Event.LedgerRead(
            new LedgerAccount(
                "db",
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                3,
                2,
                1,
                0,
                Optional.of(new LedgerAccount.Tally(2, 0, Duration.ZERO, 0, 0, 0)),
                "",
                List.of(
                    new LedgerAccount.Gap(
                        0, Instant.EPOCH, Optional.of(Instant.EPOCH), Optional.empty(), "reset")),
                List.of(new LedgerAccount.Second(Instant.EPOCH, 2, 1)))));
  }

  private static List<Event> rollout() {
    RolloutSpec spec = Codec.json().readValue(ROLLOUT, RolloutSpec.class);
    Look look = new Look(new Traffic(399.5, 41.0 / 3), new Traffic(1601, 0));
    return List.of(
        new Event.RunStarted(
            "20260101-000001-x",
            "x",
            spec.experiment(),
            new EnvironmentSpec(new Local(Map.of()), Optional.empty(), Optional.empty(), Map.of()),
            "x.yaml",
            "",
            false,
            "h",
            "1",
            Optional.of(spec)),
        new Event.Compared("errors", Optional.of(look), Optional.empty(), 0.1 + 0.2, -1.5),
        new Event.Compared("errors", Optional.empty(), Optional.of("no \"data\""), 0, 0),
        new Event.ApprovalAsked(1, "50% waits for an approval for 3600 s", Optional.empty()),
        new Event.ApprovalAsked(
            1,
            "held at 50%: bad; it waits for an approval for 60 s",
            Optional.of(new Breach(StopReason.GATE_BREACHED, Optional.of("g"), "bad"))),
        new Event.ScaledOut(
            "scaled out at 20%: worse",
            new Breach(StopReason.CANARY_WORSE, Optional.empty(), "worse")),
        new Event.Approved(1, "ann", "looks \"good\""),
        new Event.Held("20%: errors looks worse"),
        new Event.ShareSeen(0.2, 0.199, new Interval(0, 0.37), Obedience.UNKNOWN),
        new Event.TargetGone(new StepRef("f", 2, "t", 0)),
        new Event.Promoted("canary", "without evidence"));
  }

  /** A journal short enough to be broken at every bit. */
  static List<Entry> few() {
    List<Event> events =
        List.of(
            event(),
            new Event.StepApplied(new StepRef("f", 0, "t", 0), new Effect.Done("ä\n")),
            new Event.GateRead("g", new Reading.Value(1), GateState.Status.INSIDE),
            new Event.UndoIntended(new StepRef("f", 0, "t", 0)));
    List<Entry> entries = new ArrayList<>();
    events.forEach(
        event -> entries.add(new Entry(entries.size(), Instant.EPOCH, Duration.ZERO, event)));
    return entries;
  }

  private static List<Event> frame() {
    return List.of(
        new Event.RunStarted(
            "20260101-000000-x",
            "x",
            Codec.json().readValue(SPEC, ExperimentSpec.class),
            new EnvironmentSpec(
                new Local(Map.of("db", Local.LocalProcess.ofPidFile("/run/db.pid"))),
                Optional.empty(),
                Optional.empty(),
                Map.of()),
            "x.yaml",
            "",
            true,
            "a host",
            "1"),
        new Event.PhaseBegan(Phase.BASELINE),
        new Event.Planned(plan()));
  }

  private static Plan plan() {
    return new Plan(
        "x",
        "abc",
        -1,
        Duration.ofSeconds(10),
        new Plan.Times(
            Duration.ZERO, Duration.ofMillis(1), Duration.ofDays(3), Duration.ofNanos(1)),
        Optional.empty(),
        List.of(
            new Plan.PlannedFault(
                "f",
                "words",
                false,
                Duration.ZERO,
                Optional.of("e"),
                Duration.ofSeconds(3),
                1,
                Duration.ZERO,
                List.of(new Plan.PlannedTarget("t", "", steps())),
                List.of(new EndsBy(EndsBy.Layer.FUSE, Optional.empty(), "how")))),
        List.of(new Plan.PlannedGate("g", "q", "below 1%", Optional.of(new Reading.Value(1e-300)))),
        List.of("note"));
  }

  private static List<Step> steps() {
    ProcessRef process = new ProcessRef("db", "");
    Action goOn = new Action.SendSignal(process, ProcessSignal.CONT);
    Proof proof =
        new Proof(
            new Query.ProcessStatus(process),
            new Expectation.ProcessIn(Set.of(ProcessState.STOPPED, ProcessState.GONE)),
            Duration.ofSeconds(5));
    Action command = new Action.RunCommand(List.of("a", "", " "), Duration.ofMillis(1500));
    Proof exits =
        new Proof(
            new Query.CommandStatus(List.of("x"), Duration.ofSeconds(1)),
            new Expectation.Exits(false),
            Duration.ZERO);
    Action arm = new Action.ArmFuse("f.t", List.of(goOn, command), Duration.ofSeconds(10));
    Proof armed =
        new Proof(
            new Query.FuseStatus("f.t"), new Expectation.FuseArmed(true), Duration.ofSeconds(1));
    return List.of(
        new Step(arm, Optional.of(armed), undo(new Action.DisarmFuse("f.t"), armed)),
        new Step(goOn, Optional.of(proof), Optional.empty()),
        new Step(command, Optional.empty(), undo(new Action.FireFuse("f.t"), exits)));
  }

  private static Optional<Step.Undo> undo(Action action, Proof proof) {
    return Optional.of(new Step.Undo(action, Optional.of(proof)));
  }

  /** A line whose checksum is right, whatever it says. */
  static String checked(String json) {
    CRC32C crc = new CRC32C();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    return "{\"crc\":\"%s\",\"entry\":%s}\n"
        .formatted(HexFormat.of().toHexDigits((int) crc.getValue()), json);
  }

  static byte[] scrambled(byte[] bytes, Random chance) {
    byte[] scrambled = bytes.clone();
    for (int i = chance.nextInt(5); i >= 0; i--) {
      int at = chance.nextInt(scrambled.length);
      int length = Math.min(1 + chance.nextInt(20), scrambled.length - at);
      byte[] noise = new byte[length];
      chance.nextBytes(noise);
      System.arraycopy(noise, 0, scrambled, at, length);
    }
    return scrambled;
  }

  /** A journal of one line that was altered by somebody who knows how to make a checksum. */
  static byte[] forged(List<String> lines, Random chance) {
    String line = lines.get(chance.nextInt(lines.size()));
    StringBuilder json = new StringBuilder(line.substring(27, line.length() - 1));
    String letters = "{}[]\",:0123456789-.eEstrufalnms \\";
    for (int i = chance.nextInt(3); i >= 0; i--) {
      int at = chance.nextInt(json.length());
      switch (chance.nextInt(3)) {
        case 0 -> json.setCharAt(at, letters.charAt(chance.nextInt(letters.length())));
        case 1 -> json.deleteCharAt(at);
        default -> json.insert(at, letters.charAt(chance.nextInt(letters.length())));
      }
    }
    return checked(json.toString().replaceFirst("\"number\":\\d+", "\"number\":0"))
        .getBytes(StandardCharsets.UTF_8);
  }

  static boolean otherProcessCanLock(Path file) throws IOException, InterruptedException {
    String script =
        """
        import fcntl, sys
        try:
            fcntl.lockf(open(sys.argv[1], "w"), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sys.exit(1)
        """;
    return new ProcessBuilder("python3", "-c", script, file.toString()).start().waitFor() == 0;
  }
}
