package dev.faultline.node.packet;

/** What a packet carries. */
public enum Protocol {
  /** Anything over IPv4 or IPv6. */
  ANY,
  /** TCP. */
  TCP,
  /** UDP. */
  UDP,
  /** ICMP and ICMPv6, but never the neighbour discovery of IPv6. */
  ICMP
}
