package dev.faultline.model.route;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Networks as people write them: {@code 10.1.0.0/16}, {@code 2001:db8::/32}, or an address. */
final class Networks {

  private static final int BITS_4 = 32;
  private static final int BITS_6 = 128;
  private static final int GROUPS = 8;
  private static final int HEX = 16;
  private static final String V4 = "(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}";
  private static final String V6 = "[0-9A-Fa-f:]*:[0-9A-Fa-f:]*";
  private static final BigInteger LARGEST_BYTE = BigInteger.valueOf(255);

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
    int bits = address.contains(":") ? BITS_6 : BITS_4;
    int prefix = slash < 0 ? bits : Integer.parseInt(network.substring(slash + 1));
    Optional<BigInteger> number = bits == BITS_6 ? six(address) : four(address);
    if (number.isEmpty() || prefix > bits) {
      return none(network);
    }
    boolean more = number.get().signum() != 0 && number.get().getLowestSetBit() < bits - prefix;
    return more
        ? Optional.of(
            "'%s' has bits behind its prefix of %d: write where the network begins"
                .formatted(network, prefix))
        : Optional.empty();
  }

  private static Optional<BigInteger> four(String address) {
    List<BigInteger> bytes = Arrays.stream(address.split("\\.")).map(BigInteger::new).toList();
    return bytes.stream().allMatch(one -> one.compareTo(LARGEST_BYTE) <= 0)
        ? bytes.stream().reduce((high, low) -> high.shiftLeft(Byte.SIZE).or(low))
        : Optional.empty();
  }

  /** Groups of hexadecimal digits, with one gap at most: RFC 4291, section 2.2, forms 1 and 2. */
  private static Optional<BigInteger> six(String address) {
    int gap = address.indexOf("::");
    List<String> before = groups(gap < 0 ? address : address.substring(0, gap));
    List<String> after = gap < 0 ? List.of() : groups(address.substring(gap + 2));
    int zeros = GROUPS - before.size() - after.size();
    if (gap < 0 ? zeros != 0 : zeros < 1) {
      return Optional.empty();
    }
    List<String> all =
        Stream.of(before, Collections.nCopies(zeros, "0"), after).flatMap(List::stream).toList();
    return all.stream().allMatch(group -> group.matches("[0-9A-Fa-f]{1,4}"))
        ? Optional.of(
            new BigInteger(
                all.stream()
                    .map(group -> "0".repeat(4 - group.length()) + group)
                    .collect(Collectors.joining()),
                HEX))
        : Optional.empty();
  }

  private static List<String> groups(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(":", -1));
  }

  private static Optional<String> none(String network) {
    return Optional.of(
        "'%s' is no network: write 10.1.0.0/16, 2001:db8::/32, or one address"
            .formatted(network.replaceAll("[^ -~]", "?")));
  }
}
