package dev.faultline.reports;

import static dev.faultline.reports.Journal.reason;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Bound;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.gate.Prometheus;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Sighting;
import dev.faultline.reports.facts.Spelling;
import java.util.List;
import java.util.Map;

/** A run all of whose free text wants to be more than text. */
final class Hostile {

  static final String SCRIPT = "<script>alert(1)</script>";

  /** Markup, templates, ends of sections, tables, mentions, control and direction characters. */
  static final String TEXT =
      SCRIPT
          + "<img src=x onerror=alert(2)>${7*7}#{7*7}[=7*7]<#assign x=1></style></title>]]>--><!--"
          + "| a | b |`code`*bold* [link](http://evil.example) www.evil.example @everyone #1 :smile:"
          + "\u0000\u0007\u001b[31mred\u202Edlrow\u2066\u200B\uD800 &amp; \"quoted\" 'single'\r\n"
          + "# heading\n<details>";

  private Hostile() {}

  static Journal run() {
    return run(TEXT);
  }

  static Journal run(String text) {
    Gate gate =
        Shop.gate(
            "errors",
            Prometheus.of("up{x=\"" + Spelling.brief(text, 1000) + "\"}"),
            new Bound.Below(limit(text)));
    Journal journal = new Journal().add(Shop.started(text, text, false, List.of(gate)));
    journal.phase(Phase.PREPARE).add(new Event.Planned(Shop.plan(List.of(gate))));
    journal.at(1).phase(Phase.BASELINE).read(gate, new Reading.Value(0));
    journal.at(2).phase(Phase.FAULTS);
    StepRef ref = new StepRef(text, 0, text, 0);
    journal.add(new Event.StepIntended(ref, Shop.steps().get(1)));
    journal.add(new Event.StepApplied(ref, new Effect.Done(text)));
    journal.add(new Event.StepVerified(ref, new Evidence(true, text)));
    journal.at(3).read(gate, new Reading.Blind(BlindReason.MALFORMED, text));
    journal.load(1, 10, Map.of(text, 3L), "not a histogram");
    journal.at(4).read(gate, new Reading.Value(Double.POSITIVE_INFINITY));
    journal.sight(Sighting.Kind.DETECTED, text, text + "x".repeat(300_000));
    journal.at(5).stop(StopReason.GATE_BREACHED, "errors", text);
    journal.add(new Event.UndoApplied(ref, new Effect.Superseded(text)));
    journal.add(new Event.UndoVerified(ref, new Evidence(false, text)));
    return journal.at(6).conclude(reason(Outcome.FAILED, text, text + "y".repeat(100_000)));
  }

  private static Quantity limit(String text) {
    return new Quantity(0.5, Unit.SHARE, "50%" + text);
  }
}
