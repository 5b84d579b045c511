package dev.faultline.app;

import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.environment.Kubernetes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finishes the undo of runs that died. */
@Command(
    name = "undo",
    description = {
      "Withdraws whatever dead runs left in force. Runs that are on are left alone.",
      "With --cluster, by what objects of a Kubernetes cluster carry themselves: no",
      "journal of those runs is needed here."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline undo",
      "  faultline undo --cluster --context staging --namespace shop",
      "%nExit codes:",
      "  0 nothing of ours is left   2 no such run   7 UNDO NOT PROVEN"
    })
final class UndoCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "One run; all when not given.")
  private @Nullable String run;

  @Option(
      names = "--cluster",
      description = "Looks through a Kubernetes cluster instead of the journals here.")
  private boolean cluster;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "With --cluster: which one of the kubeconfig. Default: its current one.")
  private @Nullable String context;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "With --cluster: how it is reached. Default: as kubectl would.")
  private @Nullable String kubeconfig;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "With --cluster: this one alone, and nodes. Default: all.")
  private @Nullable String namespace;

  private final Console console;

  UndoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, UsageError {
    if (cluster) {
      return new ClusterLeftovers(console).undo(place(), Optional.ofNullable(run));
    }
    if (context != null || kubeconfig != null || namespace != null) {
      throw new UsageError(
          "--context, --kubeconfig and --namespace say which cluster is meant",
          "without --cluster, journals here say what is to be undone, and where",
          "add --cluster");
    }
    Engine engine = Setup.engine(console);
    Optional<RunFolder> only =
        run == null ? Optional.empty() : Optional.of(Setup.run(engine.store(), run));
    List<Result> finished = new Leftovers(console, engine).finish(only);
    for (Result result : finished) {
      console.out().line(result.folder().id() + ": " + result.verdict().outcome().words());
    }
    if (finished.isEmpty()) {
      console.err().line("Nothing to undo.");
    }
    boolean proven =
        finished.stream()
            .noneMatch(result -> result.verdict().outcome() == Outcome.UNDO_NOT_PROVEN);
    return proven ? 0 : Outcome.UNDO_NOT_PROVEN.exitCode();
  }

  private Kubernetes place() throws UsageError {
    try {
      return new Kubernetes(
          Optional.ofNullable(context),
          Optional.ofNullable(namespace),
          Optional.ofNullable(kubeconfig),
          Optional.empty(),
          Optional.empty());
    } catch (InvalidValue wrong) {
      throw new UsageError(
          String.valueOf(wrong.getMessage()), "no namespace is called so", "see 'kubectl get ns'");
    }
  }
}
