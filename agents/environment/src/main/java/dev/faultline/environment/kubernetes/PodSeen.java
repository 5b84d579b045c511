package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.cluster.PodInside;
import dev.faultline.model.world.Instance;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is kept of a pod of a list.
 *
 * @param born when it was made, as the API writes it
 * @param node where it runs; empty while it is placed nowhere
 * @param staying whether it neither ends, nor has ended, nor is one of Faultline's
 * @param controller what starts it again
 */
record PodSeen(
    ObjectRef object,
    String born,
    String node,
    boolean ready,
    boolean staying,
    Optional<Owners.Controller> controller,
    PodInside inside) {

  /** What there is of a pod. */
  static PodSeen of(JsonNode pod) {
    return new PodSeen(
        ClusterInventory.ref(ObjectKind.POD, pod),
        ClusterInventory.born(pod),
        pod.path("spec").path("nodeName").asString(""),
        PodInsides.isReady(pod),
        !pod.path("metadata").has("deletionTimestamp")
            && !ClusterInventory.hasEnded(pod)
            && !ClusterInventory.isOurs(pod),
        Owners.Controller.of(pod),
        PodInsides.of(pod));
  }

  String name() {
    return object.name();
  }

  /** The same as something to disturb. */
  Instance instance(Owners owners, Optional<String> zone) {
    return new Instance.PodInstance(
        object,
        born,
        Optional.of(node).filter(name -> !name.isEmpty()),
        zone,
        ready,
        owners.of(this),
        inside);
  }
}
