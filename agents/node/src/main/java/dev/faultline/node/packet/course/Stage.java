package dev.faultline.node.packet.course;

/** What an effect makes of packets, one after the other. */
interface Stage {

  /**
   * Meets the next packet.
   *
   * @param fate which says when it comes, and is changed
   * @param length in bytes, from the header of IP on
   */
  void meet(Fate fate, int length);
}
