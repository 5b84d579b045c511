package dev.faultline.model.route;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Networks as people write them: {@code 10.1.0.0/16}, {@code 2001:db8::/32}, or an address. */
final class Networks {

  private static final String V4 = "(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}";
  private static final String V6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

  private Networks() {}

  /** Why one of them is none that every router takes for the same; empty where each is. */
  static Optional<String> unfit(List<String> networks) {
    return networks.stream().flatMap(network -> unfit(network).stream()).findFirst();
  }

  private static Optional<String> unfit(String network) {
    if (!network.matches("(%s|%s)(/\\d{1,3})?".formatted(V4, V6))) {
      return none(network);
    }
    int slash = network.indexOf('/');
    String address = slash < 0 ? network : network.substring(0, slash);
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      int bits = bytes.length * Byte.SIZE;
      int prefix = slash < 0 ? bits : Integer.parseInt(network.substring(slash + 1));
      if (prefix > bits) {
        return none(network);
      }
      boolean more = new BigInteger(1, bytes).getLowestSetBit() < bits - prefix;
      return more && !isZero(bytes)
          ? Optional.of(
              "'%s' has bits behind its prefix of %d: write where the network begins"
                  .formatted(network, prefix))
          : Optional.empty();
    } catch (IllegalArgumentException no) {
      return none(network);
    }
  }

  private static boolean isZero(byte[] bytes) {
    return new BigInteger(bytes).signum() == 0;
  }

  private static Optional<String> none(String network) {
    return Optional.of(
        "'%s' is no network: write 10.1.0.0/16, 2001:db8::/32, or one address"
            .formatted(network.replaceAll("[^ -~]", "?")));
  }
}
