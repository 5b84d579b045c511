package dev.faultline.node.packet.course;

import java.util.Arrays;

/**
 * Packets that wait for their time: a binary heap in plain arrays, as a packet must not cost an
 * object. Those of the same time leave in the order in which they came. Not thread-safe.
 */
public final class Held {

  /** When none waits. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final int FIRST_ROOM = 1024;

  private long[] due = new long[FIRST_ROOM];
  private long[] number = new long[FIRST_ROOM];
  private long[] came = new long[FIRST_ROOM];
  private int[] id = new int[FIRST_ROOM];
  private int[] length = new int[FIRST_ROOM];
  private int size;
  private long numbers;
  private long bytes;

  /**
   * Takes one.
   *
   * @param packet by which it is known
   * @param arrival when it came
   * @param leaves when it is due
   */
  public void add(int packet, long arrival, long leaves, int bytesLong) {
    if (size == due.length) {
      grow();
    }
    int at = size++;
    long its = numbers++;
    while (at > 0 && isBefore(leaves, its, (at - 1) >>> 1)) {
      move((at - 1) >>> 1, at);
      at = (at - 1) >>> 1;
    }
    put(at, leaves, its);
    came[at] = arrival;
    id[at] = packet;
    length[at] = bytesLong;
    bytes += bytesLong;
  }

  /** How many wait. */
  public int size() {
    return size;
  }

  /** How many bytes they have. */
  public long bytes() {
    return bytes;
  }

  /** When the next one is due; {@link #NEVER} when none waits. */
  public long next() {
    return size == 0 ? NEVER : due[0];
  }

  /** When the next one came. */
  public long arrival() {
    return came[0];
  }

  /** Gives the next one away; there must be one. */
  public int remove() {
    int packet = id[0];
    bytes -= length[0];
    int last = --size;
    int at = 0;
    for (int child = 1; child < last; child = 2 * at + 1) {
      if (child + 1 < last && isBefore(due[child + 1], number[child + 1], child)) {
        child++;
      }
      if (isBefore(due[last], number[last], child)) {
        break;
      }
      move(child, at);
      at = child;
    }
    move(last, at);
    return packet;
  }

  private boolean isBefore(long time, long its, int other) {
    return time < due[other] || (time == due[other] && its < number[other]);
  }

  private void put(int at, long time, long its) {
    due[at] = time;
    number[at] = its;
  }

  private void move(int from, int to) {
    due[to] = due[from];
    number[to] = number[from];
    came[to] = came[from];
    id[to] = id[from];
    length[to] = length[from];
  }

  private void grow() {
    int room = 2 * due.length;
    due = Arrays.copyOf(due, room);
    number = Arrays.copyOf(number, room);
    came = Arrays.copyOf(came, room);
    id = Arrays.copyOf(id, room);
    length = Arrays.copyOf(length, room);
  }
}
