package dev.faultline.node.packet.rules;

/**
 * A step of a rule, as nf_tables has them: it loads something into a register, or goes on with the
 * next step only if something is so, or acts. Registers are the sixteen of 4 bytes, from 0.
 */
public sealed interface Expression {

  /** Loads what is known about the packet. */
  record Meta(Key key, int register) implements Expression {
    /** What that is. */
    public enum Key {
      /** Its mark. */
      MARK,
      /** The name of the interface by which it came, 16 bytes. */
      IIFNAME,
      /** The name of the interface by which it goes, 16 bytes. */
      OIFNAME,
      /** The user of its socket. */
      SKUID,
      /** 2 for IPv4, 10 for IPv6; one byte. */
      NFPROTO,
      /** The protocol that it carries; one byte. */
      L4PROTO
    }
  }

  /** Loads bytes of the packet. */
  record Payload(Base base, int offset, int length, int register) implements Expression {
    /** Where the offset counts from. */
    public enum Base {
      /** The header of IP. */
      NETWORK,
      /** The header of TCP, UDP or ICMP. */
      TRANSPORT
    }
  }

  /**
   * Loads the number of the control group of its socket, or of one so many levels below the top.
   */
  record Group(int level, int register) implements Expression {}

  /** Clears bits of a register. */
  record Mask(int register, Bytes ones) implements Expression {}

  /** Hashes registers (jhash) to a number from 0 to below a modulus. */
  record Hash(int from, int bytes, int modulus, int seed, int register) implements Expression {}

  /** Turns a number of 4 bytes from the order of the machine to that in which bytes compare. */
  record NetworkOrder(int register) implements Expression {}

  /** Goes on if a register is as said. */
  record Is(int register, Relation relation, Bytes value) implements Expression {
    /** How it is. */
    public enum Relation {
      /** Equal. */
      EQUAL,
      /** Different. */
      OTHER
    }
  }

  /** Goes on if a register is from one value to another, as bytes in a packet compare. */
  record Between(int register, Bytes first, Bytes last) implements Expression {}

  /** Goes on if a register is an element of a set. */
  record In(int register, String set) implements Expression {}

  /** Counts the packet. */
  record Count(String counter) implements Expression {}

  /** Continues with the rules of another chain, and then ends this one. */
  record Go(String chain) implements Expression {}

  /** Ends with this packet: it passes. */
  record Pass() implements Expression {}

  /** Takes the packet away. Who sends it is told so. */
  record Drop() implements Expression {}

  /** Takes the packet away and answers: by a reset of TCP, or that its port is unreachable. */
  record Reject(boolean reset) implements Expression {}

  /** Gives the packet to whoever has this queue; passes it when nobody has. */
  record Queue(int number) implements Expression {}
}
