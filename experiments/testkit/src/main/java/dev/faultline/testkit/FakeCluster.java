package dev.faultline.testkit;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.AgentWay;
import dev.faultline.model.cluster.Figure;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.cluster.Probe;
import dev.faultline.model.cluster.Watched;
import dev.faultline.model.cluster.Workload;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.ClusterFuseAction;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NodeAction;
import dev.faultline.model.world.NodeQuery;
import dev.faultline.model.world.PodAction;
import dev.faultline.model.world.PodQuery;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteFit;
import dev.faultline.model.world.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A namespace of a cluster in memory: deployments, whose pods come again under other names, nodes
 * and config maps. Its pods end at once and are ready again after a second.
 */
public final class FakeCluster {

  private static final Set<String> KINDS = Set.of("deployment", "pod", "configMap", "node");
  private static final Duration STARTS = Duration.ofSeconds(1);

  private record Pod(ObjectRef ref, String deployment, Duration ready) {}

  private final Map<String, FakeObject> things = new TreeMap<>();
  private final Map<String, Pod> pods = new TreeMap<>();
  private final List<Permission> forbidden = new ArrayList<>();
  private final Map<AgentWay, String> noAgents = new EnumMap<>(AgentWay.class);
  private final FakeNetworks networks = new FakeNetworks();
  private final FakeContainers containers = new FakeContainers();
  private final List<Probe> probes = new ArrayList<>();
  private final Set<String> fuses = new TreeSet<>();
  private final FakeNodeCuts cuts = new FakeNodeCuts();
  private boolean open = true;
  private String namespace = "shop";
  private int made;
  private Duration now = Duration.ZERO;

  FakeCluster() {}

  /** Adds a deployment with its pods, all ready. */
  public FakeCluster deployment(String name, int replicas) {
    add(ObjectKind.DEPLOYMENT, name).set(new ObjectField.Replicas(), Integer.toString(replicas));
    for (int i = 0; i < replicas; i++) {
      start(name, Duration.ZERO);
    }
    return this;
  }

  /** Adds a node. */
  public FakeCluster node(String name) {
    FakeObject _ = add(ObjectKind.NODE, name);
    return this;
  }

  /** Adds a config map of one entry. */
  public FakeCluster configMap(String name, String key, String value) {
    add(ObjectKind.CONFIG_MAP, name).set(new ObjectField.Entry(key), value);
    return this;
  }

  /** The namespace that is meant, and whether its owner allows faults. */
  public FakeCluster namespace(String name, boolean allowed) {
    namespace = name;
    open = allowed;
    return this;
  }

  /** Takes a right from the user. */
  public FakeCluster forbid(Permission permission) {
    forbidden.add(permission);
    return this;
  }

  /** No agent can come this way. */
  public FakeCluster forbid(AgentWay way, String why) {
    noAgents.put(way, why);
    return this;
  }

  /** A node must not be cut off. */
  public FakeCluster nodesMustStay(String why) {
    cuts.forbid(why);
    return this;
  }

  /** Every pod has such a probe, too. */
  public FakeCluster probe(Probe probe) {
    probes.add(probe);
    return this;
  }

  /** Every pod of a deployment gives way to another, which is ready. */
  public void replacePods(String deployment) {
    List<Pod> old = podsOf(deployment);
    old.forEach(pod -> pods.remove(pod.ref().name()));
    old.forEach(_ -> start(deployment, now));
  }

  /** Somebody else changes a field. */
  public void change(String owner, ObjectField field, String value) {
    thing(owner).set(field, value);
  }

  /** The value of a field now. */
  public Optional<String> value(String owner, ObjectField field) {
    return thing(owner).value(field);
  }

  /** The names of the pods there are. */
  public List<String> pods() {
    return List.copyOf(pods.keySet());
  }

  private FakeObject thing(String owner) {
    FakeObject thing = things.get(owner);
    if (thing == null) {
      throw new IllegalArgumentException("no " + owner);
    }
    return thing;
  }

  private FakeObject add(ObjectKind kind, String name) {
    FakeObject thing =
        new FakeObject(
            new ObjectRef(kind, kind.namespaced() ? namespace : "", name, "uid-" + ++made));
    things.put(kind.word() + "/" + name, thing);
    return thing;
  }

  private void start(String deployment, Duration ready) {
    String name = "%s-%d".formatted(deployment, ++made);
    pods.put(
        name,
        new Pod(new ObjectRef(ObjectKind.POD, namespace, name, "uid-" + made), deployment, ready));
  }

  List<String> residue() {
    List<String> left = new ArrayList<>();
    things.forEach(
        (name, thing) -> thing.marks().forEach(mark -> left.add("%s of %s".formatted(mark, name))));
    left.addAll(networks.residue());
    left.addAll(containers.residue());
    left.addAll(cuts.residue());
    fuses.forEach(fuse -> left.add("fuse for " + fuse));
    return left;
  }

  /** Deployments have as many pods as they want. */
  void settle(Duration ticks) {
    now = ticks;
    things.forEach(
        (name, thing) -> {
          if (thing.ref().kind() == ObjectKind.DEPLOYMENT) {
            settle(thing.ref().name(), desired(thing));
          }
        });
  }

  private void settle(String deployment, int desired) {
    List<String> own = podsOf(deployment).stream().map(pod -> pod.ref().name()).toList();
    own.stream().skip(desired).forEach(pods::remove);
    for (int there = own.size(); there < desired; there++) {
      start(deployment, now.plus(STARTS));
    }
  }

  private static int desired(FakeObject deployment) {
    return Integer.parseInt(deployment.value(new ObjectField.Replicas()).orElse("0"));
  }

  private List<Pod> podsOf(String deployment) {
    return pods.values().stream().filter(pod -> pod.deployment().equals(deployment)).toList();
  }

  private boolean isReady(Pod pod) {
    return now.compareTo(pod.ready()) >= 0;
  }

  private boolean isKeptUnready(Pod pod) {
    return networks.keepNodeFrom("pod/" + pod.ref().uid());
  }

  boolean knows(Target target) {
    return KINDS.contains(target.kind());
  }

  Facts facts(Target target) {
    if (target.kind().equals("pod")) {
      return new Facts(
          pods.values().stream()
              .filter(pod -> target.names().contains(pod.ref().name()))
              .map(this::instance)
              .toList(),
          target.names().stream().filter(name -> !pods.containsKey(name)).toList(),
          pods());
    }
    List<Instance> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : target.names()) {
      FakeObject thing = things.get(target.kind() + "/" + name);
      if (thing == null) {
        missing.add(name);
      } else {
        found.add(thing.instance());
        podsOf(target.kind().equals("deployment") ? name : "").stream()
            .map(this::instance)
            .forEach(found::add);
      }
    }
    return new Facts(found, missing, List.copyOf(things.keySet()));
  }

  private Instance instance(Pod pod) {
    String owner = "deployment/" + pod.deployment();
    int ready = (int) podsOf(pod.deployment()).stream().filter(this::isReady).count();
    return new Instance.PodInstance(
        pod.ref(),
        "",
        Optional.empty(),
        Optional.empty(),
        isReady(pod),
        new Workload(owner, desired(thing(owner)), ready),
        containers.in(pod.ref().name(), probes));
  }

  Effect apply(Action.InCluster action, Duration at) {
    now = at;
    return switch (action) {
      case ClusterAction.DeletePod delete -> end(delete.pod());
      case ClusterAction.EvictPod evict -> end(evict.pod());
      case ClusterAction.ChangeObject change -> thing(owner(change.object())).change(change);
      case ClusterAction.RestoreObject restore -> thing(owner(restore.object())).restore(restore);
      case ClusterAction.LeaveObject leave -> thing(owner(leave.object())).leave(leave);
      case PodAction.DisturbPod disturb -> networks.disturb(disturb.what());
      case PodAction.RestorePod restore -> networks.restore(restore.what());
      case PodAction.SignalContainer signal -> containers.signal(signal);
      case PodAction.FreezeContainer freeze -> containers.freeze(freeze);
      case PodAction.ReleaseContainer release -> containers.release(release);
      case PodAction.StrainContainer strain -> containers.strain(strain);
      case PodAction.FreeContainer free -> containers.free(free);
      case NodeAction node -> cuts.apply(node, now);
      case ClusterFuseAction.ArmObjectFuse arm -> {
        fuses.add(arm.mark() + " of " + owner(arm.object()));
        yield new Effect.Done("armed");
      }
      case ClusterFuseAction.DisarmObjectFuse disarm -> {
        fuses.remove(disarm.mark() + " of " + owner(disarm.object()));
        yield new Effect.Done("removed");
      }
    };
  }

  private Effect end(ObjectRef ref) {
    Pod pod = pods.get(ref.name());
    if (pod == null || !pod.ref().equals(ref)) {
      return new Effect.Superseded(ref.words() + " is gone");
    }
    pods.remove(ref.name());
    return new Effect.Done("ended");
  }

  private static String owner(ObjectRef ref) {
    return ref.kind().word() + "/" + ref.name();
  }

  Answer answer(Query.OfCluster query) {
    return switch (query) {
      case Query.PodStatus status ->
          pods.values().stream()
              .filter(pod -> pod.ref().equals(status.pod()))
              .map(pod -> new Answer.PodIs(true, false, isReady(pod) && !isKeptUnready(pod)))
              .findFirst()
              .orElse(new Answer.PodIs(false, false));
      case Query.ObjectStatus status -> thing(owner(status.object())).status(status);
      case Query.AgentPossible possible ->
          new Answer.PacketsAre(Optional.ofNullable(noAgents.get(possible.way())));
      case Query.PodPackets packets -> networks.status(packets.status());
      case PodQuery container -> containers.status(container);
      case NodeQuery.NodeCutPossible _ ->
          new Answer.NodeCutIs(Optional.ofNullable(noAgents.get(AgentWay.POD)), cuts.dangerous());
      case NodeQuery.NodeCut status -> cuts.status(status.node(), now);
      case Query.ObjectFuse fuse ->
          new Answer.FuseIs(fuses.contains(fuse.mark() + " of " + owner(fuse.object())));
      case Query.NamespaceStatus _ -> new Answer.SpaceIs(namespace, true, open);
      case Query.MayDo may ->
          new Answer.Forbidden(may.permissions().stream().filter(forbidden::contains).toList());
      case Query.ClusterNumber(Watched.Deployment(String name), Figure.Read(Watched.Read read)) ->
          new Answer.Numeric(
              podsOf(name).stream()
                  .filter(pod -> isReady(pod) == (read == Watched.Read.READY_REPLICAS))
                  .count());
      case RouteFit _, Query.ServiceProbe _, Query.ClusterNumber _ ->
          new Answer.Unanswered(BlindReason.NO_DATA, query.text() + " is not here");
    };
  }
}
