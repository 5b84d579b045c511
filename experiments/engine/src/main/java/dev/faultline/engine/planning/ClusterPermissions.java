package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.model.cluster.ClusterService;
import dev.faultline.model.cluster.Figure;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.cluster.Watched;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.Observed;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Load;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.fault.NodeOffline;
import dev.faultline.model.fault.ObjectFault;
import dev.faultline.model.fault.PodEvict;
import dev.faultline.model.fault.PodFault;
import dev.faultline.model.fault.Shift;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.gate.Kubernetes;
import dev.faultline.model.gate.Signal;
import dev.faultline.model.observation.Observation;
import dev.faultline.model.route.Envoy;
import dev.faultline.model.route.Haproxy;
import dev.faultline.model.route.Nginx;
import dev.faultline.model.route.Replicas;
import dev.faultline.model.route.Route;
import dev.faultline.model.route.Weighted;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.Traffic;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a user must be allowed to do in a cluster so that an experiment can be run there, but for
 * what its agents take ({@link AgentPermissions}).
 */
public final class ClusterPermissions {

  private static final List<ObjectKind> OWNERS =
      List.of(ObjectKind.DEPLOYMENT, ObjectKind.STATEFUL_SET, ObjectKind.DAEMON_SET);

  private static final Figure RESTARTS = new Figure.Read(Watched.Read.RESTARTS);

  private static final String RBAC = "rbac.authorization.k8s.io";

  /** What pods that make a load take, where they are made. */
  private static final List<Permission> OF_LOAD =
      List.of(
          new Permission("batch", "jobs", "create", false),
          new Permission("batch", "jobs", "list", false),
          new Permission("batch", "jobs", "delete", false),
          Permission.of(ObjectKind.POD, "list"),
          Permission.of(ObjectKind.POD, "patch"),
          new Permission("", "pods/log", "get", false));

  private final SortedSet<Permission> needed = new TreeSet<>();

  private ClusterPermissions() {}

  /** All of it, in order; a function of the files alone. */
  public static SortedSet<Permission> of(ExperimentSpec spec, EnvironmentSpec environment) {
    SortedSet<Permission> all = of(spec);
    Stream<Query> asked =
        Stream.concat(
                spec.gates().stream().map(Gate::signal).map(Signal::queries),
                spec.observe().stream().map(Observed::what).map(Observation::queries))
            .flatMap(List::stream);
    boolean fresh = spec.gates().stream().anyMatch(gate -> gate.fresh().isPresent());
    if (fresh || asked.anyMatch(ClusterPermissions::asksPrometheus)) {
      environment
          .prometheus()
          .flatMap(PrometheusEndpoint::inside)
          .ifPresent(service -> all.add(service.permission("GET")));
    }
    if (environment.place() instanceof dev.faultline.model.environment.Kubernetes cluster
        && spec.load().or(environment::load).flatMap(Load::pods).isPresent()) {
      Optional<String> there = cluster.agent().flatMap(agent -> agent.namespace());
      OF_LOAD.forEach(needed -> all.add(there.map(needed::in).orElse(needed)));
    }
    return all;
  }

  /** The same of a rollout, which asks Prometheus what both of its versions did. */
  public static SortedSet<Permission> of(LoadedExperiment experiment) {
    SortedSet<Permission> all = of(experiment.spec(), experiment.environment());
    if (experiment.rollout().isPresent()) {
      experiment
          .environment()
          .prometheus()
          .flatMap(PrometheusEndpoint::inside)
          .ifPresent(service -> all.add(service.permission("GET")));
    }
    return all;
  }

  private static boolean asksPrometheus(Query query) {
    return query instanceof Query.PromInstant
        || query instanceof Query.PromRange
        || query instanceof Query.AlertStatus;
  }

  /** All but what its Prometheus takes, in order. */
  static SortedSet<Permission> of(ExperimentSpec spec) {
    ClusterPermissions all = new ClusterPermissions();
    all.needed.add(new Permission("", "namespaces", "get", false));
    spec.faults().forEach(all::add);
    spec.gates().forEach(all::add);
    return all.needed;
  }

  /**
   * What it takes to give the changes of objects fuses in the cluster, beside what the changes
   * take: nobody may make a role of what he may not do himself. Nothing where no object is changed.
   */
  public static SortedSet<Permission> ofFuses(ExperimentSpec spec) {
    SortedSet<Permission> needed = new TreeSet<>();
    List<FaultStep> changes =
        spec.faults().stream().filter(step -> step.fault() instanceof ObjectFault).toList();
    if (changes.isEmpty()) {
      return needed;
    }
    for (String verb : List.of("create", "get", "patch", "delete")) {
      needed.add(new Permission("coordination.k8s.io", "leases", verb, false));
    }
    for (String verb : List.of("create", "get")) {
      needed.add(new Permission("", "serviceaccounts", verb, false));
      needed.add(new Permission("batch", "jobs", verb, false));
      needed.add(new Permission(RBAC, "roles", verb, false));
      needed.add(new Permission(RBAC, "rolebindings", verb, false));
    }
    if (changes.stream().anyMatch(step -> kind(step).equals(ObjectKind.NODE))) {
      for (String verb : List.of("create", "get", "delete")) {
        needed.add(new Permission(RBAC, "clusterroles", verb, true));
        needed.add(new Permission(RBAC, "clusterrolebindings", verb, true));
      }
    }
    return needed;
  }

  private static ObjectKind kind(FaultStep step) {
    return step.target().map(target -> kind(target.kind())).orElse(ObjectKind.POD);
  }

  private void add(FaultStep step) {
    step.target().ifPresent(this::find);
    if (step.fault() instanceof PodFault fault) {
      add(ObjectKind.POD, "get");
      podsOfNodes(step);
      needed.add(
          fault instanceof PodEvict
              ? new Permission("", "pods/eviction", "create", false)
              : Permission.of(ObjectKind.POD, "delete"));
    }
    if (step.fault().agentWork().isPresent()) {
      add(ObjectKind.POD, "get");
      podsOfNodes(step);
      step.traffic().map(Traffic::podPeers).stream()
          .flatMap(List::stream)
          .forEach(peers -> needed.addAll(peers.permissions()));
    }
    if (step.fault() instanceof Shift(Route route, var _, var _, var _)) {
      shift(route);
    }
    if (step.fault() instanceof NodeOffline) {
      add(ObjectKind.NODE, "get");
    }
    if (step.fault() instanceof ObjectFault && step.target().isPresent()) {
      ObjectKind kind = kind(step.target().get().kind());
      add(kind, "get", "patch");
    }
  }

  /** What carries notes is found by a list; autoscalers, services and endpoints are looked for. */
  private void shift(Route route) {
    switch (route) {
      case Replicas pods -> shift(pods);
      case Weighted weights -> {
        needed.add(Permission.of(weights.kind(), "get").only(weights.object()));
        needed.add(Permission.of(weights.kind(), "patch").only(weights.object()));
        add(weights.kind(), "list");
        needed.add(new Permission("discovery.k8s.io", "endpointslices", "list", false));
        weights.scaled().ifPresent(scaled -> scaling(List.of(scaled.deployment())));
      }
      case Haproxy _, Nginx _, Envoy _ -> {}
    }
  }

  private void shift(Replicas route) {
    scaling(List.of(route.stable(), route.canary()));
    add(ObjectKind.SERVICE, "list");
  }

  private void scaling(List<String> deployments) {
    for (String deployment : deployments) {
      for (String verb : List.of("get", "patch")) {
        needed.add(Permission.of(ObjectKind.DEPLOYMENT, verb).only(deployment));
      }
    }
    add(ObjectKind.DEPLOYMENT, "list");
    needed.add(new Permission("autoscaling", "horizontalpodautoscalers", "list", false));
  }

  /** A fault of pods may name the nodes that they are on. */
  private void podsOfNodes(FaultStep step) {
    if (step.target().map(Target::kind).filter("node"::equals).isPresent()) {
      owners();
    }
  }

  private static ObjectKind kind(String word) {
    return Arrays.stream(ObjectKind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElse(ObjectKind.POD);
  }

  /** What it takes to find what a target means. */
  private void find(Target target) {
    if (target.zone().isPresent() || target.pick().equals(Optional.of(Target.Pick.PER_ZONE))) {
      add(ObjectKind.NODE, "list");
    }
    switch (target.kind()) {
      case "node" -> add(ObjectKind.NODE, "list");
      case "configMap" -> add(ObjectKind.CONFIG_MAP, "list");
      case "service" -> {
        add(ObjectKind.SERVICE, "list");
        owners();
      }
      case "pod", "labels" -> owners();
      case "leader" -> {
        needed.add(new Permission("coordination.k8s.io", "leases", "get", false));
        owners();
      }
      case "deployment" -> {
        add(ObjectKind.POD, "list");
        needed.add(new Permission("apps", "replicasets", "list", false));
        add(ObjectKind.DEPLOYMENT, "list");
      }
      case "statefulSet", "daemonSet" -> {
        add(ObjectKind.POD, "list");
        add(kind(target.kind()), "list");
      }
      default -> {}
    }
  }

  private void owners() {
    add(ObjectKind.POD, "list");
    needed.add(new Permission("apps", "replicasets", "list", false));
    OWNERS.forEach(kind -> add(kind, "list"));
  }

  private void add(Gate gate) {
    for (Query query : gate.signal().queries()) {
      if (query instanceof Query.ServiceProbe(ClusterService service, Query.HttpProbe request)) {
        needed.add(service.permission(request.method()));
      }
    }
    if (gate.signal() instanceof Kubernetes signal) {
      switch (signal.what()) {
        case Watched.Deployment _ -> add(ObjectKind.DEPLOYMENT, "get");
        case Watched.StatefulSet _ -> add(ObjectKind.STATEFUL_SET, "get");
        case Watched.DaemonSet _ -> add(ObjectKind.DAEMON_SET, "get");
        case Watched.Pod _ -> add(ObjectKind.POD, "get");
        case Watched.Node _ -> add(ObjectKind.NODE, "get");
        case Watched.Job _ -> needed.add(new Permission("batch", "jobs", "get", false));
      }
      if (signal.figure() instanceof Figure.Events) {
        events(signal.what());
      } else if (signal.what().hasPods() && signal.figure().equals(RESTARTS)) {
        add(ObjectKind.POD, "list");
      }
    }
  }

  private void events(Watched what) {
    Permission list = new Permission("", "events", "list", false);
    needed.add(what.spaceOfEvents().map(list::in).orElse(list));
    if (what.hasPods()) {
      add(ObjectKind.POD, "list");
    }
    if (what instanceof Watched.Deployment) {
      needed.add(new Permission("apps", "replicasets", "list", false));
    }
  }

  private void add(ObjectKind kind, String... verbs) {
    for (String verb : verbs) {
      needed.add(Permission.of(kind, verb));
    }
  }
}
