package dev.faultline.canary;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Clock;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Means;
import dev.faultline.engine.run.Options;
import dev.faultline.engine.run.Result;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Verdict;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.route.Match;
import dev.faultline.model.route.Route;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.testkit.FakeWorld;
import dev.faultline.testkit.SimulatedTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Whole rollouts in simulated time: a router that splits 100 requests a second between two
 * versions, each with its own share of bad ones, and a Prometheus that has counted them a second
 * ago.
 */
final class RolloutSimulation {

  private static final double RATE = 100;
  private static final String LAB = "{'lab': {'processes': {'v1': {'command': ['v1']}}}}";

  final SimulatedTime time = new SimulatedTime();
  final FakeWorld world = new FakeWorld(time);
  final Engine engine;

  double stableBad = 0.01;
  double canaryBad = 0.01;

  /** The same while their links to inventory are disturbed. */
  double stableTried = 0.01;

  double canaryTried = 0.01;

  /** What becomes of the share that the router was told. */
  double obeys = 1;

  /** The share of requests that match whatever a rollout matches. */
  double matching = 0.1;

  /** What becomes of it. */
  double matchObeys = 1;

  /** What becomes of the part that is mirrored. */
  double mirrorObeys = 1;

  boolean prometheusGone;

  /** Where it runs, in JSON. */
  String environment = LAB;

  /** Versions of which nothing is counted once all traffic goes to the canary, as they ended. */
  Set<String> forgottenAtAll = Set.of();

  /** What happens to an action before it reaches the world. */
  Consumer<Action> onItsWay = _ -> {};

  private final double[] requests = new double[2];
  private final double[] bad = new double[2];
  private Duration counted = Duration.ZERO;

  RolloutSimulation(Path root) {
    this(root, Mortality.NEVER);
  }

  /** A rollout that is killed at a moment, together with all that it does. */
  RolloutSimulation(Path root, Mortality mortality) {
    engine = engine(root, mortality);
    world.series("errors", () -> 0);
    world.link("v1", "inventory", true).link("v2", "inventory", true);
    for (int i = 0; i < 2; i++) {
      int version = i;
      String name = i == 0 ? "v1" : "v2";
      counter(name, "total", () -> requests[version]);
      counter(name, "bad", () -> bad[version]);
    }
  }

  /** Another one, in the same world. */
  Engine engine(Path root, Mortality mortality) {
    return new Engine(
        new Means(
            new RunStore(root, mortality::journal),
            (_, _, _, _, _) -> mortality.world(world, action -> onItsWay.accept(action)),
            new SimulatedClock(time, mortality),
            new Rollouts(),
            time::workers,
            "h",
            "v"));
  }

  private void counter(String version, String what, DoubleSupplier value) {
    world.answers(
        "%s{version=\"%s\"}".formatted(what, version),
        now -> {
          count(now);
          if (prometheusGone) {
            return new Answer.Unanswered(BlindReason.UNREACHABLE, "connection refused");
          }
          return forgottenAtAll.contains(version) && share() == 1
              ? new Answer.Series(List.of(), List.of(), Duration.ZERO)
              : world.number(value.getAsDouble());
        });
  }

  /** Everything up to now, under the weights of this moment. */
  void count(Duration now) {
    double seconds = now.minus(counted).toMillis() / 1000.0;
    counted = now;
    double split = world.routers().share(route) * obeys;
    double matched = world.routers().match(route).isPresent() ? matching * matchObeys : 0;
    double share = Math.min(1, split + (1 - split) * matched);
    double copies = world.routers().mirror(route).orElse(0.0) * mirrorObeys;
    add(0, seconds * RATE * (1 - share), tried("v1") ? stableTried : stableBad);
    add(1, seconds * RATE * (share + copies), tried("v2") ? canaryTried : canaryBad);
  }

  boolean tried(String version) {
    return world.residue().stream().anyMatch(left -> left.contains(version + "->inventory"));
  }

  private void add(int version, double more, double share) {
    requests[version] += more;
    bad[version] += more * share;
  }

  static final String SPEC =
      """
      {'stable': 'v1', 'canary': 'v2',
       'route': {'haproxy': {'socket': '/s', 'backend': 'b', 'stable': 'v1', 'canary': 'v2'}},
       'steps': [{'weight': '20%', 'hold': '30s'}, {'weight': '50%', 'hold': '40s'}],
       'gates': [{'name': 'errors', 'prometheus': 'errors', 'below': '10%'}],
       'compare': [{'errors': {'bad': 'bad{version=\\"${version}\\"}', 'total': 'total{version=\\"${version}\\"}'}}],
       'warmUp': '5s'}
      """;

  /** The same by a router that can match, with two matches first. */
  static final String MATCHING =
      SPEC.replace(
              "{'haproxy': {'socket': '/s', 'backend': 'b', 'stable': 'v1', 'canary': 'v2'}}",
              "{'gatewayApi': {'httpRoute': 'r', 'stable': 'v1', 'canary': 'v2'}}")
          .replace(
              "'steps': [",
              "'steps': [{'match': {'header': 'X-User-Type', 'is': 'staff'}, 'hold': '20s'},"
                  + " {'match': {'header': 'x-user-type', 'is': ['staff', 'beta']}, 'hold': '20s'}, ");

  /** The same with copies before all that. */
  static final String MIRRORING =
      MATCHING.replace("'steps': [", "'steps': [{'mirror': '50%', 'hold': '20s'}, ");

  static final Route ROUTE = spec(SPEC).route().by();

  private Route route = ROUTE;

  static RolloutSpec spec(String text) {
    return Codec.json().readValue(text.replace('\'', '"'), RolloutSpec.class);
  }

  Result run() throws IOException, Unplannable {
    return run(spec(SPEC));
  }

  Result run(RolloutSpec spec) throws IOException, Unplannable {
    route = spec.route().by();
    return engine.run(loaded(spec, environment), new Options(false, Optional.empty(), 1), _ -> {});
  }

  static LoadedExperiment loaded(RolloutSpec spec) {
    return loaded(spec, LAB);
  }

  static LoadedExperiment loaded(RolloutSpec spec, String environment) {
    return new LoadedExperiment(
        "trial",
        spec.experiment(),
        "somewhere",
        Codec.json().readValue(environment.replace('\'', '"'), EnvironmentSpec.class),
        "trial.yaml",
        Path.of("/"),
        Optional.of(spec));
  }

  void at(double seconds, Runnable deed) {
    time.at(Duration.ofMillis(Math.round(seconds * 1000)), deed);
  }

  /** The canary's part of the traffic at this moment. */
  double share() {
    return world.routers().share(route);
  }

  /** Which requests go to the canary at this moment in any case. */
  Optional<Match> match() {
    return world.routers().match(route);
  }

  /** Of which part of the requests the canary gets a copy at this moment. */
  Optional<Double> mirror() {
    return world.routers().mirror(route);
  }

  /** What the router was told, in order. */
  List<String> shifts() {
    return world.deeds().stream()
        .map(Object::toString)
        .filter(deed -> deed.startsWith("send "))
        .toList();
  }

  static List<String> reasons(Result result) {
    return result.verdict().reasons().stream().map(Verdict.Reason::words).toList();
  }

  static List<StopReason> stops(Result result) {
    return result.summary().stops().stream().map(stop -> stop.what().reason()).toList();
  }

  private record SimulatedClock(SimulatedTime time, Mortality mortality) implements Clock {
    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public Duration ticks() {
      return time.ticks();
    }

    @Override
    public void sleep(Duration length) throws InterruptedException {
      mortality.require();
      time.sleep(length);
      mortality.require();
    }
  }
}
