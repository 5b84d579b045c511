package dev.faultline.node.packet;

import java.util.List;

/**
 * Between whom a packet goes. An empty list means any.
 *
 * @param local ports of the place
 * @param remote ports of the other side
 * @param peers addresses of the other side
 */
public record Ends(List<Ports> local, List<Ports> remote, List<Network> peers) {

  /** Between anybody. */
  public static final Ends ANY = new Ends(List.of(), List.of(), List.of());

  private static final int MOST = 256;

  /**
   * @throws IllegalArgumentException when a list has more than 256 entries
   */
  public Ends {
    local = List.copyOf(local);
    remote = List.copyOf(remote);
    peers = List.copyOf(peers);
    if (Math.max(local.size(), Math.max(remote.size(), peers.size())) > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " ports or peers: " + this);
    }
  }

  /** Whoever uses this port of the place. */
  public static Ends local(int port) {
    return new Ends(List.of(Ports.of(port)), List.of(), List.of());
  }

  /** Whoever uses this port of the other side. */
  public static Ends remote(int port) {
    return new Ends(List.of(), List.of(Ports.of(port)), List.of());
  }

  /** Whether it names ports, which only TCP and UDP have. */
  public boolean hasPorts() {
    return !local.isEmpty() || !remote.isEmpty();
  }
}
