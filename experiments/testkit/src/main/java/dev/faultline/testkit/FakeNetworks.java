package dev.faultline.testkit;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.LinkReading;
import dev.faultline.model.world.NetworkAccess;
import dev.faultline.model.world.NetworkPlace;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Networks whose packets can be disturbed, all with traffic. */
final class FakeNetworks {

  private final Map<String, NetworkAccess> networks = new TreeMap<>();
  private final Map<String, Action.DisturbPackets> inForce = new TreeMap<>();

  void add(String name, boolean shared) {
    networks.put(
        name,
        new NetworkAccess(
            new NetworkPlace(name, "/run/netns/" + name, Optional.empty()),
            shared,
            Optional.empty()));
  }

  Facts facts(List<String> names) {
    List<Instance> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      if (networks.containsKey(name)) {
        found.add(new Instance.NetworkInstance(name, "netns " + name, networks.get(name)));
      } else {
        missing.add(name);
      }
    }
    return new Facts(found, missing, List.copyOf(networks.keySet()));
  }

  Effect disturb(Action.DisturbPackets order) {
    inForce.put(order.place().name() + " " + order.name(), order);
    return new Effect.Done("in force");
  }

  Effect restore(Action.RestorePackets order) {
    inForce.remove(order.place().name() + " " + order.name());
    return new Effect.Done("over");
  }

  /** Whether the node of a pod does not reach it. */
  boolean keepNodeFrom(String path) {
    return inForce.values().stream()
        .anyMatch(
            order ->
                order.place().path().equals(path)
                    && order.traffic().peers().contains(Traffic.OWN_NODE));
  }

  void restoreAll() {
    inForce.clear();
  }

  Answer status(Query.PacketStatus query) {
    if (!inForce.containsKey(query.place().name() + " " + query.name())) {
      return new Answer.LinkIs(query.what(), LinkReading.NOTHING);
    }
    Duration delay =
        query.what() instanceof Disturbance.Latency latency ? latency.delay() : Duration.ZERO;
    return new Answer.LinkIs(
        query.what(), new LinkReading(true, 900, 90_000, 9, 900, 90_000, delay, delay, delay));
  }

  /** All names under {@code invalid} are unknown. */
  Answer addresses(Query.AddressesOf query) {
    return query.host().endsWith(".invalid")
        ? new Answer.Unanswered(
            BlindReason.NO_DATA, "no host is called '%s'".formatted(query.host()))
        : new Answer.AddressesAre(List.of("10.0.0.5", "10.0.0.6"));
  }

  List<String> residue() {
    return inForce.keySet().stream().map("disturbed packets of "::concat).toList();
  }
}
