package dev.faultline.model.world;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which part of the traffic a fault disturbs. On the links of a lab there are {@code port}, {@code
 * direction} and {@code percent} alone; what else stands here chooses packets.
 *
 * @param port the target's port: its name on a link of a lab, else its number, or a range of them;
 *     every one when absent
 * @param peerPort the number of the other side's port, or a range; every one when absent
 * @param protocol what the packets carry; {@code any} when absent, {@code tcp}, {@code udp} or
 *     {@code icmp}
 * @param peers the other side: addresses, networks such as {@code 10.0.0.0/8}, host names, or
 *     places: {@code netns/NAME}, {@code process/NAME} with a network of its own, {@code host/NAME}
 *     of the environment; in a cluster pods by {@code pod/NAME}, {@code deployment/NAME}, {@code
 *     statefulSet/NAME}, {@code daemonSet/NAME}, {@code service/NAME}, {@code labels/SELECTOR},
 *     {@code node/NAME}, {@code zone/NAME}; everybody when absent
 * @param device the network interface, such as {@code eth0}; every one when absent
 * @param user the number of the user whose processes send the packets
 * @param cgroup the control group whose processes send or get the packets, such as {@code
 *     system.slice/shop.service}
 * @param direction which way; what is usual for the fault when absent
 * @param percent which share of the connections, or of the exchanges of HTTP; all when absent
 * @param percentOf of what {@code percent} is a share; {@code connections} when absent, {@code
 *     packets} for each packet by its own chance
 */
public record Traffic(
    Optional<PortName> port,
    Optional<PortName> peerPort,
    Optional<Protocol> protocol,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> peers,
    @Key("interface") Optional<String> device,
    Optional<Long> user,
    Optional<String> cgroup,
    Optional<Direction> direction,
    Optional<Quantity> percent,
    Optional<ShareOf> percentOf) {

  /** All of it. */
  public static final Traffic ALL =
      new Traffic(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Among the peers: the addresses by which the node of a pod reaches it. No file says it. */
  public static final String OWN_NODE = "node/own";

  private static final int MOST_PEERS = 256;
  private static final long MOST_USERS = 0xFFFF_FFFEL;
  private static final Pattern PEER =
      Pattern.compile(
          "((netns|process|host|node)/)?[0-9a-zA-Z._-]{1,253}|[0-9a-fA-F:.]{1,64}(/\\d{1,3})?");

  // A name in the domain of nobody, such as ab.cd, is no address: its last part is no number.
  private static final Pattern NUMERIC =
      Pattern.compile("[\\d.]+(/\\d+)?|[0-9a-fA-F]*:[0-9a-fA-F:.]*(/\\d+)?");

  /** What packets carry. */
  public enum Protocol {
    /** Anything. */
    ANY,
    /** TCP. */
    TCP,
    /** UDP. */
    UDP,
    /** ICMP, and ICMPv6. */
    ICMP
  }

  /** What a share is taken of. */
  public enum ShareOf {
    /** Of the connections: all of one are hit, or none. */
    CONNECTIONS,
    /** Of the packets. */
    PACKETS
  }

  /** Refuses what chooses nothing. */
  public Traffic {
    peers = List.copyOf(peers);
    if (percent.isPresent()
        && (percent.get().unit() != Unit.SHARE
            || percent.get().value() <= 0
            || percent.get().value() > 1)) {
      throw new InvalidValue(
          "percent", "'percent' must be above 0% and at most 100%, such as percent: 20%");
    }
    if (percentOf.isPresent() && percent.isEmpty()) {
      throw new InvalidValue("percentOf", "'percentOf' says of what 'percent' is; add 'percent'");
    }
    checkPeers(peers);
    if (peerPort.isPresent() && !peerPort.get().isNumeric()) {
      throw new InvalidValue("peerPort", "'peerPort' is a number, or a range such as 8000-8100");
    }
    if (protocol.equals(Optional.of(Protocol.ICMP)) && (port.isPresent() || peerPort.isPresent())) {
      throw new InvalidValue("protocol", "icmp has no ports; remove 'protocol', or the port");
    }
    if (device.isPresent() && !device.get().matches("[^/\\s]{1,15}")) {
      throw new InvalidValue(
          "interface", "'%s' names no network interface".formatted(device.get()));
    }
    if (user.isPresent() && (user.get() < 0 || user.get() > MOST_USERS)) {
      throw new InvalidValue("user", "%d is not the number of a user".formatted(user.get()));
    }
    if (user.isPresent() && !direction.equals(Optional.of(Direction.OUT))) {
      throw new InvalidValue(
          "user", "the kernel knows the user of what goes out alone; add 'direction: out'");
    }
    if (user.isPresent() && cgroup.isPresent()) {
      throw new InvalidValue("cgroup", "only one of user, cgroup can stand here; remove one");
    }
  }

  private static void checkPeers(List<String> peers) {
    if (peers.size() > MOST_PEERS) {
      throw new InvalidValue("peers", "at most %d peers can stand here".formatted(MOST_PEERS));
    }
    for (int i = 0; i < peers.size(); i++) {
      String place = "peers/%d".formatted(i);
      if (!isOfPods(peers.get(i), place) && !PEER.matcher(peers.get(i)).matches()) {
        throw new InvalidValue(
            place, "'%s' is no address, network, host name or place".formatted(peers.get(i)));
      }
    }
  }

  private static boolean isOfPods(String peer, String place) {
    try {
      return PodPeers.of(peer).isPresent();
    } catch (InvalidValue wrong) {
      throw new InvalidValue(place, String.valueOf(wrong.getMessage()));
    }
  }

  /** The same with other peers. */
  public Traffic with(List<String> others) {
    return new Traffic(
        port, peerPort, protocol, others, device, user, cgroup, direction, percent, percentOf);
  }

  /** Connections of the node of a pod to a port of the pod. */
  public static Traffic withNode(int port) {
    return new Traffic(
        Optional.of(new PortName(Integer.toString(port))),
        Optional.empty(),
        Optional.of(Protocol.TCP),
        List.of(OWN_NODE),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The peers that are neither addresses nor networks. */
  public List<String> hostNames() {
    return peers.stream().filter(peer -> !NUMERIC.matcher(peer).matches()).toList();
  }

  /** The peers that are pods of a cluster. */
  public List<PodPeers> podPeers() {
    return peers.stream().map(PodPeers::of).flatMap(Optional::stream).toList();
  }

  /** The share, from 0 to 1. */
  public double share() {
    return percent.map(Quantity::value).orElse(1.0);
  }

  /** Whether each packet has its own chance. */
  public boolean ofPackets() {
    return percentOf.equals(Optional.of(ShareOf.PACKETS));
  }

  /** Whether it says by whom or how something is sent, so that it is not all the traffic. */
  public boolean narrow() {
    return port.isPresent()
        || packetKeys().stream()
            .anyMatch(
                key ->
                    !List.of("protocol", "percentOf").contains(key)
                        && !(key.equals("peers") && isWithAll()));
  }

  private boolean isWithAll() {
    // Two halves are all, too.
    return peers.stream().anyMatch(peer -> peer.endsWith("/0") || peer.endsWith("/1"));
  }

  /** The keys that are given here and that only packets have. */
  public List<String> packetKeys() {
    List<String> keys = new ArrayList<>();
    peerPort.ifPresent(_ -> keys.add("peerPort"));
    protocol.ifPresent(_ -> keys.add("protocol"));
    if (!peers.isEmpty()) {
      keys.add("peers");
    }
    device.ifPresent(_ -> keys.add("interface"));
    user.ifPresent(_ -> keys.add("user"));
    cgroup.ifPresent(_ -> keys.add("cgroup"));
    percentOf.ifPresent(_ -> keys.add("percentOf"));
    return List.copyOf(keys);
  }

  /** Which packets are meant, in words to be put behind what is done; nothing for all. */
  public String packetWords() {
    List<String> words = new ArrayList<>();
    protocol
        .filter(what -> what != Protocol.ANY)
        .ifPresent(what -> words.add(what.name().toLowerCase(Locale.ROOT)));
    port.ifPresent(own -> words.add("port " + own.text()));
    if (!peers.isEmpty() || peerPort.isPresent()) {
      words.add(
          "with %s%s"
              .formatted(
                  peers.isEmpty()
                      ? "anybody"
                      : String.join(", ", peers).replace(OWN_NODE, "its own node"),
                  peerPort.map(other -> " port " + other.text()).orElse("")));
    }
    device.ifPresent(name -> words.add("by " + name));
    user.ifPresent(id -> words.add("of user " + id));
    cgroup.ifPresent(path -> words.add("of " + path));
    return words.isEmpty() ? "" : ", " + String.join(" ", words);
  }
}
