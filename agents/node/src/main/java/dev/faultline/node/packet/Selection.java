package dev.faultline.node.packet;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Which packets a fault hits: those that meet every condition.
 *
 * @param directions at least one
 * @param protocol what they carry
 * @param ends between whom they go; with ports only TCP and UDP are hit
 * @param device the interface by which they come or go, such as {@code eth0}; any when empty
 * @param owner the process whose packets they are; any when empty
 */
public record Selection(
    Set<Direction> directions,
    Protocol protocol,
    Ends ends,
    Optional<String> device,
    Optional<Owner> owner) {

  private static final int LONGEST_DEVICE = 15;

  /**
   * @throws IllegalArgumentException when the conditions exclude each other, or the interface has a
   *     name that the kernel would not take
   */
  public Selection {
    directions = Set.copyOf(directions);
    require(!directions.isEmpty(), "a fault needs a direction");
    require(
        protocol != Protocol.ICMP || !ends.hasPorts(), "packets of ICMP have no ports: " + ends);
    device.ifPresent(
        name ->
            require(
                name.matches("[^/\\s]+")
                    && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_DEVICE,
                "not the name of an interface: '" + name + "'"));
    require(
        !(directions.contains(Direction.IN)
            && owner.filter(Owner.User.class::isInstance).isPresent()),
        "the kernel knows the user only of packets that go out: direction must be out");
  }

  /** Every packet of these, whatever it carries. */
  public static Selection of(Protocol protocol, Ends ends, Direction... directions) {
    return new Selection(Set.of(directions), protocol, ends, Optional.empty(), Optional.empty());
  }

  private static void require(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException(message);
    }
  }
}
