package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.agent.AgentPlan;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.world.ClusterFuseAction;
import dev.faultline.node.cluster.ClusterDuty;
import dev.faultline.node.cluster.ClusterFuse;
import dev.faultline.node.cluster.ObjectUndo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of one fuse: a Lease, an account with the verbs of that undo and no others, and a Job
 * whose pod watches. The first of them owns the rest, so that its deletion removes all: the Lease,
 * or for a node, which is in no namespace, a ClusterRole. They have one name, which follows from
 * the run and the change.
 *
 * @param namespace where they are made
 */
record FuseObjects(String namespace, String run, ObjectRef object, String mark) {

  /** What a Lease, a role and so on of ours is for. */
  static final String COMPONENT = "fuse";

  private static final Duration STAYS = Duration.ofMinutes(5);
  private static final Duration AWAY = Duration.ofHours(1);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int RESTARTS = 20;
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";

  /** One for each change of each run. */
  String name() {
    String whole = String.join("\n", run, object.uid(), mark);
    return "faultline-fuse-"
        + UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8))
            .toString()
            .replace("-", "")
            .substring(0, 16);
  }

  private boolean ofNode() {
    return !object.kind().namespaced();
  }

  String leases() {
    return ApiPaths.leases(namespace);
  }

  String lease() {
    return ApiPaths.lease(namespace, name());
  }

  String clusterRoles() {
    return RBAC + "/clusterroles";
  }

  String clusterBindings() {
    return RBAC + "/clusterrolebindings";
  }

  String roles() {
    return "%s/namespaces/%s/roles".formatted(RBAC, namespace);
  }

  String bindings() {
    return "%s/namespaces/%s/rolebindings".formatted(RBAC, namespace);
  }

  String accounts() {
    return "/api/v1/namespaces/%s/serviceaccounts".formatted(namespace);
  }

  String jobs() {
    return "/apis/batch/v1/namespaces/%s/jobs".formatted(namespace);
  }

  /** What owns the rest. */
  String owner() {
    return ofNode() ? clusterRoles() + "/" + name() : lease();
  }

  /** Where the owner is made. */
  String owners() {
    return ofNode() ? clusterRoles() : leases();
  }

  /** The object that owns the rest. */
  ObjectNode ownerObject(Duration patience) {
    return ofNode() ? clusterRole() : leaseObject(patience);
  }

  ObjectNode leaseObject(Duration patience) {
    ObjectNode lease = head("coordination.k8s.io/v1", "Lease");
    lease
        .putObject("spec")
        .put("holderIdentity", run)
        .put("leaseDurationSeconds", (int) patience.toSeconds())
        .put("renewTime", now());
    return lease;
  }

  /** A renewal of the Lease, as a merge patch. */
  static String renewal() {
    ObjectNode patch = Codec.json().createObjectNode();
    patch.withObject("/spec").put("renewTime", now());
    return patch.toString();
  }

  private static String now() {
    return MICROS.format(Instant.now());
  }

  private ObjectNode clusterRole() {
    ObjectNode role = head("rbac.authorization.k8s.io/v1", "ClusterRole");
    ArrayNode rules = role.putArray("rules");
    rule(rules, object.kind().group(), object.kind().resource(), object.name(), "get", "patch");
    rule(rules, "rbac.authorization.k8s.io", "clusterroles", name(), "delete");
    return role;
  }

  /** Everything that is owned, in order, but a Lease that owns. */
  List<Part> parts(String ownerUid, ClusterFuseAction.ArmObjectFuse order) {
    List<Part> common =
        List.of(
            new Part(accounts(), owned(head("v1", "ServiceAccount"), ownerUid)),
            new Part(roles(), owned(role(), ownerUid)),
            new Part(bindings(), owned(binding("RoleBinding", "Role"), ownerUid)));
    List<Part> wide =
        ofNode()
            ? List.of(
                new Part(leases(), owned(leaseObject(order.lease()), ownerUid)),
                new Part(
                    clusterBindings(),
                    owned(binding("ClusterRoleBinding", "ClusterRole"), ownerUid)))
            : List.of();
    Part job = new Part(jobs(), owned(job(order), ownerUid));
    return Stream.of(wide, common, List.of(job)).flatMap(List::stream).toList();
  }

  /**
   * One object.
   *
   * @param path where it is made
   */
  record Part(String path, ObjectNode object) {}

  private ObjectNode role() {
    ObjectNode role = head("rbac.authorization.k8s.io/v1", "Role");
    ArrayNode rules = role.putArray("rules");
    if (ofNode()) {
      rule(rules, "coordination.k8s.io", "leases", name(), "get", "patch");
    } else {
      rule(rules, "coordination.k8s.io", "leases", name(), "get", "patch", "delete");
      rule(rules, object.kind().group(), object.kind().resource(), object.name(), "get", "patch");
    }
    return role;
  }

  private static void rule(
      ArrayNode rules, String group, String resource, String name, String... verbs) {
    ObjectNode rule = rules.addObject();
    rule.putArray("apiGroups").add(group);
    rule.putArray("resources").add(resource);
    rule.putArray("resourceNames").add(name);
    ArrayNode all = rule.putArray("verbs");
    List.of(verbs).forEach(all::add);
  }

  private ObjectNode binding(String kind, String role) {
    ObjectNode binding = head("rbac.authorization.k8s.io/v1", kind);
    binding
        .putObject("roleRef")
        .put("apiGroup", "rbac.authorization.k8s.io")
        .put("kind", role)
        .put("name", name());
    binding
        .putArray("subjects")
        .addObject()
        .put("kind", "ServiceAccount")
        .put("name", name())
        .put("namespace", namespace);
    return binding;
  }

  private ObjectNode job(ClusterFuseAction.ArmObjectFuse order) {
    ObjectNode job = head("batch/v1", "Job");
    ObjectNode spec =
        job.putObject("spec")
            .put("backoffLimit", RESTARTS)
            .put("ttlSecondsAfterFinished", (int) STAYS.toSeconds())
            .put("activeDeadlineSeconds", order.lasts().plus(order.lease()).plus(AWAY).toSeconds());
    ObjectNode template = spec.putObject("template");
    ObjectNode labels = template.putObject("metadata").putObject("labels");
    label(labels);
    labels.put("sidecar.istio.io/inject", "false");
    ObjectNode pod =
        template
            .putObject("spec")
            .put("serviceAccountName", name())
            .put("restartPolicy", "OnFailure")
            .put("enableServiceLinks", false)
            .put("terminationGracePeriodSeconds", 2);
    pod.putObject("securityContext")
        .put("runAsNonRoot", true)
        .put("runAsUser", 65_532)
        .putObject("seccompProfile")
        .put("type", "RuntimeDefault");
    pod.putArray("containers").add(container(order));
    return job;
  }

  private ObjectNode container(ClusterFuseAction.ArmObjectFuse order) {
    ClusterDuty duty =
        new ClusterDuty(
            new ClusterDuty.Marked(ApiPaths.of(object), object.uid(), run, mark),
            lease(),
            owner(),
            order.lease());
    ObjectNode container =
        Codec.json()
            .createObjectNode()
            .put("name", COMPONENT)
            .put("image", order.image())
            .put("imagePullPolicy", "IfNotPresent");
    ArrayNode command = container.putArray("command");
    AgentPlan.command(ClusterFuse.class).forEach(command::add);
    duty.arguments().forEach(command::add);
    ObjectNode rights =
        container
            .putObject("securityContext")
            .put("allowPrivilegeEscalation", false)
            .put("readOnlyRootFilesystem", true);
    rights.putObject("capabilities").putArray("drop").add("ALL");
    ObjectNode resources = container.putObject("resources");
    resources.putObject("requests").put("cpu", "20m").put("memory", "64Mi");
    resources.putObject("limits").put("memory", "128Mi");
    return container;
  }

  private ObjectNode head(String version, String kind) {
    ObjectNode head = Codec.json().createObjectNode().put("apiVersion", version).put("kind", kind);
    ObjectNode meta = head.putObject("metadata").put("name", name());
    if (!kind.startsWith("Cluster")) {
      meta.put("namespace", namespace);
    }
    label(meta.putObject("labels"));
    return head;
  }

  private void label(ObjectNode labels) {
    labels
        .put(AgentPlan.MANAGED_BY, AgentPlan.FAULTLINE)
        .put(AgentPlan.COMPONENT, COMPONENT)
        .put(AgentPlan.RUN, ObjectUndo.label(run));
  }

  private ObjectNode owned(ObjectNode one, String uid) {
    one.withObject("/metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", ofNode() ? "rbac.authorization.k8s.io/v1" : "coordination.k8s.io/v1")
        .put("kind", ofNode() ? "ClusterRole" : "Lease")
        .put("name", name())
        .put("uid", uid);
    return one;
  }
}
