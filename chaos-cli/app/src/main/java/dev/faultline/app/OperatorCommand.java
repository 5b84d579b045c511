package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.run.PlanRules;
import dev.faultline.engine.run.Result;
import dev.faultline.operator.cluster.Connection;
import dev.faultline.operator.run.Health;
import dev.faultline.operator.run.Operator;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the objects of a cluster, until it is stopped. */
@Command(
    name = "operator",
    description = {
      "Runs the experiments, rollouts and game days that a Kubernetes cluster keeps as objects,",
      "until it is stopped. Several may be on for one cluster: one begins runs, each finishes the",
      "undo of one that is gone."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline operator --namespace shop",
      "%nCtrl-C and SIGTERM let it end: what is on withdraws its faults. The second one",
      "leaves at once; another operator finishes the undo.",
      "%nExit codes:",
      "  0 stopped   2 usage or invalid policy   5 its port is taken, or no cluster"
    })
final class OperatorCommand implements Callable<Integer> {

  private static final Path OWN_NAMESPACE =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Whose objects it runs. Default: those of all namespaces.")
  private @Nullable String namespace;

  @Option(
      names = "--home",
      paramLabel = "NAME",
      description = "Where its own Leases are. Default: the namespace of its pod, or faultline.")
  private @Nullable String home;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "How the cluster is reached. Default: from inside, or as kubectl would.")
  private @Nullable String kubeconfig;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where /healthz, /readyz and /metrics are answered. Default: 8080.")
  private int port = 8080;

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = {
        "How many runs that are over keep their journal and reports in its folder; the oldest",
        "go. What is not proven to be undone stays. Default: 200."
      })
  private int keep = 200;

  @Option(
      names = "--policy",
      paramLabel = "FILE|DIR",
      description = {
        "Rules that each plan must satisfy, else it is refused; may be given again.",
        "Default: what the variable FAULTLINE_POLICY names."
      })
  private List<String> policies = new ArrayList<>();

  private final Console console;

  OperatorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InvalidFile, UsageError, IOException, InterruptedException {
    if (keep < 1) {
      throw new UsageError("--keep is " + keep, "the run that has just ended is one", "");
    }
    PlanRules rules =
        PolicyGuard.named(policies, console)
            .map(guard -> guard.whenRun(PolicyGuard.NOBODY))
            .orElse(PlanRules.NONE);
    RunStore store = Setup.store(console);
    KeptRuns kept = new KeptRuns(store, keep);
    Operator.Settings settings =
        new Operator.Settings(
            me(),
            home(),
            Optional.ofNullable(namespace),
            console.state().resolve("objects"),
            Optional.ofNullable(kubeconfig).map(file -> Path.of(file).toAbsolutePath().toString()),
            port);
    try (KubernetesClient client = Connection.open(settings.kubeconfig());
        Operator operator =
            new Operator(
                client,
                settings,
                new Operator.Runs(
                    store,
                    () -> Setup.engine(console, store, rules),
                    result -> report(result, kept)));
        Health health = new Health(port, operator::live, operator::ready, operator.figures())) {
      Stopping.onSignals(console, operator::stop);
      console
          .err()
          .line("Operator %s; figures on port %d.".formatted(settings.me(), health.port()));
      operator.run();
    }
    return 0;
  }

  /** This life of this replica: one that is started again is another. */
  private static String me() throws IOException {
    String host = InetAddress.getLocalHost().getHostName().replaceAll("[^a-z0-9-]", "-");
    return "%.40s-%05x".formatted(host, ThreadLocalRandom.current().nextInt(1 << 20));
  }

  private String home() throws IOException {
    if (home != null) {
      return home;
    }
    return Files.exists(OWN_NAMESPACE) ? Files.readString(OWN_NAMESPACE).strip() : "faultline";
  }

  private void report(Result result, KeptRuns kept) {
    try {
      new ReportFiles(result.folder().path()).write(result.summary());
    } catch (IOException full) {
      console.error(
          "the reports of run %s could not be written".formatted(result.folder().id()),
          Failures.words(full),
          "");
    }
    try {
      kept.trim();
    } catch (IOException stuck) {
      console.error(
          "old runs could not be removed",
          Failures.words(stuck),
          "remove what is below %s by hand before it is full".formatted(console.state()));
    }
  }
}
