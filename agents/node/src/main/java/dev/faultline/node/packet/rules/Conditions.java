package dev.faultline.node.packet.rules;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.Network;
import dev.faultline.node.packet.Owner;
import dev.faultline.node.packet.Ports;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.rules.Expression.Between;
import dev.faultline.node.packet.rules.Expression.Group;
import dev.faultline.node.packet.rules.Expression.Is;
import dev.faultline.node.packet.rules.Expression.Mask;
import dev.faultline.node.packet.rules.Expression.Meta;
import dev.faultline.node.packet.rules.Expression.Payload;
import dev.faultline.node.packet.rules.Expression.Payload.Base;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Conditions of a selection for one direction. Each is a list of alternatives, any of which will
 * do; an alternative is steps, all of which must go on.
 */
final class Conditions {

  static final int TCP = 6;
  static final int UDP = 17;
  static final int ICMP = 1;
  static final int ICMPV6 = 58;
  private static final int FOUR = 2;
  private static final int SIX = 10;
  private static final int DEVICE_BYTES = 16;

  private final Direction direction;

  Conditions(Direction direction) {
    this.direction = direction;
  }

  List<List<Expression>> protocol(Protocol protocol, boolean ports) {
    return switch (protocol) {
      case ANY -> ports ? List.of(carries(TCP), carries(UDP)) : List.of();
      case TCP -> List.of(carries(TCP));
      case UDP -> List.of(carries(UDP));
      case ICMP -> List.of(carries(ICMP), carries(ICMPV6));
    };
  }

  /** Only behind a condition that admits TCP and UDP alone. */
  List<List<Expression>> localPorts(List<Ports> ports) {
    return ports.stream().map(range -> port(range, localPort())).toList();
  }

  /** Only behind a condition that admits TCP and UDP alone. */
  List<List<Expression>> remotePorts(List<Ports> ports) {
    return ports.stream().map(range -> port(range, 2 - localPort())).toList();
  }

  List<List<Expression>> peers(List<Network> networks) {
    return networks.stream().map(this::peer).toList();
  }

  List<List<Expression>> device(String name) {
    byte[] padded = new byte[DEVICE_BYTES];
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, padded, 0, bytes.length);
    Meta.Key key = isIn() ? Meta.Key.IIFNAME : Meta.Key.OIFNAME;
    return List.of(List.of(new Meta(key, 0), is(0, Bytes.of(padded))));
  }

  /**
   * @param groupId the number of the group, when it is one
   */
  List<List<Expression>> owner(Owner owner, long groupId) {
    return switch (owner) {
      case Owner.User(long id) ->
          List.of(List.of(new Meta(Meta.Key.SKUID, 0), is(0, Bytes.ofNative((int) id))));
      case Owner.Group(var path) ->
          List.of(List.of(new Group(path.getNameCount(), 0), is(0, Bytes.ofNative(groupId))));
    };
  }

  /**
   * A connection of TCP.
   *
   * @return each alternative whole, for rules that need no further ones
   */
  List<List<Expression>> connection(Ends ends) {
    List<List<Expression>> all = List.of(carries(TCP));
    for (List<List<Expression>> condition :
        List.of(localPorts(ends.local()), remotePorts(ends.remote()), peers(ends.peers()))) {
      if (!condition.isEmpty()) {
        all = all.stream().flatMap(one -> condition.stream().map(two -> join(one, two))).toList();
      }
    }
    return all;
  }

  static List<Expression> carries(int protocol) {
    return List.of(new Meta(Meta.Key.L4PROTO, 0), is(0, Bytes.of((byte) protocol)));
  }

  static List<Expression> family(boolean four) {
    return List.of(new Meta(Meta.Key.NFPROTO, 0), is(0, Bytes.of((byte) (four ? FOUR : SIX))));
  }

  static Is is(int register, Bytes value) {
    return new Is(register, Is.Relation.EQUAL, value);
  }

  static List<Expression> join(List<Expression> one, List<Expression> two) {
    return Stream.concat(one.stream(), two.stream()).toList();
  }

  /** Loads an address, the local or the other one. */
  Payload address(boolean four, boolean local, int register) {
    int length = four ? 4 : 16;
    int source = four ? 12 : 8;
    boolean destination = local == isIn();
    return new Payload(Base.NETWORK, destination ? source + length : source, length, register);
  }

  /** Loads a port, the local or the other one. */
  Payload port(boolean local, int register) {
    return new Payload(Base.TRANSPORT, local ? localPort() : 2 - localPort(), 2, register);
  }

  private boolean isIn() {
    return direction == Direction.IN;
  }

  private int localPort() {
    return isIn() ? 2 : 0;
  }

  private static List<Expression> port(Ports range, int offset) {
    Payload load = new Payload(Base.TRANSPORT, offset, 2, 0);
    return range.first() == range.last()
        ? List.of(load, is(0, Bytes.ofPort(range.first())))
        : List.of(load, new Between(0, Bytes.ofPort(range.first()), Bytes.ofPort(range.last())));
  }

  private List<Expression> peer(Network network) {
    Bytes address = Bytes.of(network.address().getAddress());
    Bytes mask = Bytes.mask(network.prefix(), address.length());
    List<Expression> steps = new ArrayList<>(family(network.four()));
    steps.add(address(network.four(), false, 0));
    steps.add(new Mask(0, mask));
    steps.add(is(0, address.and(mask)));
    return steps;
  }
}
