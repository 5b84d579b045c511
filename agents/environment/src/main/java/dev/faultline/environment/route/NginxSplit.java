package dev.faultline.environment.route;

import dev.faultline.model.route.Nginx;
import dev.faultline.model.route.Sticky;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text by which Nginx splits requests between two versions: an upstream with the servers of
 * both, weighted, and what shows the share to us. A version that gets nothing is not in it, so that
 * no second attempt reaches it. Where requests match, or users stay, {@link NginxMaps} choose.
 * Pure.
 *
 * @param name of the upstream
 * @param stable the servers of the version that serves, as {@code HOST:PORT}
 * @param canary the servers of the new version
 * @param sticky by what users are known who stay at their version
 */
public record NginxSplit(
    String name, List<String> stable, List<String> canary, Optional<Sticky> sticky) {

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

  /** One that splits requests one by one. */
  public NginxSplit(String name, List<String> stable, List<String> canary) {
    this(name, stable, canary, Optional.empty());
  }

  /** How the text begins, whatever it says. */
  public String beginning() {
    return "# Written by Faultline: upstream %s, ".formatted(name);
  }

  /** By what Nginx's memory shows what it has loaded. */
  NginxMarks marks() {
    return new NginxMarks(name);
  }

  /** What Nginx's memory shows where it has loaded the text for a shift. */
  NginxMark mark(NginxShift shift) {
    return mark(shift, told(shift));
  }

  private NginxMark mark(NginxShift shift, String told) {
    return new NginxMark(shift.parts(), byWeights(shift) ? 0 : NginxMark.maps(told));
  }

  /** The whole text for what Nginx is to do. */
  public String text(NginxShift shift) {
    String told = told(shift);
    return "%s# Nothing is kept in these: their sizes show which %s Nginx has loaded.\n%s"
        .formatted(told, byWeights(shift) ? "share" : "maps", marks().zones(mark(shift, told)));
  }

  private String told(NginxShift shift) {
    return "%s%s to the canary%s%s. What is changed here by hand is lost.\n%s"
        .formatted(
            beginning(),
            NginxShift.percent(shift.parts()),
            sticky.filter(_ -> shift.splits()).map(by -> " by " + by.words()).orElse(""),
            shift.match().map(match -> ", and " + match.words()).orElse(""),
            byWeights(shift) ? weights(shift.parts()) : new NginxMaps(this).text(shift));
  }

  /** Weights are exact from the first request on, so nothing else is asked for without need. */
  private boolean byWeights(NginxShift shift) {
    return shift.match().isEmpty() && (sticky.isEmpty() || !shift.splits());
  }

  private String weights(int parts) {
    // Each version's weight is spread over its servers; whole numbers, as small as they can be.
    long stableWeight = (long) (NginxShift.WHOLE - parts) * canary.size();
    long canaryWeight = (long) parts * stable.size();
    long common =
        BigInteger.valueOf(stableWeight).gcd(BigInteger.valueOf(canaryWeight)).longValueExact();
    return """
        upstream %s {
            zone faultline_%s 512k;
        %s%s    keepalive 32;
        }
        """
        .formatted(
            name,
            name,
            servers(stable, stableWeight / common),
            servers(canary, canaryWeight / common));
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

  /** What a text has Nginx do; empty when it is not this split's, to the byte. */
  public Optional<NginxShift> read(String text) {
    Matcher first =
        Pattern.compile(Pattern.quote(beginning()) + "(\\d{1,3})\\.(\\d{2})% ").matcher(text);
    if (!first.lookingAt()) {
      return Optional.empty();
    }
    int parts = Integer.parseInt(first.group(1)) * 100 + Integer.parseInt(first.group(2));
    return parts <= NginxShift.WHOLE
        ? Optional.of(new NginxShift(parts, NginxMatch.read(text)))
            .filter(shift -> text(shift).equals(text))
        : Optional.empty();
  }

  private static String shown(String text) {
    return text.replaceAll("[^ -~]", "?").substring(0, Math.min(text.length(), 80));
  }
}
