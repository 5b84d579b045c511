package dev.faultline.node.packet.engine;

import java.io.IOException;

/** Packets cannot be disturbed here, or not so. Nothing of what was asked for is in force. */
public final class PacketRefused extends IOException {

  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public PacketRefused(String why) {
    super(why);
  }

  /** With the reason, and what it came from. */
  public PacketRefused(String why, Throwable cause) {
    super(why, cause);
  }
}
