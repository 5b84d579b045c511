package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.ClusterPermissions;
import dev.faultline.engine.planning.Roles;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.environment.Kubernetes;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what a user of a cluster must be allowed for exactly these files. */
@Command(
    name = "rbac",
    description = "Prints the roles that experiments in Kubernetes need, for 'kubectl apply'.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline rbac killed-pods.yaml | kubectl apply -f -",
      "%nExit codes:",
      "  0 printed   2 usage, invalid file, or no experiment in Kubernetes"
    })
final class RbacCommand implements Callable<Integer> {

  @Mixin private ExperimentOptions options = new ExperimentOptions();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What account, roles and bindings are called. Default: faultline.")
  private String name = "faultline";

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "The namespace, where the environment leaves it to the context.")
  private @Nullable String namespace;

  private final Console console;

  RbacCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InvalidFile, UsageError {
    Set<Permission> needed = new TreeSet<>();
    Set<String> places = new TreeSet<>();
    for (LoadedExperiment experiment : options.load()) {
      if (experiment.environment().place() instanceof Kubernetes cluster) {
        needed.addAll(ClusterPermissions.of(experiment.spec()));
        if (cluster.agent().isPresent()) {
          needed.addAll(ClusterPermissions.ofFuses(experiment.spec()));
        }
        places.add(cluster.namespace().orElseGet(this::given));
      }
    }
    if (needed.isEmpty()) {
      throw new UsageError(
          "no experiment here is about Kubernetes",
          "only there are roles needed",
          "name a file whose environment has the place 'kubernetes'");
    }
    StringBuilder all = new StringBuilder();
    for (String place : places) {
      all.append(all.isEmpty() ? "" : "---\n").append(new Roles(name, place).bound(needed));
    }
    console.out().line(all.toString().stripTrailing());
    return 0;
  }

  private String given() {
    return namespace == null ? "default" : namespace;
  }
}
