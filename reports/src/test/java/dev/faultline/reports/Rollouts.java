package dev.faultline.reports;

import static dev.faultline.reports.Journal.reason;

import dev.faultline.judge.Outcome;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Reading;
import dev.faultline.judge.sequential.Claim;
import dev.faultline.judge.sequential.Evidence;
import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.ObservedShare;
import dev.faultline.judge.sequential.ShareEvidence;
import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.document.Judged;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.document.RolloutStep;
import dev.faultline.model.environment.Load;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.Step;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.rollout.Comparison;
import dev.faultline.model.rollout.Errors;
import dev.faultline.model.rollout.Latency;
import dev.faultline.model.rollout.Routing;
import dev.faultline.model.route.Haproxy;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Rollouts of a new version of orders, with blocks of two seconds. */
final class Rollouts {

  private static final int BLOCK = 2;
  private static final double REQUESTS = 80;

  private static final Comparison ERRORS =
      new Comparison(
          Optional.empty(),
          new Errors(
              "http_requests_total{version=\"${version}\",code=~\"5..\"}",
              "http_requests_total{version=\"${version}\"}"),
          Optional.empty(),
          Optional.of(Quantity.parse("200%")),
          Optional.empty());
  private static final Comparison SLOW =
      new Comparison(
          Optional.of("slow answers"),
          new Latency(
              "http_request_duration_seconds{version=\"${version}\"}", Quantity.parse("250ms")),
          Optional.of(Quantity.parse("20%")),
          Optional.of(Quantity.parse("200%")),
          Optional.empty());

  private final Journal journal;
  private final RolloutSpec spec;
  private final List<Step> planned;
  private final List<Evidence> worse = new ArrayList<>();
  private final List<Evidence> notWorse = new ArrayList<>();
  private ObservedShare share = ObservedShare.of(0, 0.01);
  private int step = -1;

  /** Whether both versions are under the faults of the last step. */
  private boolean under;

  private Rollouts(String hypothesis) {
    this(hypothesis, List.of(part("20%"), part("50%")));
  }

  private Rollouts(String hypothesis, List<RolloutStep> steps) {
    spec = spec(hypothesis, steps);
    planned =
        spec.shift()
            .plan(
                new Instance.Here(),
                new Fault.Setting(
                    RolloutSpec.SHIFT, Duration.ofMinutes(2), Duration.ofSeconds(10)));
    for (Judged judged : spec.judged()) {
      worse.add(ShareEvidence.of(Claim.WORSE, judged.comparison().tolerated()));
      notWorse.add(ShareEvidence.of(Claim.NOT_WORSE, judged.comparison().proven()));
    }
    journal = begun();
  }

  static Map<String, Journal> all() {
    Map<String, Journal> all = new LinkedHashMap<>();
    all.put("rolled-back", rolledBack());
    all.put("promoted", promoted());
    all.put("promoted-unproven", promotedUnproven());
    all.put("tried", tried());
    all.put("rollout-died", died());
    return all;
  }

  /** The canary fails more often, which the second step shows. */
  static Journal rolledBack() {
    Rollouts rollout = new Rollouts("The new version of orders is no worse than the old one.");
    rollout.shift(20, 0);
    rollout.watch(22, 44, 0.08);
    rollout.shift(44, 1);
    rollout.blind(47);
    rollout.watch(48, 79, 0.3);
    String why = "errors: the canary is worse than stable at 50%: 118 of 360 requests failed";
    rollout.journal.at(80.1).stop(StopReason.CANARY_WORSE, "", why);
    rollout.journal.phase(Phase.UNDO);
    rollout.journal.at(80.12).end(rollout.ref(0, 1), "0% to the canary");
    rollout.journal.end(rollout.ref(0, 0), "not armed");
    rollout.gates(81, 92, 0);
    return rollout
        .journal
        .at(92)
        .phase(Phase.CLOSED)
        .conclude(reason(Outcome.ROLLED_BACK, "run", why));
  }

  /** The canary is as good, until inventory is slow for both. */
  static Journal tried() {
    Rollouts rollout =
        new Rollouts(
            "The new version of orders bears a slow inventory as the old one does.",
            List.of(part("20%"), part("50%").with(List.of(Shop.frozen()))));
    rollout.shift(20, 0);
    rollout.watch(22, 44, 0.02);
    rollout.shift(44, 1);
    rollout.watch(46, 64, 0.02);
    rollout.under = true;
    rollout.watch(66, 90, 0.5);
    String why = "errors under the faults of step 2: the canary is worse than stable at 50%";
    rollout.journal.at(90.1).stop(StopReason.CANARY_WORSE, "", why);
    rollout.journal.phase(Phase.UNDO);
    rollout.journal.at(90.12).end(rollout.ref(0, 1), "0% to the canary");
    rollout.journal.end(rollout.ref(0, 0), "not armed");
    rollout.gates(91, 102, 0);
    return rollout
        .journal
        .at(102)
        .phase(Phase.CLOSED)
        .conclude(reason(Outcome.ROLLED_BACK, "run", why));
  }

  /** Both versions are as good, and it lasts long enough to show that. */
  static Journal promoted() {
    Rollouts rollout = new Rollouts("The new version of orders is no worse than the old one.");
    rollout.shift(20, 0);
    rollout.watch(22, 60, 0.02);
    rollout.shift(60, 1);
    rollout.watch(62, 400, 0.02);
    return rollout.promote(400, Outcome.PASSED);
  }

  /** It goes too fast to show anything. */
  static Journal promotedUnproven() {
    Rollouts rollout = new Rollouts("The new version of orders is no worse than the old one.");
    rollout.shift(20, 0);
    rollout.watch(22, 26, 0.05);
    rollout.shift(26, 1);
    rollout.watch(28, 32, 0.05);
    return rollout.promote(32, Outcome.PASSED);
  }

  /** The controller is killed in the first step. */
  static Journal died() {
    Rollouts rollout = new Rollouts("The new version of orders is no worse than the old one.");
    rollout.shift(20, 0);
    rollout.watch(22, 30, 0.02);
    return rollout.journal;
  }

  /** A rollout all of whose free text wants to be more than text. */
  static Journal hostile(String text) {
    Rollouts rollout = new Rollouts(text);
    rollout.shift(20, 0);
    rollout.journal.add(
        new Event.Compared(SLOW.title(), Optional.empty(), Optional.of(text), Double.NaN, -1e300));
    rollout.journal.add(new Event.Held(text));
    rollout.journal.at(24).stop(StopReason.TRAFFIC_STRAYS, "", text);
    rollout.journal.end(rollout.ref(0, 1), text);
    rollout.journal.add(new Event.Promoted(RolloutSpec.SHIFT, text));
    return rollout.journal.at(26).conclude(reason(Outcome.INCONCLUSIVE, text, text));
  }

  private static RolloutSpec spec(String hypothesis, List<RolloutStep> steps) {
    return new RolloutSpec(
        Optional.of(hypothesis),
        Optional.empty(),
        Optional.of(Load.of("http://localhost:8080/orders", Quantity.parse("40/s"))),
        Optional.empty(),
        "orders-v1",
        "orders-v2",
        new Routing(new Haproxy("/run/front.sock", "orders", "v1", "v2")),
        steps,
        List.of(Shop.ERRORS),
        List.of(ERRORS, SLOW),
        Optional.empty(),
        Optional.of(Duration.ofSeconds(BLOCK)),
        Optional.of(Duration.ZERO),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static RolloutStep part(String weight) {
    return new RolloutStep(
        Quantity.parse(weight), Optional.of(Duration.ofSeconds(20)), Optional.empty());
  }

  private Journal begun() {
    Event.RunStarted shop = Shop.started("orders-v2", "", false);
    Journal first =
        new Journal()
            .add(
                new Event.RunStarted(
                    shop.run(),
                    "orders-v2",
                    spec.experiment(),
                    shop.environment(),
                    "examples/orders-v2.yaml",
                    shop.base(),
                    false,
                    shop.host(),
                    shop.version(),
                    Optional.of(spec)));
    first.phase(Phase.PREPARE);
    first.at(1).sight(Sighting.Kind.PROGRESS, "lab", "orders-v2 is ready");
    first.at(1.5).add(new Event.Planned(plan()));
    first.at(3).phase(Phase.BASELINE);
    for (int second = 4; second < 20; second++) {
      first.at(second).read(Shop.ERRORS, new Reading.Value(0.004));
      first.load(second, 40, Map.of(), latencies(second));
    }
    return first.at(19.8).phase(Phase.ROLLOUT);
  }

  private static String latencies(int second) {
    return dev.faultline.reports.Traffic.histogram(second, 40, 9000, 60_000);
  }

  private Plan plan() {
    Plan shop = Shop.plan(List.of(Shop.ERRORS));
    return new Plan(
        "orders-v2",
        shop.hash(),
        shop.seed(),
        shop.lease(),
        shop.times(),
        Optional.empty(),
        List.of(
            new Plan.PlannedFault(
                RolloutSpec.SHIFT,
                spec.shift().words(),
                false,
                Duration.ZERO,
                Optional.empty(),
                Duration.ofMinutes(2),
                1,
                Duration.ZERO,
                List.of(new Plan.PlannedTarget("here", "here", planned)),
                spec.shift()
                    .endsBy(
                        new Fault.Setting(
                            RolloutSpec.SHIFT, Duration.ofMinutes(2), Duration.ofSeconds(10))))),
        shop.gates(),
        List.of());
  }

  private StepRef ref(int occurrence, int place) {
    return new StepRef(RolloutSpec.SHIFT, occurrence, "here", place);
  }

  private void shift(double at, int next) {
    step = next;
    double weight = next < spec.steps().size() ? spec.steps().get(next).share() : 1;
    share = ObservedShare.of(weight, 0.01);
    journal.at(at);
    if (next == 0) {
      journal.begin(ref(0, 0), planned.getFirst(), "armed");
      journal.begin(ref(0, 1), planned.getLast(), "20% to the canary");
    } else {
      journal.begin(
          ref(next, 1),
          spec.shift().to(weight, spec.match(next), spec.copies(next)),
          Math.round(weight * 100) + "% asked");
    }
  }

  private void watch(int from, int to, double bad) {
    for (int second = from; second <= to; second++) {
      gates(second, second + 1, bad / 3);
      if ((second - from) % BLOCK == BLOCK - 1) {
        block(second, bad);
      }
    }
  }

  private void block(int second, double bad) {
    Random noise = new Random(second);
    double weight = step < spec.steps().size() ? spec.steps().get(step).share() : 1;
    double canary = Math.rint(REQUESTS * weight + (weight < 1 ? noise.nextInt(5) - 2 : 0));
    int compared = spec.compare().size();
    for (int i = under ? compared : 0; i < (under ? compared * 2 : compared); i++) {
      double usual = 0.02;
      double rate = i % compared == 0 ? bad : usual;
      Look look =
          new Look(
              new Traffic(canary, bad(canary, rate, noise)),
              new Traffic(REQUESTS - canary, bad(REQUESTS - canary, usual, noise)));
      worse.set(i, worse.get(i).after(look));
      notWorse.set(i, notWorse.get(i).after(look));
      share = i == 0 ? share.after(look) : share;
      journal.add(
          new Event.Compared(
              spec.judged().get(i).comparison().title(),
              Optional.of(look),
              Optional.empty(),
              worse.get(i).log(),
              notWorse.get(i).log()));
    }
    if (!under) {
      journal.add(new Event.ShareSeen(weight, share.mean(), share.interval(), share.obedience()));
    }
  }

  private static double bad(double requests, double rate, Random noise) {
    return noise.doubles((long) requests).filter(one -> one < rate).count();
  }

  private void blind(int second) {
    journal.at(second);
    for (int i = 0; i < spec.compare().size(); i++) {
      journal.add(
          new Event.Compared(
              spec.compare().get(i).title(),
              Optional.empty(),
              Optional.of("source unreachable: connect to localhost:9090 refused"),
              worse.get(i).log(),
              notWorse.get(i).log()));
    }
  }

  private void gates(int from, int to, double failing) {
    for (int second = from; second < to; second++) {
      journal.at(second).read(Shop.ERRORS, new Reading.Value(0.003 + failing / 20));
      journal.load(
          second,
          40,
          failing > 0.05 ? Map.of("http 500", Math.round(40 * failing)) : Map.of(),
          latencies(second));
    }
  }

  private Journal promote(int second, Outcome outcome) {
    shift(second, 2);
    watch(second + 2, second + 8, 0.02);
    journal.at(second + 9).end(ref(0, 0), "not armed");
    String words = "orders-v2 serves all traffic, shown to be not much worse in errors";
    journal.add(new Event.Promoted(RolloutSpec.SHIFT, words));
    journal.at(second + 10).phase(Phase.RECOVERY);
    gates(second + 10, second + 16, 0);
    return journal
        .at(second + 17)
        .phase(Phase.CLOSED)
        .conclude(reason(outcome, RolloutSpec.SHIFT, words));
  }
}
