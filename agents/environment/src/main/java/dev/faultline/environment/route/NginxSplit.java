package dev.faultline.environment.route;

import dev.faultline.model.route.Nginx;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text by which Nginx splits requests between two versions: an upstream with the servers of
 * both, weighted, and what shows the share to us. A version that gets nothing is not in it, so that
 * no second attempt reaches it. Pure.
 *
 * @param name of the upstream
 * @param stable the servers of the version that serves, as {@code HOST:PORT}
 * @param canary the servers of the new version
 */
public record NginxSplit(String name, List<String> stable, List<String> canary) {

  /**
   * Takes only what Nginx takes as names and addresses: nothing in them can become a directive.
   *
   * @throws IllegalArgumentException when one is none
   */
  public NginxSplit {
    stable = List.copyOf(stable);
    canary = List.copyOf(canary);
    if (!Nginx.isName(name)) {
      throw new IllegalArgumentException("no upstream of Nginx: '%s'".formatted(shown(name)));
    }
    for (List<String> servers : List.of(stable, canary)) {
      for (String server : servers) {
        if (server.contains("$") || !Nginx.isAddress(server)) {
          throw new IllegalArgumentException("no HOST:PORT: '%s'".formatted(shown(server)));
        }
      }
      if (servers.isEmpty()) {
        throw new IllegalArgumentException("a version without a server");
      }
    }
  }

  /** How the text begins, whatever the share. */
  public String beginning() {
    return "# Written by Faultline: upstream %s, ".formatted(name);
  }

  /** By what Nginx's memory shows the share. */
  NginxMarks marks() {
    return new NginxMarks(name);
  }

  /**
   * The whole text.
   *
   * @param parts of the requests that go to the canary, from 0 to {@value Parts#WHOLE}
   */
  public String text(int parts) {
    // Each version's weight is spread over its servers; whole numbers, as small as they can be.
    long stableWeight = (long) (Parts.WHOLE - parts) * canary.size();
    long canaryWeight = (long) parts * stable.size();
    long common =
        BigInteger.valueOf(stableWeight).gcd(BigInteger.valueOf(canaryWeight)).longValueExact();
    return """
        %s%s%% to the canary. What is changed here by hand is lost.
        upstream %s {
            zone faultline_%s 512k;
        %s%s    keepalive 32;
        }
        # Nothing is kept in these: their sizes show which share Nginx has loaded.
        %s"""
        .formatted(
            beginning(),
            percent(parts),
            name,
            name,
            servers(stable, stableWeight / common),
            servers(canary, canaryWeight / common),
            marks().zones(parts));
  }

  /** Nginx itself takes no server out for a while: that would be another split. */
  private static String servers(List<String> addresses, long weight) {
    return weight == 0
        ? ""
        : String.join(
            "",
            addresses.stream()
                .map(address -> "    server %s weight=%d max_fails=0;\n".formatted(address, weight))
                .toList());
  }

  private static String percent(int parts) {
    return String.format(Locale.ROOT, "%d.%02d", parts / 100, parts % 100);
  }

  /** The parts that a text gives to the canary; empty when it is not this split's, to the byte. */
  public Optional<Integer> partsOf(String text) {
    Matcher first =
        Pattern.compile(Pattern.quote(beginning()) + "(\\d{1,3})\\.(\\d{2})% ").matcher(text);
    if (!first.lookingAt()) {
      return Optional.empty();
    }
    int parts = Integer.parseInt(first.group(1)) * 100 + Integer.parseInt(first.group(2));
    return parts <= Parts.WHOLE && text(parts).equals(text) ? Optional.of(parts) : Optional.empty();
  }

  private static String shown(String text) {
    return text.replaceAll("[^ -~]", "?").substring(0, Math.min(text.length(), 80));
  }
}
