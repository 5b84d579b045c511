package dev.faultline.node.packet;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Addresses that begin alike. Names are never looked up: who has a name resolves it first.
 *
 * @param address one of them, IPv4 or IPv6
 * @param prefix how many leading bits count: at most 32 or 128
 */
public record Network(InetAddress address, int prefix) {

  /**
   * @throws IllegalArgumentException when the prefix is longer than the address
   */
  public Network {
    if (address instanceof Inet6Address six && six.getScopeId() != 0) {
      throw new IllegalArgumentException("an address with a scope chooses nothing: " + address);
    }
    if (prefix < 0 || prefix > address.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("no prefix of " + address + ": " + prefix);
    }
  }

  /** A single address. */
  public static Network of(InetAddress address) {
    return new Network(address, address.getAddress().length * Byte.SIZE);
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code 192.0.2.7} or {@code 2001:db8::/32}.
   *
   * @throws IllegalArgumentException when it is none of them, such as a name
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    try {
      return slash < 0
          ? of(address)
          : new Network(address, Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException("not a network: '" + text + "'", noNumber);
    }
  }

  /** Whether these are addresses of IPv4. */
  public boolean four() {
    return address instanceof Inet4Address;
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefix;
  }
}
