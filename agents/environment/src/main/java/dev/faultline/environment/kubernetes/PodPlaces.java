package dev.faultline.environment.kubernetes;

import dev.faultline.environment.packet.HostNames;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.world.PodPeers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Knows pods of the namespace by {@code zone/NAME} and the like; else hosts. Pods that have ended,
 * and Faultline's own, are nobody's other side.
 */
record PodPlaces(Api api, HostNames hosts) implements HostNames {

  /** What an agent takes for one fault. */
  private static final int MOST = 256;

  @Override
  public List<InetAddress> addresses(String peer) throws UnknownHostException {
    Optional<PodPeers> pods = PodPeers.of(peer);
    return pods.isPresent() ? of(pods.get()) : hosts.addresses(peer);
  }

  private List<InetAddress> of(PodPeers peers) throws UnknownHostException {
    Set<String> found;
    try {
      found = look(peers);
    } catch (ApiTrouble trouble) {
      UnknownHostException inWords =
          new UnknownHostException("%s: %s".formatted(peers, trouble.words()));
      inWords.initCause(trouble);
      throw inWords;
    }
    if (found.isEmpty()) {
      throw new UnknownHostException(
          "%s stands for no pod of namespace %s that has an address"
              .formatted(peers, api.namespace()));
    }
    if (found.size() > MOST) {
      throw new UnknownHostException(
          "%s stands for %d addresses, and a fault takes %d".formatted(peers, found.size(), MOST));
    }
    return found.stream().map(InetAddress::ofLiteral).toList();
  }

  private Set<String> look(PodPeers peers) throws ApiTrouble, UnknownHostException {
    return switch (peers.kind()) {
      case POD -> of(List.of(object(ObjectKind.POD, peers)));
      case LABELS -> of(labelled(peers.name()));
      case NODE ->
          on(Set.of(peers.name()), "fieldSelector=" + Api.encoded("spec.nodeName=" + peers.name()));
      case ZONE -> on(nodesOf(peers.name()), "");
      case SERVICE -> ofService(object(ObjectKind.SERVICE, peers));
      case DEPLOYMENT -> ofWorkload(object(ObjectKind.DEPLOYMENT, peers));
      case STATEFUL_SET -> ofWorkload(object(ObjectKind.STATEFUL_SET, peers));
      case DAEMON_SET -> ofWorkload(object(ObjectKind.DAEMON_SET, peers));
    };
  }

  private JsonNode object(ObjectKind kind, PodPeers peers) throws ApiTrouble, UnknownHostException {
    Reply reply = api.get(ApiPaths.of(kind, api.namespace(), peers.name()));
    if (reply.isMissing()) {
      throw new UnknownHostException(
          "there is no %s %s in namespace %s"
              .formatted(kind.word(), peers.name(), api.namespace()));
    }
    if (!reply.ok()) {
      throw reply.trouble();
    }
    return reply.json();
  }

  private List<JsonNode> pods(String query) throws ApiTrouble {
    return api.list(ApiPaths.of(ObjectKind.POD, api.namespace()), query);
  }

  private List<JsonNode> labelled(String selector) throws ApiTrouble {
    return pods("labelSelector=" + Api.encoded(selector));
  }

  private Set<String> nodesOf(String zone) throws ApiTrouble {
    return api
        .list(
            ApiPaths.of(ObjectKind.NODE, api.namespace()),
            "labelSelector=" + Api.encoded(ClusterInventory.ZONE + "=" + zone))
        .stream()
        .map(node -> node.path("metadata").path("name").asString(""))
        .collect(Collectors.toSet());
  }

  private Set<String> on(Set<String> nodes, String query) throws ApiTrouble {
    return of(
        pods(query).stream()
            .filter(pod -> nodes.contains(pod.path("spec").path("nodeName").asString("")))
            .toList());
  }

  /** In the network of a pod, what goes to a service goes to the address of that. */
  private Set<String> ofService(JsonNode service) throws ApiTrouble {
    JsonNode spec = service.path("spec");
    Set<String> found = new TreeSet<>();
    spec.path("clusterIPs")
        .valueStream()
        .map(address -> address.asString(""))
        .filter(address -> !address.isEmpty() && !address.equals("None"))
        .forEach(found::add);
    if (!spec.path("selector").isEmpty()) {
      found.addAll(of(labelled(ClusterInventory.equality(spec.path("selector")))));
    }
    return found;
  }

  private Set<String> ofWorkload(JsonNode workload) throws ApiTrouble {
    return of(labelled(ClusterInventory.selector(workload.path("spec").path("selector"))));
  }

  private static Set<String> of(List<JsonNode> pods) {
    return pods.stream()
        .filter(pod -> !ClusterInventory.hasEnded(pod) && !ClusterInventory.isOurs(pod))
        .flatMap(pod -> pod.path("status").path("podIPs").valueStream())
        .map(address -> address.path("ip").asString(""))
        .filter(address -> !address.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
