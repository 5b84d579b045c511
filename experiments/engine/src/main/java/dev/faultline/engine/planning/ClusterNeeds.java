package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Outcome;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.cluster.Workload;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.Freeze;
import dev.faultline.model.fault.Kill;
import dev.faultline.model.fault.NoEndpoints;
import dev.faultline.model.fault.Partition;
import dev.faultline.model.fault.PodFault;
import dev.faultline.model.fault.PodUnready;
import dev.faultline.model.fault.Scale;
import dev.faultline.model.fault.TemplateFault;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an experiment needs in a cluster before anything is touched: the consent of the namespace's
 * owner, the rights of the user, and limits to what is disturbed at once.
 */
final class ClusterNeeds {

  private static final Set<String> DENIED =
      Set.of("kube-system", "kube-public", "kube-node-lease", "faultline");

  private final World world;
  private final LoadedExperiment experiment;
  private final Optional<Kubernetes> place;
  private final Map<String, Set<Instance.PodInstance>> pods = new TreeMap<>();
  private final Map<String, Set<Instance.PodInstance>> taken = new TreeMap<>();
  private final Set<String> nodes = new HashSet<>();

  ClusterNeeds(World world, LoadedExperiment experiment) {
    this.world = world;
    this.experiment = experiment;
    this.place =
        experiment.environment().place() instanceof Kubernetes cluster
            ? Optional.of(cluster)
            : Optional.empty();
  }

  /**
   * Requires that the user may do all of it, and that the namespace is open to faults.
   *
   * @throws Unplannable when not, or when that cannot be asked
   */
  void require() throws Unplannable {
    requireRights();
    requireConsent();
  }

  /**
   * Asks for the namespace.
   *
   * @throws Unplannable when it is not open to faults, or cannot be asked
   */
  private void requireConsent() throws Unplannable {
    if (place.isEmpty()) {
      return;
    }
    switch (world.ask(new Query.NamespaceStatus())) {
      case Answer.SpaceIs(String name, boolean there, boolean allowed) ->
          requireOpen(name, there, allowed);
      case Answer.Unanswered none ->
          throw notReady("%s: %s".formatted(none.reason().words(), none.detail()));
      default -> throw notReady("it is not known whether faults are allowed here");
    }
  }

  private static void requireOpen(String name, boolean there, boolean allowed) throws Unplannable {
    if (DENIED.contains(name)) {
      throw refused(
          "namespace %s keeps the cluster going; no fault is let in there".formatted(name));
    }
    if (!there) {
      throw notReady("there is no namespace " + name);
    }
    if (!allowed) {
      throw refused(
          ("namespace %s is not open to faults. Its owner opens it with"
                  + " 'kubectl label namespace %s faultline.dev/chaos=allowed'")
              .formatted(name, name));
    }
  }

  /**
   * Counts what a fault would disturb.
   *
   * @throws Unplannable when all faults together would disturb more than the limits allow
   */
  void add(FaultStep step, List<Instance> instances) throws Unplannable {
    if (place.isEmpty()) {
      return;
    }
    Kubernetes.Limits limits = place.get().bounds();
    for (Instance instance : instances) {
      switch (instance) {
        case Instance.PodInstance pod -> {
          pods.computeIfAbsent(pod.owner(), _ -> new HashSet<>()).add(pod);
          if (takes(step)) {
            taken.computeIfAbsent(pod.owner(), _ -> new HashSet<>()).add(pod);
          }
        }
        case Instance.ObjectInstance object when object.object().kind() == ObjectKind.NODE ->
            nodes.add(object.name());
        case Instance.ObjectInstance object when step.fault() instanceof Scale scale ->
            requirePodsLeft(step, object, scale.replicas(), limits);
        case Instance.ObjectInstance object when takesAll(step.fault(), object) -> {
          if (!limits.takesLastPod()) {
            throw lastPod(step, object.owner());
          }
        }
        default -> {}
      }
    }
    for (Set<Instance.PodInstance> hit : pods.values()) {
      Workload workload = hit.iterator().next().workload();
      requireShare(step, workload.name(), hit.size(), workload.desired(), limits);
    }
    for (Set<Instance.PodInstance> gone : taken.values()) {
      requirePodLeft(step, gone.iterator().next().workload(), gone, limits);
    }
    if (nodes.size() > limits.mostNodes()) {
      throw refused(
          "fault %s: %d nodes would be disturbed, and %d may be; allow more with 'limits: {nodes: %d}'"
              .formatted(step.title(), nodes.size(), limits.mostNodes(), nodes.size()));
    }
  }

  /** A service without endpoints, and pods that are all replaced at once. */
  private static boolean takesAll(Fault fault, Instance.ObjectInstance object) {
    return fault instanceof NoEndpoints
        || (fault instanceof TemplateFault
            && object.value(new ObjectField.Strategy()).filter("Recreate"::equals).isPresent());
  }

  /** Whether nobody gets an answer of a pod meanwhile. */
  private static boolean takes(FaultStep step) {
    return switch (step.fault()) {
      case PodFault _, Partition _, Kill _, Freeze _, PodUnready _ -> true;
      default -> false;
    };
  }

  private static void requirePodLeft(
      FaultStep step, Workload workload, Set<Instance.PodInstance> hit, Kubernetes.Limits limits)
      throws Unplannable {
    long readyHit = hit.stream().filter(Instance.PodInstance::ready).count();
    if (!limits.takesLastPod() && readyHit > 0 && workload.ready() - readyHit < 1) {
      throw lastPod(step, workload.name());
    }
  }

  private static void requirePodsLeft(
      FaultStep step, Instance.ObjectInstance object, int replicas, Kubernetes.Limits limits)
      throws Unplannable {
    int before = object.value(new ObjectField.Replicas()).map(Integer::parseInt).orElse(replicas);
    requireShare(step, object.owner(), before - replicas, before, limits);
    if (!limits.takesLastPod() && before > 0 && replicas == 0) {
      throw lastPod(step, object.owner());
    }
  }

  private static void requireShare(
      FaultStep step, String workload, int hit, int of, Kubernetes.Limits limits)
      throws Unplannable {
    if (hit > 1 && hit > limits.shareOfPods() * of + 1e-9) {
      throw refused(
          ("fault %s: %d of %d pods of %s would be disturbed, and at most %.0f%% may be; allow more"
                  + " in the environment with 'limits: {share: 100%%}'")
              .formatted(step.title(), hit, of, workload, 100 * limits.shareOfPods()));
    }
  }

  private static Unplannable lastPod(FaultStep step, String workload) {
    return refused(
        ("fault %s: no pod of %s would stay ready; allow that in the environment with"
                + " 'limits: {lastPod: true}'")
            .formatted(step.title(), workload));
  }

  /**
   * Asks whether the user may do all that the experiment needs.
   *
   * @throws Unplannable when not, with a role that would do
   */
  private void requireRights() throws Unplannable {
    if (place.isEmpty()) {
      return;
    }
    List<Permission> needed = List.copyOf(ClusterPermissions.of(experiment));
    switch (world.ask(new Query.MayDo(needed))) {
      case Answer.Forbidden(List<Permission> lacking) -> {
        if (!lacking.isEmpty()) {
          String namespace = namespace();
          throw notReady(
              "the user of the kubeconfig may not %s. This would do:\n%s"
                  .formatted(
                      byPlace(lacking, namespace), new Roles("faultline", namespace).of(needed)));
        }
      }
      case Answer.Unanswered none ->
          throw notReady("%s: %s".formatted(none.reason().words(), none.detail()));
      default -> throw notReady("it is not known what the user of the kubeconfig may do");
    }
  }

  private static String byPlace(List<Permission> permissions, String namespace) {
    Map<String, List<String>> places = new TreeMap<>();
    for (Permission permission : permissions) {
      places
          .computeIfAbsent(
              permission.everywhere()
                  ? "the whole cluster"
                  : "namespace " + permission.namespace().orElse(namespace),
              _ -> new ArrayList<>())
          .add(permission.words());
    }
    return places.entrySet().stream()
        .map(place -> String.join(", ", place.getValue()) + " in " + place.getKey())
        .collect(Collectors.joining(", "));
  }

  /** What could have a fuse in the cluster. */
  Fusing fusing() {
    SortedSet<Permission> needed = ClusterPermissions.ofFuses(experiment.spec());
    if (place.isEmpty() || needed.isEmpty()) {
      return new Fusing(Optional.empty(), "");
    }
    Optional<String> image = place.get().agent().map(Kubernetes.Agent::image);
    if (image.isEmpty()) {
      return new Fusing(
          image,
          "; a fuse in the cluster would: name its image in the environment, 'agent: {image:"
              + " ...}'");
    }
    return switch (world.ask(new Query.MayDo(List.copyOf(needed)))) {
      case Answer.Forbidden(List<Permission> lacking) when lacking.isEmpty() ->
          new Fusing(image, "");
      case Answer.Forbidden(List<Permission> lacking) ->
          new Fusing(
              Optional.empty(),
              "; a fuse in the cluster would, but the user may not %s (see 'faultline rbac')"
                  .formatted(
                      lacking.stream().map(Permission::words).collect(Collectors.joining(", "))));
      default ->
          new Fusing(Optional.empty(), "; whether a fuse in the cluster may be made is not known");
    };
  }

  /**
   * Whether changes of objects have fuses in the cluster.
   *
   * @param image of the fuses; empty where there are none
   * @param lacking what would make them possible, as the end of a sentence
   */
  record Fusing(Optional<String> image, String lacking) {}

  private String namespace() {
    return world.ask(new Query.NamespaceStatus()) instanceof Answer.SpaceIs is
        ? is.name()
        : place.flatMap(Kubernetes::namespace).orElse("default");
  }

  private static Unplannable refused(String why) {
    return new Unplannable(Outcome.REFUSED, why);
  }

  private static Unplannable notReady(String why) {
    return new Unplannable(Outcome.NOT_READY, why);
  }
}
