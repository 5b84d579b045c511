package dev.faultline.model.fault;

import dev.faultline.model.fault.Fault.Setting;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NetworkAccess;
import dev.faultline.model.world.NetworkPlace;
import dev.faultline.model.world.PortName;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What network faults do where an agent disturbs packets. */
final class PacketSteps {

  private static final String SSH = "22";

  private PacketSteps() {}

  static NetworkAccess networkOf(Instance.ProcessInstance process) {
    return process
        .network()
        .orElseThrow(
            () ->
                new FaultRefused(
                    process.process().isEmpty()
                        ? "%s is not running, so it has no network".formatted(process.name())
                        : "it is not known which network %s is in".formatted(process.name())));
  }

  static List<Step> of(NetworkFault fault, NetworkAccess network, Setting setting) {
    NetworkPlace place = network.place();
    refuse(fault, network, setting.traffic());
    Traffic traffic = fault.aimed(setting.traffic());
    Direction direction = traffic.direction().orElseGet(fault::usual);
    Query status = new Query.PacketStatus(place, setting.name(), fault.disturbance());
    return List.of(
        new Step(
            new Action.DisturbPackets(
                place,
                setting.name(),
                fault.disturbance(),
                traffic,
                direction,
                setting.lease(),
                setting.seed()),
            Optional.of(proof(status, true, fault.showsAfter().plus(NetworkFault.MET_WITHIN))),
            Optional.of(
                new Step.Undo(
                    new Action.RestorePackets(place, setting.name()),
                    Optional.of(proof(status, false, NetworkFault.MET_WITHIN))))));
  }

  private static void refuse(NetworkFault fault, NetworkAccess network, Traffic traffic) {
    if (!fault.media().contains(NetworkFault.Medium.PACKETS)) {
      throw new FaultRefused(
          "%s needs a relay, which stands on the links of a lab; %s has packets alone"
              .formatted(fault.words(), network.place().name()));
    }
    network
        .closed()
        .ifPresent(
            why -> {
              throw new FaultRefused(why);
            });
    refuseTraffic(fault, traffic);
    if (network.shared() && !traffic.narrow() && !fault.narrow()) {
      throw FaultRefused.byGuardRail(
          "%s shares its network with Faultline: this would cut off Faultline too; say which packets"
                  .formatted(network.place().name())
              + " are meant, such as 'traffic: {port: 8080}'");
    }
    if (isSshAlone(traffic)) {
      throw FaultRefused.byGuardRail(
          "TCP's port %s is the way to this machine by SSH, and is never hit; name another 'port'"
              .formatted(SSH));
    }
  }

  /**
   * Refuses traffic that no packets can be, wherever they are.
   *
   * @throws FaultRefused in words
   */
  static void refuseTraffic(NetworkFault fault, Traffic traffic) {
    if (fault instanceof Partition && traffic.ofPackets()) {
      throw new FaultRefused(
          "a partition hits every packet of a connection; remove 'percentOf', or use 'loss'");
    }
    if (!traffic.port().map(PortName::isNumeric).orElse(true)) {
      throw new FaultRefused(
          "packets have ports by number; write 'port: 8080' instead of '%s'"
              .formatted(traffic.port().orElseThrow().text()));
    }
  }

  /** The way that Faultline, or whoever watches it, came by. */
  private static boolean isSshAlone(Traffic traffic) {
    return traffic.port().map(port -> port.text().equals(SSH)).orElse(false)
        && traffic.protocol().filter(one -> one == Traffic.Protocol.UDP).isEmpty();
  }

  private static Proof proof(Query status, boolean disturbed, Duration within) {
    return new Proof(status, new Expectation.LinkMeets(disturbed), within);
  }

  static List<EndsBy> endsBy(Setting setting) {
    return List.of(
        new EndsBy(EndsBy.Layer.PLAN, Optional.of(setting.lasts()), "the run withdraws it"),
        new EndsBy(
            EndsBy.Layer.KERNEL,
            Optional.of(Duration.ZERO),
            "the rules belong to the agent: when that dies, so do they; it dies with Faultline"),
        new EndsBy(
            EndsBy.Layer.LEASE,
            Optional.of(setting.lease()),
            "an agent that nobody renews undoes it; one that hangs is killed by the kernel"),
        new EndsBy(
            EndsBy.Layer.JOURNAL,
            Optional.empty(),
            "faultline undo, and every later run, end agents that are left"));
  }
}
