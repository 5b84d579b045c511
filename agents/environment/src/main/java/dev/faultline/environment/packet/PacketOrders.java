package dev.faultline.environment.packet;

import dev.faultline.model.world.Action.DisturbPackets;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.Dns;
import dev.faultline.model.world.LinkReading;
import dev.faultline.model.world.PortName;
import dev.faultline.model.world.Traffic;
import dev.faultline.node.delay.Distribution;
import dev.faultline.node.packet.DnsReply;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.Network;
import dev.faultline.node.packet.Owner;
import dev.faultline.node.packet.PacketEffect;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.Ports;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.Share;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an agent is told, in its own words, and what it answers, in those of the model. */
public final class PacketOrders {

  /** What would wait longer on a thin line is lost there. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private PacketOrders() {}

  /**
   * The fault that is meant.
   *
   * @param names looks host names up, which is done now
   * @throws UnknownHostException when a peer is no address, and no host has that name
   * @throws IllegalArgumentException when the conditions exclude each other
   */
  public static PacketFault fault(DisturbPackets order, HostNames names)
      throws UnknownHostException {
    Traffic traffic = order.traffic();
    Selection selection =
        new Selection(
            directions(order.direction()),
            protocol(traffic.protocol().orElse(Traffic.Protocol.ANY)),
            new Ends(ports(traffic.port()), ports(traffic.peerPort()), networks(traffic, names)),
            traffic.device(),
            owner(traffic));
    Share share =
        traffic.ofPackets() ? new Share(1, traffic.share()) : new Share(traffic.share(), 1);
    return new PacketFault(selection, share, List.of(effect(order.what())), order.seed());
  }

  private static Set<dev.faultline.node.packet.Direction> directions(Direction direction) {
    return switch (direction) {
      case IN -> EnumSet.of(dev.faultline.node.packet.Direction.IN);
      case OUT -> EnumSet.of(dev.faultline.node.packet.Direction.OUT);
      case BOTH -> EnumSet.allOf(dev.faultline.node.packet.Direction.class);
    };
  }

  private static Protocol protocol(Traffic.Protocol protocol) {
    return switch (protocol) {
      case ANY -> Protocol.ANY;
      case TCP -> Protocol.TCP;
      case UDP -> Protocol.UDP;
      case ICMP -> Protocol.ICMP;
    };
  }

  private static List<Ports> ports(Optional<PortName> port) {
    return port.map(name -> List.of(Ports.parse(name.text()))).orElse(List.of());
  }

  private static List<Network> networks(Traffic traffic, HostNames names)
      throws UnknownHostException {
    List<Network> networks = new ArrayList<>();
    List<String> hosts = traffic.hostNames();
    for (String peer : traffic.peers()) {
      if (hosts.contains(peer)) {
        names.addresses(peer).forEach(address -> networks.add(Network.of(address)));
      } else {
        networks.add(Network.parse(peer));
      }
    }
    return networks;
  }

  private static Optional<Owner> owner(Traffic traffic) {
    return traffic
        .user()
        .<Owner>map(Owner.User::new)
        .or(() -> traffic.cgroup().map(group -> new Owner.Group(Path.of(group))));
  }

  private static PacketEffect effect(Disturbance what) {
    return switch (what) {
      case Disturbance.Latency late ->
          new PacketEffect.Latency(
              late.delay(),
              late.jitter(),
              distribution(late.spread()),
              late.correlation(),
              late.ordered());
      case Disturbance.Bandwidth line ->
          new PacketEffect.Bandwidth(line.bytesPerSecond(), LONGEST_WAIT);
      case Disturbance.Loss loss -> new PacketEffect.Loss(loss.share());
      case Disturbance.Bursts chain ->
          new PacketEffect.Bursts(chain.begins(), chain.ends(), chain.bad(), chain.good());
      case Disturbance.Duplicate twice -> new PacketEffect.Duplicate(twice.share());
      case Disturbance.Corrupt wrong -> new PacketEffect.Corrupt(wrong.share());
      case Disturbance.Reorder late -> new PacketEffect.Reorder(late.share(), late.by());
      case Disturbance.Partition cut ->
          new PacketEffect.Partition(
              cut.refused()
                  ? PacketEffect.Partition.Manner.REJECT
                  : PacketEffect.Partition.Manner.DROP);
      case Dns dns ->
          new PacketEffect.Dns(
              dns.names().stream().map(PacketOrders::plain).toList(), dns.delay(), reply(dns));
      case Disturbance.Reset _,
          Disturbance.Refuse _,
          Disturbance.Blackhole _,
          Disturbance.HalfClose _,
          Disturbance.Slice _,
          Disturbance.ByteLimit _,
          Disturbance.Http _ ->
          throw new IllegalArgumentException("packets cannot meet " + what.words());
    };
  }

  /** In small letters, without the dot of the root at its end. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst("(?<=.)\\.$", "");
  }

  private static DnsReply reply(Dns dns) {
    if (!dns.addresses().isEmpty()) {
      return new DnsReply.Addresses(dns.addresses().stream().map(InetAddress::ofLiteral).toList());
    }
    return dns.answer().map(PacketOrders::reply).orElseGet(DnsReply.Same::new);
  }

  private static DnsReply reply(Dns.Instead answer) {
    return switch (answer) {
      case NXDOMAIN -> new DnsReply.Failure(DnsReply.Code.NXDOMAIN);
      case SERVFAIL -> new DnsReply.Failure(DnsReply.Code.SERVFAIL);
      case REFUSED -> new DnsReply.Failure(DnsReply.Code.REFUSED);
      case NONE -> new DnsReply.None();
    };
  }

  private static Distribution distribution(Disturbance.Spread spread) {
    return switch (spread) {
      case UNIFORM -> Distribution.UNIFORM;
      case NORMAL -> Distribution.NORMAL;
      case PARETO -> Distribution.PARETO;
    };
  }

  /** What an agent measured of a disturbance, which is in force or was. */
  public static LinkReading reading(Disturbance what, PacketReading seen, boolean inForce) {
    long hit =
        switch (what) {
          case Disturbance.Loss _, Disturbance.Bursts _, Disturbance.Partition _ -> seen.lost();
          case Disturbance.Duplicate _ -> seen.duplicated();
          case Dns _ -> seen.named();
          case Disturbance.Corrupt _ -> seen.corrupted();
          case Disturbance.Latency _,
              Disturbance.Bandwidth _,
              Disturbance.Reorder _,
              Disturbance.Reset _,
              Disturbance.Refuse _,
              Disturbance.Blackhole _,
              Disturbance.HalfClose _,
              Disturbance.Slice _,
              Disturbance.ByteLimit _,
              Disturbance.Http _ ->
              seen.passed();
        };
    return new LinkReading(
        inForce,
        seen.matched(),
        seen.bytes(),
        hit,
        seen.passed(),
        seen.bytes(),
        seen.least(),
        seen.median(),
        seen.most());
  }
}
