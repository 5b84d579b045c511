package dev.faultline.node.packet.engine;

import dev.faultline.node.delay.Dice;
import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.course.Course;
import dev.faultline.node.packet.course.Fate;
import dev.faultline.node.packet.course.Held;
import dev.faultline.node.packet.kernel.KernelException;
import dev.faultline.node.packet.kernel.PacketQueue;
import dev.faultline.node.packet.kernel.PacketSender;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The packets of a direction of a fault: taken from its queue, kept for their time, and let go.
 *
 * <p>Most are held by the kernel, and only their numbers are here. A packet on its way out would
 * then count as not yet sent: TCP sends no more than two of them (its small queues), and other
 * senders fill their buffers. So it is <em>carried</em>: copied, dropped without a word, and sent
 * anew when it is due.
 */
final class Lane implements Outlet {

  /** How many packets are taken in at once. */
  static final int AT_ONCE = 256;

  private static final long MOST_BYTES = 256L << 20;
  private static final long MOST_PARCEL_BYTES = 24L << 20;
  private static final int SIX_HEADER = 40;

  private final PacketQueue queue;
  private final Direction direction;
  private final PacketSender sender;
  private final int mostHeld;
  private final Tally tally;
  private final Held held = new Held();
  private final Held parcels = new Held();
  private final Map<Integer, Parcel> contents = new HashMap<>();
  private final Supplier<byte[]> whatItHolds;
  private final Devices devices = new Devices();
  private Optional<Course> course = Optional.empty();
  private Dice bits = new Dice(0);
  private int parcelNumber;

  Lane(PacketQueue queue, Direction direction, PacketSender sender, int mostHeld, Tally tally) {
    this.queue = queue;
    this.whatItHolds = queue::contents;
    this.direction = direction;
    this.sender = sender;
    this.mostHeld = mostHeld;
    this.tally = tally;
  }

  @Override
  public PacketQueue queue() {
    return queue;
  }

  /** From now on packets take this course; those that are held keep theirs. */
  void take(PacketFault fault, long now) {
    course = Optional.of(Course.of(fault, direction, now));
    bits = new Dice(Dice.seed(fault.seed(), Long.MAX_VALUE));
  }

  /** When the next packet is due; {@link Held#NEVER} when none is held. */
  long due() {
    return Math.min(held.next(), parcels.next());
  }

  int held() {
    return held.size() + parcels.size();
  }

  /**
   * Takes packets in, but not so many that others have to wait long.
   *
   * @return how many; there may be more when it is {@link #AT_ONCE}
   */
  int read() throws KernelException {
    int count = 0;
    while (count < AT_ONCE && queue.next()) {
      meet(System.nanoTime());
      count++;
    }
    return count;
  }

  private void meet(long now) throws KernelException {
    if (course.isEmpty()) {
      queue.pass(queue.id());
      return;
    }
    if (held() >= mostHeld || held.bytes() + parcels.bytes() >= MOST_BYTES) {
      tally.spared();
      queue.pass(queue.id());
      return;
    }
    Fate fate = course.get().meet(now, queue.length(), whatItHolds);
    if (fate.named()) {
      tally.named();
    }
    if (fate.lost()) {
      tally.lost();
      queue.drop(queue.id());
      return;
    }
    boolean carried = fate.leaves() > now && carries();
    if (carried || fate.corrupt() || fate.twice() || fate.other().isPresent()) {
      keep(fate, carried, now);
    } else if (fate.leaves() > now) {
      held.add(queue.id(), now, fate.leaves(), queue.length());
    } else {
      tally.passed(0);
      queue.pass(queue.id());
    }
    tally.held(held());
  }

  private boolean carries() {
    return direction == Direction.OUT
        && parcels.bytes() < MOST_PARCEL_BYTES
        && queue.length() <= devices.longest(queue.device());
  }

  private void keep(Fate fate, boolean carried, long now) throws KernelException {
    byte[] bytes = fate.other().orElseGet(whatItHolds);
    if (fate.corrupt()) {
      flip(bytes);
      tally.corrupted();
    }
    if (carried) {
      queue.drop(queue.id());
    }
    boolean changed = fate.corrupt() || fate.other().isPresent();
    contents.put(
        parcelNumber,
        new Parcel(queue.id(), queue.device(), bytes, carried, changed, fate.twice()));
    parcels.add(parcelNumber++, now, fate.leaves(), bytes.length);
  }

  /** Behind the header of IP, as a packet to nowhere would be a lost one. */
  private void flip(byte[] packet) {
    int header = packet[0] >> 4 == 4 ? (packet[0] & 15) * Integer.BYTES : SIX_HEADER;
    if (header < packet.length) {
      long place = bits.next32() % ((packet.length - header) * (long) Byte.SIZE);
      packet[header + (int) (place / Byte.SIZE)] ^= (byte) (1 << place % Byte.SIZE);
    }
  }

  /** Lets those go that are due. */
  void release(long now) throws KernelException {
    release(now, now);
  }

  /** Lets all go, held ones and those to come. */
  void open(long now) throws KernelException {
    course = Optional.empty();
    release(Held.NEVER - 1, now);
  }

  private void release(long until, long now) throws KernelException {
    while (due() <= until) {
      if (held.next() <= parcels.next()) {
        tally.passed(now - held.arrival());
        queue.pass(held.remove());
      } else {
        tally.passed(now - parcels.arrival());
        Optional<Parcel> parcel = Optional.ofNullable(contents.remove(parcels.remove()));
        if (parcel.isPresent()) {
          deliver(parcel.get());
        }
      }
    }
    queue.flush();
  }

  @Override
  public void close() {
    queue.close();
    sender.close();
  }

  private void deliver(Parcel parcel) throws KernelException {
    if (parcel.carried()) {
      boolean _ = sender.send(parcel.contents(), parcel.device());
    } else if (parcel.changed()) {
      queue.pass(parcel.packet(), parcel.contents());
    } else {
      queue.pass(parcel.packet());
    }
    if (parcel.twice()) {
      queue.flush();
      if (sender.send(parcel.contents(), parcel.device())) {
        tally.duplicated();
      }
    }
  }
}
