package dev.faultline.node.pod;

import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.text.PacketOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What a controller wants of the agent of a pod: not the next order but all that shall be in force,
 * so that nothing is lost where only the newest of several texts is ever seen.
 *
 * <pre>
 * faultline-orders 1
 * revision 12
 * put slow direction=IN protocol=TCP ...       (any number of these, in the order of their names)
 * </pre>
 *
 * @param revision grows by each change and each renewal of the lease; at least 1
 * @param faults by their names
 */
public record PodOrders(long revision, SequencedMap<String, PacketFault> faults) {

  private static final String VERSION = "faultline-orders 1";
  private static final String REVISION = "revision ";
  private static final int FIXED_LINES = 2;

  /**
   * @throws IllegalArgumentException when the revision is below 1
   */
  public PodOrders {
    if (revision < 1) {
      throw new IllegalArgumentException("not a revision: " + revision);
    }
    faults = Collections.unmodifiableSequencedMap(new TreeMap<>(faults));
  }

  /** The first ones: nothing is in force. */
  public static PodOrders first() {
    return new PodOrders(1, new TreeMap<>());
  }

  /** The next ones, with the same faults: a renewal. */
  public PodOrders next() {
    return new PodOrders(revision + 1, faults);
  }

  /** The next ones, with this fault too, or instead of the one that has its name. */
  public PodOrders with(String name, PacketFault fault) {
    SequencedMap<String, PacketFault> more = new TreeMap<>(faults);
    more.put(name, fault);
    return new PodOrders(revision + 1, more);
  }

  /** The next ones, without the fault of this name. */
  public PodOrders without(String name) {
    SequencedMap<String, PacketFault> fewer = new TreeMap<>(faults);
    fewer.remove(name);
    return new PodOrders(revision + 1, fewer);
  }

  /**
   * What an agent that has followed the earlier ones must be told: the lease first, for it is what
   * cannot wait, and last a mark with the revision.
   */
  public List<PacketOrder> since(PodOrders before) {
    List<PacketOrder> orders = new ArrayList<>();
    orders.add(new PacketOrder.Renew());
    before.faults.keySet().stream()
        .filter(name -> !faults.containsKey(name))
        .forEach(name -> orders.add(new PacketOrder.Remove(name)));
    faults.forEach(
        (name, fault) -> {
          if (!fault.equals(before.faults.get(name))) {
            orders.add(new PacketOrder.Put(name, fault));
          }
        });
    orders.add(new PacketOrder.Read());
    orders.add(new PacketOrder.Mark(revision));
    return orders;
  }

  /** The text. */
  public String text() {
    StringBuilder text = new StringBuilder(VERSION + "\n" + REVISION + revision + "\n");
    faults.forEach(
        (name, fault) -> text.append(new PacketOrder.Put(name, fault).text()).append('\n'));
    return text.toString();
  }

  /**
   * Reads what {@link #text()} wrote, and nothing else.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static PodOrders parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() < FIXED_LINES
        || !lines.getFirst().equals(VERSION)
        || !lines.get(1).startsWith(REVISION)) {
      throw new IllegalArgumentException("not orders for the agent of a pod");
    }
    SequencedMap<String, PacketFault> faults = new TreeMap<>();
    for (String line : lines.subList(FIXED_LINES, lines.size())) {
      if (!(PacketOrder.parse(line) instanceof PacketOrder.Put(String name, PacketFault fault))) {
        throw new IllegalArgumentException("only faults may be put: '" + line + "'");
      }
      faults.put(name, fault);
    }
    PodOrders orders =
        new PodOrders(Long.parseLong(lines.get(1).substring(REVISION.length())), faults);
    if (!orders.text().equals(text)) {
      throw new IllegalArgumentException("orders are not written in their one and only spelling");
    }
    return orders;
  }
}
