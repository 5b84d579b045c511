package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.AgentPermissions;
import dev.faultline.engine.planning.ClusterPermissions;
import dev.faultline.engine.planning.Roles;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.environment.Kubernetes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
    Map<String, Set<Permission>> needed = new TreeMap<>();
    for (LoadedExperiment experiment : options.load()) {
      if (experiment.environment().place() instanceof Kubernetes cluster) {
        String place = cluster.namespace().orElseGet(this::given);
        Set<Permission> here = needed.computeIfAbsent(place, _ -> new TreeSet<>());
        here.addAll(ClusterPermissions.of(experiment));
        if (cluster.agent().isPresent()) {
          here.addAll(ClusterPermissions.ofFuses(experiment.spec()));
        }
        AgentPermissions agents = AgentPermissions.of(experiment.spec(), cluster);
        for (Permission permission : agents.permissions()) {
          here.add(agents.namespace().map(permission::in).orElse(permission));
        }
        needed.put(place, inPlace(here, place));
      }
    }
    if (needed.isEmpty()) {
      throw new UsageError(
          "no experiment here is about Kubernetes",
          "only there are roles needed",
          "name a file whose environment has the place 'kubernetes'");
    }
    List<String> all = new ArrayList<>();
    needed.forEach((place, what) -> all.add(new Roles(name, place).bound(what)));
    console.out().line(String.join("---\n", all).stripTrailing());
    return 0;
  }

  /** Each once, also where a file names the namespace of its environment again. */
  private static Set<Permission> inPlace(Set<Permission> permissions, String place) {
    return permissions.stream()
        .map(one -> one.namespace().filter(place::equals).isPresent() ? one.here() : one)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String given() {
    return namespace == null ? "default" : namespace;
  }
}
