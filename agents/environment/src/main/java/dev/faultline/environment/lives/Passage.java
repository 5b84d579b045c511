package dev.faultline.environment.lives;

import dev.faultline.node.relay.Relay;
import dev.faultline.node.relay.RelayFault;
import dev.faultline.node.relay.StreamFault.Blackhole;
import dev.faultline.node.relay.StreamFault.Latency;
import dev.faultline.node.relay.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A way to a server of this machine that can be cut and made longer. Thread-safe.
 *
 * @param relay passes everything on
 */
public record Passage(Relay relay) implements AutoCloseable {

  private static final String CUT = "cut";
  private static final String LONGER = "longer";

  /**
   * Begins to listen, on the loopback address only.
   *
   * @param port where clients connect; 0 for any
   * @param target the server's port
   * @throws IOException when the port cannot be had
   */
  public static Passage open(int port, int target) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    return new Passage(
        Relay.start(new InetSocketAddress(here, port), new InetSocketAddress(here, target)));
  }

  /** Where clients connect. */
  public int port() {
    return relay.port();
  }

  /** From now on nothing passes; what is held passes when it is joined again. */
  public void cut() {
    relay.put(CUT, RelayFault.of(new Blackhole()));
  }

  /** Lets everything pass again. Does nothing when it is not cut. */
  public void join() {
    relay.remove(CUT);
  }

  /** Whether nothing passes. */
  public boolean isCut() {
    return relay.faults().contains(CUT);
  }

  /** What is sent that way from now on takes so long. */
  public void delay(Way way, Duration delay) {
    relay.put(LONGER, RelayFault.of(new Latency(delay), way));
  }

  @Override
  public void close() {
    relay.close();
  }
}
