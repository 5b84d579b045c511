package dev.faultline.engine.planning;

import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.Words;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Hosts;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.fault.NetworkFault;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Traffic;
import dev.faultline.model.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What faults of packets need where they would be: a kernel that lets them, and peers that are
 * somebody.
 */
final class PacketNeeds {

  private static final String HOST = "host/";
  private static final int MOST_TOLD = 8;

  private final World world;
  private final Map<String, List<String>> found = new TreeMap<>();

  PacketNeeds(World world) {
    this.world = world;
  }

  /**
   * Tries the kernel, but for that of a pod, which the agent itself will try; and looks the peers
   * of a fault up.
   *
   * @throws Unplannable when packets cannot be disturbed there, or a peer is the name of nobody
   */
  void require(FaultStep step, Traffic traffic, List<Instance> where) throws Unplannable {
    for (Instance instance : where) {
      if (step.fault() instanceof NetworkFault
          && !(instance.itself() instanceof Instance.LinkInstance)) {
        if (!(instance instanceof Instance.PodNetwork)) {
          requireKernel(step, instance);
        }
        for (String name : traffic.hostNames()) {
          lookUp(step, name, instance);
        }
      }
    }
  }

  private void requireKernel(FaultStep step, Instance instance) throws Unplannable {
    switch (world.ask(instance.asked(new Query.PacketsPossible()))) {
      case Answer.PacketsAre(Optional<String> lacking) when lacking.isEmpty() -> {}
      case Answer.PacketsAre(Optional<String> lacking) ->
          throw unplannable(
              step,
              "packets cannot be disturbed at %s: %s"
                  .formatted(instance.name(), lacking.orElseThrow()));
      case Answer.Unanswered none -> throw unplannable(step, none.detail());
      default -> throw unplannable(step, "it is not known whether packets can be disturbed");
    }
  }

  private void lookUp(FaultStep step, String name, Instance instance) throws Unplannable {
    if (found.containsKey(named(name, instance))) {
      return;
    }
    switch (world.ask(instance.asked(new Query.AddressesOf(name)))) {
      case Answer.AddressesAre are -> found.put(named(name, instance), are.addresses());
      case Answer.Unanswered none -> throw unknown(step, none.detail());
      default -> throw unknown(step, "it is not known who '%s' is".formatted(name));
    }
  }

  /** The traffic of a fault with the addresses of the hosts of the environment among its peers. */
  static Traffic aimed(FaultStep step, EnvironmentSpec environment) throws Unplannable {
    Traffic traffic = step.traffic().orElse(Traffic.ALL);
    List<String> peers = new ArrayList<>();
    if (!traffic.podPeers().isEmpty() && !(environment.place() instanceof Kubernetes)) {
      throw unknown(
          step, "'%s': the environment has no cluster".formatted(traffic.podPeers().getFirst()));
    }
    for (String peer : traffic.peers()) {
      peers.add(peer.startsWith(HOST) ? address(step, peer, environment) : peer);
    }
    return traffic.with(peers);
  }

  private static String address(FaultStep step, String peer, EnvironmentSpec environment)
      throws Unplannable {
    String name = peer.substring(HOST.length());
    if (!(environment.place() instanceof Hosts hosts)) {
      throw unknown(step, "'%s': the environment has no hosts".formatted(peer));
    }
    Optional<String> address = hosts.address(name);
    if (address.isEmpty()) {
      throw unknown(step, Words.unknown("host", name, new TreeSet<>(hosts.names())));
    }
    return address.get();
  }

  private static String named(String name, Instance instance) {
    return instance instanceof Instance.OnHost(String host, Instance _)
        ? "%s, looked up on %s,".formatted(name, host)
        : name;
  }

  private static Unplannable unknown(FaultStep step, String why) {
    return unplannable(step, why + " (traffic.peers)");
  }

  private static Unplannable unplannable(FaultStep step, String why) {
    return new Unplannable(Outcome.NOT_READY, "fault %s: %s".formatted(step.title(), why));
  }

  /** What was found, and what becomes of it, for whoever reads the plan. */
  List<String> notes() {
    return found.entrySet().stream()
        .map(
            one ->
                "%s is %s now; it is looked up again when its fault begins, and while that lasts."
                    .formatted(one.getKey(), several(one.getValue())))
        .toList();
  }

  private static String several(List<String> addresses) {
    String first = String.join(", ", addresses.subList(0, Math.min(MOST_TOLD, addresses.size())));
    int more = addresses.size() - MOST_TOLD;
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }
}
