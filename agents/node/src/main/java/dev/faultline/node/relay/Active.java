package dev.faultline.node.relay;

import dev.faultline.node.delay.Dice;
import dev.faultline.node.relay.StreamFault.Bandwidth;
import dev.faultline.node.relay.StreamFault.Blackhole;
import dev.faultline.node.relay.StreamFault.HalfClose;
import dev.faultline.node.relay.StreamFault.Latency;
import dev.faultline.node.relay.StreamFault.Limit;
import dev.faultline.node.relay.StreamFault.Refuse;
import dev.faultline.node.relay.StreamFault.Reset;
import dev.faultline.node.relay.StreamFault.Slice;

/**
 * A fault in force.
 *
 * @param since when it began
 * @param tally counts what it does
 */
record Active(String name, RelayFault fault, long since, Tally tally)
    implements Comparable<Active> {

  /** Whether it hits a connection. */
  boolean hits(long connection) {
    return Dice.share(fault.seed(), connection) < fault.share();
  }

  /** In the order in which bytes meet them; those of a kind by their names. */
  @Override
  public int compareTo(Active other) {
    int byKind = Integer.compare(place(), other.place());
    return byKind != 0 ? byKind : name.compareTo(other.name());
  }

  int place() {
    return switch (fault.fault()) {
      case Refuse _ -> 0;
      case Reset _ -> 1;
      case Limit _ -> 2;
      case HalfClose _ -> 3;
      case Slice _ -> 4;
      case Bandwidth _ -> 5;
      case Latency _ -> 6;
      case Blackhole _ -> 7;
    };
  }

  /** Only the same one is equal: a fault that comes again begins anew. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
