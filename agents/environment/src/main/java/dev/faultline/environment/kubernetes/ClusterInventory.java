package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.world.ClusterNames;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Select;
import dev.faultline.model.world.Selector;
import dev.faultline.model.world.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Finds what targets mean in a cluster: objects by their names, and pods by what chooses them. */
final class ClusterInventory {

  static final String ZONE = "topology.kubernetes.io/zone";
  private static final int MOST_KNOWN = 20;

  private final Api api;
  private final String run;

  /**
   * What one run finds.
   *
   * @param run whose changes do not count as those of others
   */
  ClusterInventory(Api api, String run) {
    this.api = api;
    this.run = run;
  }

  /** A workload and a service are found with their pods: faults of either look for them. */
  Facts facts(Target target) throws ApiTrouble {
    if (target.what().isEmpty()) {
      return nodes(target);
    }
    return switch (target.what().get()) {
      case ClusterNames.Pod pods -> named(target, pods.names());
      case Selector.Labels labels -> pods(target, labels.selector());
      case Select select -> selected(target, select);
      case Selector.Service some -> objects(target, ObjectKind.SERVICE, some.names());
      case ClusterNames.Deployment some -> objects(target, ObjectKind.DEPLOYMENT, some.names());
      case ClusterNames.StatefulSet some -> objects(target, ObjectKind.STATEFUL_SET, some.names());
      case ClusterNames.DaemonSet some -> objects(target, ObjectKind.DAEMON_SET, some.names());
      case ClusterNames.ConfigMap some -> objects(target, ObjectKind.CONFIG_MAP, some.names());
      case ClusterNames.Leader leaders -> leaders(target, leaders.names());
      case Selector.Process _, Selector.Database _, Selector.Netns _, Selector.Link _ ->
          new Facts(List.of(), target.names(), List.of());
    };
  }

  private Facts nodes(Target target) throws ApiTrouble {
    String query =
        target.zone().map(zone -> "labelSelector=" + Api.encoded(ZONE + "=" + zone)).orElse("");
    Map<String, JsonNode> found =
        byName(api.list(ApiPaths.of(ObjectKind.NODE, api.namespace()), query));
    List<String> missing = target.node().stream().filter(name -> !found.containsKey(name)).toList();
    List<JsonNode> meant =
        found.values().stream()
            .filter(node -> target.node().isEmpty() || target.node().contains(nameOf(node)))
            .toList();
    return new Facts(withPods(target, meant), missing, known(found));
  }

  /** Nodes, and the pods of the namespace on them, but for those of daemon sets. */
  private List<Instance> withPods(Target target, List<JsonNode> nodes) throws ApiTrouble {
    List<Instance> instances = new ArrayList<>();
    nodes.forEach(node -> instances.add(object(ObjectKind.NODE, node)));
    Set<String> names = nodes.stream().map(ClusterInventory::nameOf).collect(Collectors.toSet());
    for (Instance one : podsThere(target)) {
      if (one instanceof Instance.PodInstance pod
          && pod.node().filter(names::contains).isPresent()
          && !pod.owner().startsWith(ObjectKind.DAEMON_SET.word() + "/")) {
        instances.add(pod);
      }
    }
    return instances;
  }

  private Facts selected(Target target, Select select) throws ApiTrouble {
    String labels =
        select.labels().map(some -> "labelSelector=" + Api.encoded(some.selector())).orElse("");
    String fields = select.fields().map(some -> "fieldSelector=" + Api.encoded(some)).orElse("");
    String query = labels + (labels.isEmpty() || fields.isEmpty() ? "" : "&") + fields;
    if (select.kind() == ObjectKind.POD) {
      return new Facts(instances(target, pods(query)), List.of(), List.of());
    }
    List<JsonNode> found = api.list(ApiPaths.of(select.kind(), api.namespace()), query);
    if (select.kind() == ObjectKind.NODE) {
      return new Facts(withPods(target, found), List.of(), List.of());
    }
    Set<Instance> instances = new LinkedHashSet<>();
    for (JsonNode object : found) {
      instances.addAll(withPods(target, select.kind(), object));
    }
    return new Facts(List.copyOf(instances), List.of(), List.of());
  }

  /** Those of the namespace; none for who may not look at pods, as faults of nodes need not. */
  private List<Instance> podsThere(Target target) throws ApiTrouble {
    String query =
        target.node().size() == 1
            ? "fieldSelector=" + Api.encoded("spec.nodeName=" + target.node().getFirst())
            : "";
    try {
      return instances(target, pods(query));
    } catch (ApiTrouble trouble) {
      if (trouble.isForbidden()) {
        return List.of();
      }
      throw trouble;
    }
  }

  private Facts named(Target target, List<String> names) throws ApiTrouble {
    List<PodSeen> all = pods("");
    SortedSet<String> found =
        all.stream().map(PodSeen::name).collect(Collectors.toCollection(TreeSet::new));
    return new Facts(
        instances(target, all.stream().filter(pod -> names.contains(pod.name())).toList()),
        names.stream().filter(name -> !found.contains(name)).toList(),
        found.stream().limit(MOST_KNOWN).toList());
  }

  /** The pods that leases say hold them, by the names that clients of all languages write there. */
  private Facts leaders(Target target, List<String> names) throws ApiTrouble {
    List<String> holders = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      Reply lease = api.get(ApiPaths.lease(api.namespace(), name));
      if (lease.isMissing()) {
        missing.add(name);
      } else if (lease.ok()) {
        holders.add(lease.json().path("spec").path("holderIdentity").asString(""));
      } else {
        throw lease.trouble();
      }
    }
    return new Facts(
        instances(
            target,
            pods("").stream()
                .filter(pod -> holders.stream().anyMatch(holder -> isHeldBy(holder, pod.name())))
                .toList()),
        missing,
        List.of());
  }

  /** Many add something of their own to the name of their pod, behind an underscore. */
  private static boolean isHeldBy(String holder, String pod) {
    return holder.equals(pod) || holder.startsWith(pod + "_");
  }

  private Facts pods(Target target, String selector) throws ApiTrouble {
    return new Facts(instances(target, list(selector)), List.of(), List.of());
  }

  private List<PodSeen> list(String selector) throws ApiTrouble {
    return pods("labelSelector=" + Api.encoded(selector));
  }

  private List<PodSeen> pods(String query) throws ApiTrouble {
    return api.list(ApiPaths.of(ObjectKind.POD, api.namespace()), query, PodSeen::of);
  }

  private Facts objects(Target target, ObjectKind kind, List<String> names) throws ApiTrouble {
    Map<String, JsonNode> found = byName(api.list(ApiPaths.of(kind, api.namespace()), ""));
    Set<Instance> instances = new LinkedHashSet<>();
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      JsonNode object = found.get(name);
      if (object == null) {
        missing.add(name);
      } else {
        instances.addAll(withPods(target, kind, object));
      }
    }
    return new Facts(List.copyOf(instances), missing, known(found));
  }

  /** An object with the pods that it stands for. */
  private List<Instance> withPods(Target target, ObjectKind kind, JsonNode object)
      throws ApiTrouble {
    List<Instance> all = new ArrayList<>(List.of(object(kind, object)));
    JsonNode selector = object.path("spec").path("selector");
    if (kind == ObjectKind.SERVICE && !selector.isEmpty()) {
      all.addAll(instances(target, list(equality(selector))));
    } else if (kind != ObjectKind.SERVICE && kind != ObjectKind.CONFIG_MAP) {
      String owner = kind.word() + "/" + nameOf(object);
      instances(target, list(selector(selector))).stream()
          .filter(pod -> pod.owner().equals(owner))
          .forEach(all::add);
    }
    return all;
  }

  /** Pods that are neither done nor ending nor ours, on the nodes that are meant. */
  private List<Instance> instances(Target target, List<PodSeen> pods) throws ApiTrouble {
    List<String> inZone = target.zone().isPresent() ? nodesOfZone(target.zone().get()) : List.of();
    Owners owners = Owners.of(pods, api, run);
    Map<String, String> zones =
        target.pick().equals(Optional.of(Target.Pick.PER_ZONE)) ? zones() : Map.of();
    return pods.stream()
        .filter(PodSeen::staying)
        .filter(pod -> target.node().isEmpty() || target.node().contains(pod.node()))
        .filter(pod -> target.zone().isEmpty() || inZone.contains(pod.node()))
        .map(pod -> pod.instance(owners, Optional.ofNullable(zones.get(pod.node()))))
        .sorted(Comparator.comparing(Instance::name))
        .toList();
  }

  /** The zone of each node that has one. */
  private Map<String, String> zones() throws ApiTrouble {
    Map<String, String> zones = new TreeMap<>();
    for (JsonNode node :
        api.list(
            ApiPaths.of(ObjectKind.NODE, api.namespace()), "labelSelector=" + Api.encoded(ZONE))) {
      zones.put(nameOf(node), node.path("metadata").path("labels").path(ZONE).asString(""));
    }
    return zones;
  }

  private List<String> nodesOfZone(String zone) throws ApiTrouble {
    return api
        .list(
            ApiPaths.of(ObjectKind.NODE, api.namespace()),
            "labelSelector=" + Api.encoded(ZONE + "=" + zone))
        .stream()
        .map(ClusterInventory::nameOf)
        .toList();
  }

  private Instance object(ObjectKind kind, JsonNode object) {
    boolean immutable = object.path("immutable").asBoolean(false);
    return new Instance.ObjectInstance(
        ref(kind, object),
        born(object),
        object.path("metadata").path("resourceVersion").asString(""),
        FieldAccess.all(object),
        immutable ? Optional.of("it is immutable") : UndoNote.taken(object, run));
  }

  static ObjectRef ref(ObjectKind kind, JsonNode object) {
    JsonNode meta = object.path("metadata");
    return new ObjectRef(
        kind, meta.path("namespace").asString(""), nameOf(object), meta.path("uid").asString(""));
  }

  static String born(JsonNode object) {
    return object.path("metadata").path("creationTimestamp").asString("");
  }

  static boolean hasEnded(JsonNode pod) {
    return List.of("Succeeded", "Failed").contains(pod.path("status").path("phase").asString(""));
  }

  /** An agent or a fuse is no target, and nobody's other side. */
  static boolean isOurs(JsonNode pod) {
    return pod.path("metadata")
        .path("labels")
        .path("app.kubernetes.io/managed-by")
        .asString("")
        .equals("faultline");
  }

  private static String nameOf(JsonNode object) {
    return object.path("metadata").path("name").asString("");
  }

  private static Map<String, JsonNode> byName(List<JsonNode> objects) {
    Map<String, JsonNode> byName = new TreeMap<>();
    objects.forEach(object -> byName.put(nameOf(object), object));
    return byName;
  }

  private static List<String> known(Map<String, JsonNode> found) {
    return found.keySet().stream().limit(MOST_KNOWN).toList();
  }

  /** The selector of a workload as a text. */
  static String selector(JsonNode selector) {
    List<String> parts = new ArrayList<>();
    if (!selector.path("matchLabels").isEmpty()) {
      parts.add(equality(selector.path("matchLabels")));
    }
    for (JsonNode rule : selector.path("matchExpressions")) {
      String key = rule.path("key").asString("");
      String values =
          rule.path("values")
              .valueStream()
              .map(value -> value.asString(""))
              .collect(Collectors.joining(","));
      switch (rule.path("operator").asString("")) {
        case "In" -> parts.add("%s in (%s)".formatted(key, values));
        case "NotIn" -> parts.add("%s notin (%s)".formatted(key, values));
        case "Exists" -> parts.add(key);
        default -> parts.add("!" + key);
      }
    }
    return String.join(",", parts);
  }

  static String equality(JsonNode labels) {
    return labels.properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asString(""))
        .collect(Collectors.joining(","));
  }
}
