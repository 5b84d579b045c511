package dev.faultline.app;

import dev.faultline.canary.RolloutReplay;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.past.GateReplay;
import dev.faultline.engine.past.Incident;
import dev.faultline.engine.past.Replay;
import dev.faultline.environment.prometheus.PrometheusClient;
import dev.faultline.environment.prometheus.PrometheusPast;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Moments;
import dev.faultline.model.world.Past;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replays gates and comparisons over what a Prometheus has stored. */
@Command(
    name = "backtest",
    description =
        "Says when the gates of a file would have raised an alarm in the past, and which of these"
            + " alarms would have been false. Starts and touches nothing.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline backtest release.yaml --from 7d --incident 2026-03-14T09:00Z/2026-03-14T09:20Z",
      "%nExit codes:",
      "  0 replayed   2 usage or invalid file   5 Prometheus does not answer",
      "  1 a false alarm, or an incident that raised none; only with --incident",
      "  4 a gate or comparison saw nothing at all"
    })
final class BacktestCommand implements Callable<Integer> {

  private static final int MOST_LOOKS = 1_000_000;
  private static final Set<BlindReason> AWAY = Set.of(BlindReason.UNREACHABLE, BlindReason.TIMEOUT);

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files of experiments and rollouts.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--environment",
      paramLabel = "NAME|FILE",
      description = "Takes the place of the environment that the files name.")
  private @Nullable String environment;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description =
          "Where it begins: a moment such as 2026-03-14T09:00Z, or how long ago: 24h, 7d.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Where it ends, written in the same way. Default: now")
  private @Nullable String to;

  @Option(
      names = "--step",
      paramLabel = "TIME",
      description = "How far apart the looks are. Default: as in a run, the scrape interval")
  private @Nullable String step;

  @Option(
      names = "--incident",
      paramLabel = "FROM/TO",
      description =
          "Something was wrong then: an alarm in it is no false one. May be given more than once.")
  private List<String> incidents = new ArrayList<>();

  @Option(names = "--json", description = "Prints a line of JSON for each file's document.")
  private boolean json;

  private final Console console;

  BacktestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InvalidFile, UsageError {
    PastTimes times = new PastTimes(Clock.systemUTC().instant());
    Instant begin = times.moment("--from", from);
    Instant end = to == null ? times.now() : times.moment("--to", to);
    List<Incident> known = new ArrayList<>();
    for (String one : incidents) {
      known.add(times.incident(one));
    }
    int worst = 0;
    for (LoadedExperiment experiment :
        ExperimentOptions.load(files, Optional.ofNullable(environment))) {
      Duration scrape = experiment.environment().scrape();
      Moments looks = looks(begin, end, step == null ? scrape : times.length("--step", step));
      Backtest found = replay(experiment, scrape, looks, known);
      if (json) {
        console.out().line(Codec.json().writeValueAsString(found));
      } else {
        new BacktestView(console.out()).print(found);
      }
      worst = Math.max(worst, exit(found));
    }
    return worst;
  }

  private static Moments looks(Instant begin, Instant end, Duration step) throws UsageError {
    if (!begin.isBefore(end)) {
      throw new UsageError(
          "there is no time from %s to %s".formatted(begin, end),
          "--from is not before --to",
          "write --from 24h, or two moments in their order");
    }
    long count = Duration.between(begin, end).dividedBy(step) + 1;
    if (count > MOST_LOOKS) {
      throw new UsageError(
          "%d looks are too many".formatted(count),
          "from %s to %s there are that many %s apart".formatted(begin, end, Spell.time(step)),
          "take a longer --step, or a shorter time; %d looks at most".formatted(MOST_LOOKS));
    }
    return Moments.between(begin, end, step);
  }

  private static Backtest replay(
      LoadedExperiment experiment, Duration scrape, Moments looks, List<Incident> incidents)
      throws UsageError {
    try (PrometheusClient client = new PrometheusClient(endpoint(experiment), experiment.base())) {
      Past past = new PrometheusPast(client);
      List<Replay> gates =
          experiment.spec().gates().stream()
              .map(gate -> GateReplay.of(gate, past, looks, scrape))
              .toList();
      List<Replay> comparisons =
          experiment.rollout().stream()
              .flatMap(rollout -> comparisons(rollout, past, looks, scrape).stream())
              .toList();
      return new Backtest(experiment.name(), looks, incidents, gates, comparisons);
    }
  }

  /** Of the same time, block by block. */
  private static List<Replay> comparisons(
      RolloutSpec rollout, Past past, Moments looks, Duration scrape) {
    return RolloutReplay.of(
        rollout, past, Moments.between(looks.first(), looks.last(), rollout.block(scrape)));
  }

  private static PrometheusEndpoint endpoint(LoadedExperiment experiment) throws UsageError {
    if (experiment.environment().place() instanceof Lab) {
      throw new UsageError(
          "environment %s has no past".formatted(experiment.environmentName()),
          "a lab starts its Prometheus anew in each run",
          "name an environment that has one with --environment");
    }
    PrometheusEndpoint endpoint =
        experiment
            .environment()
            .prometheus()
            .orElseThrow(
                () ->
                    new UsageError(
                        "environment %s has no Prometheus".formatted(experiment.environmentName()),
                        "the past is what a Prometheus has stored",
                        "give it 'prometheus: {url: ...}'"));
    if (endpoint.url().isEmpty()) {
      throw new UsageError(
          "the Prometheus of %s is reached through its cluster"
              .formatted(experiment.environmentName()),
          "a backtest asks a Prometheus that has an address",
          "name an environment with 'prometheus: {url: ...}' by --environment, such as that of a port-forward");
    }
    return endpoint;
  }

  private static int exit(Backtest found) {
    if (found
        .replays()
        .anyMatch(replay -> replay.sawNothing() && AWAY.containsAll(replay.blind().keySet()))) {
      return 5;
    }
    if (found.replays().anyMatch(Replay::sawNothing)) {
      return 4;
    }
    return found.incidents().isEmpty() || (found.falseAlarms() == 0 && found.unseen().isEmpty())
        ? 0
        : 1;
  }
}
