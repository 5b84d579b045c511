package dev.faultline.environment.link;

import dev.faultline.model.world.Action.DisturbLink;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.LinkReading;
import dev.faultline.node.delay.Distribution;
import dev.faultline.node.relay.Relay;
import dev.faultline.node.relay.RelayFault;
import dev.faultline.node.relay.RelayReport;
import dev.faultline.node.relay.RelayTraffic;
import dev.faultline.node.relay.StreamFault;
import dev.faultline.node.relay.Way;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A relay of bytes. */
public final class StreamTap implements Tap {

  // A relay may carry faults of others, by names of theirs.
  private static final String OURS = "fault ";

  private final Relay relay;
  private final Map<String, RelayTraffic> before = new ConcurrentHashMap<>();

  /** Takes a relay that listens already, and closes it in the end. */
  public StreamTap(Relay relay) {
    this.relay = relay;
  }

  @Override
  public boolean takes(Disturbance what) {
    return !(what instanceof Disturbance.Http || what instanceof Disturbance.OfPackets);
  }

  @Override
  public void put(DisturbLink order) {
    before.put(order.name(), relay.traffic());
    relay.put(
        OURS + order.name(),
        new RelayFault(fault(order.what()), ways(order.direction()), order.share(), order.seed()));
  }

  @Override
  public void remove(String name) {
    relay.remove(OURS + name);
  }

  @Override
  public LinkReading reading(String name) {
    RelayTraffic then = before.get(name);
    if (then == null) {
      return LinkReading.NOTHING;
    }
    RelayTraffic now = relay.traffic();
    RelayReport report = relay.report(OURS + name);
    return new LinkReading(
        relay.faults().contains(OURS + name),
        then.open() + now.accepted() - then.accepted(),
        now.toTarget() + now.fromTarget() - then.toTarget() - then.fromTarget(),
        report.connections(),
        report.pieces(),
        report.bytes(),
        report.least(),
        report.median(),
        report.most());
  }

  @Override
  public void close() {
    relay.close();
  }

  /** Ways are named by the server, as directions are by the target, which is the server. */
  private static Set<Way> ways(Direction direction) {
    return switch (direction) {
      case IN -> EnumSet.of(Way.TO_TARGET);
      case OUT -> EnumSet.of(Way.FROM_TARGET);
      case BOTH -> EnumSet.allOf(Way.class);
    };
  }

  private static StreamFault fault(Disturbance what) {
    return switch (what) {
      case Disturbance.Latency late ->
          new StreamFault.Latency(
              late.delay(), late.jitter(), distribution(late.spread()), late.correlation());
      case Disturbance.Bandwidth narrow -> new StreamFault.Bandwidth(narrow.bytesPerSecond());
      case Disturbance.Reset reset -> new StreamFault.Reset(reset.after());
      case Disturbance.Refuse _ -> new StreamFault.Refuse();
      case Disturbance.Blackhole _ -> new StreamFault.Blackhole();
      case Disturbance.HalfClose _ -> new StreamFault.HalfClose();
      case Disturbance.Slice slice -> new StreamFault.Slice(slice.size(), slice.pause());
      case Disturbance.ByteLimit limit -> new StreamFault.Limit(limit.bytes());
      case Disturbance.Http _ ->
          throw new IllegalArgumentException("a relay of bytes knows no exchanges");
      case Disturbance.OfPackets _ ->
          throw new IllegalArgumentException("a relay of bytes knows no packets");
    };
  }

  private static Distribution distribution(Disturbance.Spread spread) {
    return switch (spread) {
      case UNIFORM -> Distribution.UNIFORM;
      case NORMAL -> Distribution.NORMAL;
      case PARETO -> Distribution.PARETO;
    };
  }
}
