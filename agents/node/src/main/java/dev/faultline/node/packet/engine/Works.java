package dev.faultline.node.packet.engine;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Owner;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.kernel.Kernel;
import dev.faultline.node.packet.kernel.KernelException;
import dev.faultline.node.packet.kernel.PacketQueue;
import dev.faultline.node.packet.kernel.PacketQueue.Needs;
import dev.faultline.node.packet.kernel.PacketSender;
import dev.faultline.node.packet.kernel.Poll;
import dev.faultline.node.packet.kernel.Table;
import dev.faultline.node.packet.kernel.Table.Counted;
import dev.faultline.node.packet.rules.FaultRules;
import dev.faultline.node.packet.rules.Position;
import dev.faultline.node.packet.rules.RuleSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** All that an engine has in the kernel. Belongs to the engine's thread. */
final class Works implements AutoCloseable {

  /** Packets that met the rules just before those went may still be on their way to the queue. */
  private static final long DRAIN_NANOS = 20_000_000;

  private static final long GATHER_NANOS = 50_000;
  private static final int MANY = 8;
  private static final int FIRST_QUEUE = 1024;
  private static final int SOME_QUEUES = 0x7FFF;

  /** A queue whose rules are gone. */
  private record Retired(Lane lane, long until) {}

  private final PacketSettings settings;
  private final Kernel kernel;
  private final Poll poll;
  private final Table table;
  private final Map<String, Active> faults = new TreeMap<>();
  private final List<Retired> retired = new ArrayList<>();
  private List<Lane> lanes = List.of();
  private List<PacketQueue> queues = List.of();
  private int taken;

  private Works(PacketSettings settings, Kernel kernel, Poll poll, Table table) {
    this.settings = settings;
    this.kernel = kernel;
    this.poll = poll;
    this.table = table;
  }

  /** Enters the place and opens what every fault needs. */
  static Works open(PacketSettings settings, String table) throws KernelException {
    Kernel kernel = new Kernel();
    Optional<java.nio.file.Path> namespace = settings.place().namespace();
    if (namespace.isPresent()) {
      kernel.enter(namespace.get());
    }
    kernel.wakeExactly();
    kernel.goFirst();
    return new Works(settings, kernel, kernel.poll(), kernel.table(table, settings.lease()));
  }

  Poll poll() {
    return poll;
  }

  String table() {
    return table.name();
  }

  void renew() throws KernelException {
    table.renew(settings.lease());
  }

  void put(String name, PacketFault fault) throws PacketRefused, KernelException {
    Optional<Active> before = Optional.ofNullable(faults.get(name));
    if (before.filter(known -> known.fault().equals(fault)).isPresent()) {
      return;
    }
    long group = groupId(fault);
    Map<Direction, Needs> needs = Active.needs(fault);
    boolean kept = before.filter(known -> Active.needs(known.fault()).equals(needs)).isPresent();
    Active opened = kept ? before.orElseThrow() : open(before, fault, needs);
    RuleSet rules =
        new FaultRules(fault, position(opened.slot()), numbers(opened), group, settings.spared())
            .ruleSet();
    try {
      table.put(before.map(Active::rules), rules);
    } catch (KernelException refused) {
      if (!kept) {
        opened.close();
      }
      throw refused;
    }
    opened.lanes().forEach(lane -> lane.take(fault, System.nanoTime()));
    faults.put(name, opened.with(fault, rules));
    if (!kept && before.isPresent()) {
      retire(before.get());
    }
    list();
  }

  private Position position(int slot) {
    return new Position(Math.floorMod(table.name().hashCode(), Position.BANDS), slot);
  }

  /** Opens the queues that a fault needs, in the place of the one before. */
  private Active open(Optional<Active> before, PacketFault fault, Map<Direction, Needs> needs)
      throws PacketRefused, KernelException {
    int slot = before.map(Active::slot).orElseGet(this::freeSlot);
    if (slot == Position.SLOTS) {
      throw new PacketRefused("there are " + Position.SLOTS + " faults already");
    }
    Tally tally = before.map(Active::tally).orElseGet(Tally::new);
    Map<Direction, Outlet> outlets = new EnumMap<>(Direction.class);
    Active opened = new Active(slot, fault, new RuleSet(List.of(), List.of()), outlets, tally);
    try {
      for (Map.Entry<Direction, Needs> need : needs.entrySet()) {
        outlets.put(need.getKey(), outlet(position(slot), need.getKey(), need.getValue(), tally));
      }
      opened.lanes().forEach(lane -> lane.take(fault, System.nanoTime()));
      return opened;
    } catch (KernelException refused) {
      opened.close();
      throw refused;
    }
  }

  private Outlet outlet(Position position, Direction direction, Needs needs, Tally tally)
      throws KernelException {
    int firstTry = FIRST_QUEUE + (table.name().hashCode() & SOME_QUEUES);
    PacketQueue queue = kernel.queue(firstTry, needs);
    if (needs == Needs.LOSS) {
      return new Outlet.Sink(queue);
    }
    try {
      PacketSender sender = kernel.sender(position.mark(direction));
      return new Lane(queue, direction, sender, settings.mostHeld(), tally);
    } catch (KernelException refused) {
      queue.close();
      throw refused;
    }
  }

  private static Map<Direction, Integer> numbers(Active fault) {
    Map<Direction, Integer> numbers = new EnumMap<>(Direction.class);
    fault.outlets().forEach((direction, outlet) -> numbers.put(direction, outlet.queue().number()));
    return numbers;
  }

  private static long groupId(PacketFault fault) throws PacketRefused {
    return fault.selection().owner().orElse(null) instanceof Owner.Group(var path)
        ? ControlGroups.id(path)
        : 0;
  }

  private int freeSlot() {
    TreeSet<Integer> taken = new TreeSet<>(faults.values().stream().map(Active::slot).toList());
    return IntStream.range(0, Position.SLOTS)
        .filter(slot -> !taken.contains(slot))
        .findFirst()
        .orElse(Position.SLOTS);
  }

  /** Empty when there is no such fault. */
  Optional<PacketReading> remove(String name) throws KernelException {
    Optional<Active> fault = Optional.ofNullable(faults.get(name));
    if (fault.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Counted> counted = table.counters();
    table.remove(fault.get().rules());
    faults.remove(name);
    retire(fault.get());
    list();
    return Optional.of(reading(fault.get(), counted));
  }

  private void retire(Active fault) throws KernelException {
    for (Outlet outlet : fault.outlets().values()) {
      switch (outlet) {
        case Outlet.Sink(PacketQueue queue) -> queue.close();
        case Lane lane -> {
          long now = System.nanoTime();
          lane.open(now);
          int _ = lane.read();
          retired.add(new Retired(lane, now + DRAIN_NANOS));
        }
      }
    }
  }

  Map<String, PacketReading> readings() throws KernelException {
    Map<String, Counted> counted = table.counters();
    Map<String, PacketReading> readings = new TreeMap<>();
    faults.forEach((name, fault) -> readings.put(name, reading(fault, counted)));
    return readings;
  }

  private static PacketReading reading(Active fault, Map<String, Counted> counted) {
    long packets = 0;
    long bytes = 0;
    for (Direction direction : Direction.values()) {
      Counted one =
          counted.getOrDefault(FaultRules.counter(fault.slot(), direction), Counted.NOTHING);
      packets += one.packets();
      bytes += one.bytes();
    }
    return fault.tally().read(new Counted(packets, bytes), fault);
  }

  /** Waits for the next thing to do with packets, and does it. */
  void turn(long mostNanos) throws KernelException {
    long now = System.nanoTime();
    long next = now + mostNanos;
    for (Lane lane : lanes) {
      next = Math.min(next, lane.due());
    }
    await(next - now);
    taken = 0;
    for (Lane lane : lanes) {
      taken = Math.max(taken, lane.read());
    }
    now = System.nanoTime();
    for (Lane lane : lanes) {
      lane.release(now);
    }
    if (!retired.isEmpty()) {
      bury(now);
    }
  }

  /**
   * Where many packets come, to be woken by each costs more than all that is done with it: so they
   * may gather for a moment.
   */
  private void await(long nanos) throws KernelException {
    if (taken == Lane.AT_ONCE) {
      return;
    }
    if (taken >= MANY) {
      poll.await(List.of(), Math.min(nanos, GATHER_NANOS));
    } else {
      poll.await(queues, nanos);
    }
  }

  private void bury(long now) {
    for (Retired old : List.copyOf(retired)) {
      if (old.until() - now <= 0) {
        retired.remove(old);
        old.lane().close();
      }
    }
    list();
  }

  private void list() {
    List<Lane> all = new ArrayList<>();
    faults.values().forEach(fault -> all.addAll(fault.lanes()));
    retired.forEach(old -> all.add(old.lane()));
    lanes = List.copyOf(all);
    queues = all.stream().map(Lane::queue).toList();
  }

  /** Takes all faults away, and lets all packets go that are held or still come. */
  void undo() throws KernelException {
    for (Active fault : faults.values()) {
      table.remove(fault.rules());
      retire(fault);
    }
    faults.clear();
    list();
    while (!retired.isEmpty()) {
      turn(DRAIN_NANOS);
    }
    table.delete();
  }

  /** The kernel takes all away that is still there. */
  @Override
  public void close() {
    table.close();
    faults.values().forEach(Active::close);
    retired.forEach(old -> old.lane().close());
    poll.close();
  }
}
