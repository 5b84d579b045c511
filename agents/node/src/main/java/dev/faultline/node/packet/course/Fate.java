package dev.faultline.node.packet.course;

/** What becomes of a packet: stages write to it in turn. Used again for the next packet. */
public final class Fate {

  private long leaves;
  private boolean lost;
  private boolean twice;
  private boolean corrupt;

  void begin(long arrival) {
    leaves = arrival;
    lost = false;
    twice = false;
    corrupt = false;
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
