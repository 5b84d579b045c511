package dev.faultline.operator.file;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.document.RolloutStep;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.environment.Load;
import dev.faultline.model.fault.Custom;
import dev.faultline.model.fault.Shift;
import dev.faultline.model.fault.Surge;
import dev.faultline.model.gate.Command;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.route.Replicas;
import dev.faultline.model.route.Route;
import dev.faultline.model.route.Weighted;
import dev.faultline.model.world.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an operator does for others: nothing but what the API server can be asked about, in the
 * namespace of the object, so that the rights of its creator say all of it.
 *
 * @param namespace that of the object
 * @param kubeconfig how the operator itself reaches the cluster; from inside of it when empty
 */
record Trust(String namespace, Optional<String> kubeconfig) {

  private static final Set<String> TARGETS =
      Set.of(
          "pod",
          "labels",
          "deployment",
          "statefulSet",
          "daemonSet",
          "service",
          "node",
          "zone",
          "leader",
          "configMap",
          "select");

  /**
   * The experiment in this cluster and this namespace, whatever its environment calls them.
   *
   * @throws NotRun when it asks for more
   */
  LoadedExperiment in(LoadedExperiment experiment) throws NotRun {
    if (!(experiment.environment().place() instanceof Kubernetes cluster)) {
      throw NotRun.untrusted(
          "environment '%s' is no cluster; the operator knows only environments with 'kubernetes'"
              .formatted(experiment.environmentName()));
    }
    requireHere(cluster);
    requireNoConnections(experiment);
    for (FaultStep step : faults(experiment)) {
      require(step);
    }
    for (Gate gate : experiment.spec().gates()) {
      if (gate.signal() instanceof Command) {
        throw NotRun.untrusted(
            "gate '%s' runs a command; the operator runs none for others".formatted(gate.name()));
      }
    }
    return placed(experiment, cluster);
  }

  private void requireHere(Kubernetes cluster) throws NotRun {
    Optional<String> agents = cluster.agent().flatMap(agent -> agent.namespace());
    for (Optional<String> named : List.of(cluster.namespace(), agents)) {
      if (named.isPresent() && !named.get().equals(namespace)) {
        throw NotRun.untrusted(
            "the environment names the namespace '%s'; an object is run in its own, which is '%s'"
                .formatted(named.get(), namespace));
      }
    }
  }

  private static void requireNoConnections(LoadedExperiment experiment) throws NotRun {
    ExperimentSpec spec = experiment.spec();
    EnvironmentSpec environment = experiment.environment();
    if (!environment.databases().isEmpty() || !spec.databases().isEmpty()) {
      throw NotRun.untrusted(
          "databases are reached with passwords, of which the operator has none");
    }
    Optional<Load> load = spec.load().or(environment::load);
    if (load.isPresent() && load.get().pods().isEmpty()) {
      throw NotRun.untrusted("the operator makes no load itself; let pods make it: 'pods: 1'");
    }
  }

  private static List<FaultStep> faults(LoadedExperiment experiment) {
    Stream<FaultStep> tried =
        experiment.rollout().map(RolloutSpec::steps).stream()
            .flatMap(List::stream)
            .map(RolloutStep::faults)
            .flatMap(List::stream);
    return Stream.concat(experiment.spec().disturbances().stream(), tried).toList();
  }

  private static void require(FaultStep step) throws NotRun {
    if (step.fault() instanceof Custom) {
      throw NotRun.untrusted("a fault is 'custom'; the operator runs no commands for others");
    }
    if (step.fault() instanceof Shift(Route route, var _, var _, var _)
        && !(route instanceof Replicas || route instanceof Weighted)) {
      throw NotRun.untrusted(
          "the operator shifts traffic by what is in the cluster alone: replicas, or a route");
    }
    boolean alone = step.fault() instanceof Shift || step.fault() instanceof Surge;
    String kind = step.target().map(Target::kind).orElse("");
    if (!alone && !TARGETS.contains(kind)) {
      throw NotRun.untrusted(
          "a fault is about %s, which is not in the cluster"
              .formatted(kind.isEmpty() ? "this machine" : kind));
    }
  }

  /** Two namespaces may have environments of one name, and each has its own lock. */
  private LoadedExperiment placed(LoadedExperiment experiment, Kubernetes cluster) {
    EnvironmentSpec old = experiment.environment();
    Kubernetes here =
        new Kubernetes(
            Optional.empty(),
            Optional.of(namespace),
            kubeconfig,
            cluster.limits(),
            cluster.agent());
    return new LoadedExperiment(
        experiment.name(),
        experiment.spec(),
        namespace + "." + experiment.environmentName(),
        new EnvironmentSpec(here, old.prometheus(), old.load(), old.databases()),
        experiment.file(),
        experiment.base(),
        experiment.rollout());
  }
}
