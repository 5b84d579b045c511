package dev.faultline.node.packet;

import java.net.InetAddress;
import java.util.List;

/** What becomes of an answer of DNS. */
public sealed interface DnsReply {

  /** It stays as it is. */
  record Same() implements DnsReply {}

  /** It is lost, so that whoever asked waits in vain. */
  record None() implements DnsReply {}

  /** It says that the question cannot be answered. */
  record Failure(Code code) implements DnsReply {}

  /**
   * It gives other addresses. Questions for anything but addresses are answered as ever; where
   * there is none of the family that was asked for, the name has none.
   *
   * @param addresses 1 to 8, so that the longest answer has room in 512 bytes
   */
  record Addresses(List<InetAddress> addresses) implements DnsReply {

    private static final int MOST = 8;

    /**
     * @throws IllegalArgumentException when there are none, or too many
     */
    public Addresses {
      addresses = List.copyOf(addresses);
      Checks.require(
          !addresses.isEmpty() && addresses.size() <= MOST,
          "an answer has 1 to " + MOST + " addresses: " + addresses);
    }
  }

  /** Why there is no answer (RFC 1035, 4.1.1). */
  enum Code {
    /** The server failed. */
    SERVFAIL(2),
    /** There is no such name. */
    NXDOMAIN(3),
    /** The server does not want to answer. */
    REFUSED(5);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    /** As it stands in an answer. */
    public int number() {
      return number;
    }
  }
}
