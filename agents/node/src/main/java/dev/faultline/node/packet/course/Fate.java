package dev.faultline.node.packet.course;

import java.util.Optional;
import java.util.function.Supplier;

/** What becomes of a packet: stages write to it in turn. Used again for the next packet. */
public final class Fate {

  private static final byte[] NOTHING = {};

  private long leaves;
  private boolean lost;
  private boolean twice;
  private boolean corrupt;
  private boolean named;
  private Supplier<byte[]> contents = () -> NOTHING;
  private Optional<byte[]> other = Optional.empty();

  void begin(long arrival, Supplier<byte[]> whatItHolds) {
    leaves = arrival;
    lost = false;
    twice = false;
    corrupt = false;
    named = false;
    contents = whatItHolds;
    other = Optional.empty();
  }

  /** When it goes on, in nanoseconds of the clock of its arrival. */
  public long leaves() {
    return leaves;
  }

  /** Whether it never goes on. */
  public boolean lost() {
    return lost;
  }

  /** Whether it goes on twice. */
  public boolean twice() {
    return twice;
  }

  /** Whether it goes on with a wrong bit. */
  public boolean corrupt() {
    return corrupt;
  }

  /** Whether it is an answer of DNS that the fault means. */
  public boolean named() {
    return named;
  }

  /** What it holds as it goes on, where that is not what it came with. */
  public Optional<byte[]> other() {
    return other;
  }

  /** What it holds as it comes, from the header of IP on. */
  byte[] contents() {
    return contents.get();
  }

  void name() {
    named = true;
  }

  void replace(byte[] packet) {
    other = Optional.of(packet);
  }

  void leave(long time) {
    leaves = time;
  }

  void lose() {
    lost = true;
  }

  void copy() {
    twice = true;
  }

  void spoil() {
    corrupt = true;
  }
}
