package dev.faultline.environment.route;

import dev.faultline.model.route.Nginx;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text by which Nginx splits requests between two versions: an upstream of each, and a variable
 * that names one of them for each request. Pure.
 *
 * @param name what stands behind {@code $faultline_}, of letters, digits and {@code _}
 * @param stable the servers of the version that serves, as {@code HOST:PORT}
 * @param canary the servers of the new version
 */
public record NginxSplit(String name, List<String> stable, List<String> canary) {

  /** What a share is counted in: hundredths of a percent, which is as fine as Nginx splits. */
  public static final int WHOLE = 10_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");

  /**
   * Takes only what Nginx takes as names and addresses: nothing in them can become a directive.
   *
   * @throws IllegalArgumentException when one is none
   */
  public NginxSplit {
    stable = List.copyOf(stable);
    canary = List.copyOf(canary);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no name in Nginx: '%s'".formatted(shown(name)));
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
    return "# Written by Faultline: split %s, ".formatted(name);
  }

  /**
   * The parts in which a share is given: the nearest. A canary that is to have something has at
   * least one, and one that is not to have all leaves one.
   *
   * @param share from 0 to 1
   */
  static int parts(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is from 0 to 1, not " + share);
    }
    return Math.clamp(Math.round(share * WHOLE), share > 0 ? 1 : 0, share < 1 ? WHOLE - 1 : WHOLE);
  }

  /**
   * The whole text.
   *
   * @param parts of the requests that go to the canary, from 0 to {@value #WHOLE}
   */
  public String text(int parts) {
    return """
        %s%s%% to the canary. What is changed here by hand is lost.
        upstream %s-stable {
        %s    keepalive 32;
        }
        upstream %s-canary {
        %s    keepalive 32;
        }
        split_clients "${request_id}" $faultline_%s {
        %s}
        """
        .formatted(
            beginning(),
            percent(parts),
            name,
            servers(stable),
            name,
            servers(canary),
            name,
            choice(parts));
  }

  /** Nginx takes no part of nothing, nor of all: these are a choice without alternative. */
  private String choice(int parts) {
    String rest = "    * %s-%s;\n".formatted(name, parts == WHOLE ? "canary" : "stable");
    return parts == 0 || parts == WHOLE
        ? rest
        : "    %s%% %s-canary;\n%s".formatted(percent(parts), name, rest);
  }

  private static String servers(List<String> addresses) {
    return String.join("", addresses.stream().map("    server %s;\n"::formatted).toList());
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
    return parts <= WHOLE && text(parts).equals(text) ? Optional.of(parts) : Optional.empty();
  }

  private static String shown(String text) {
    return text.replaceAll("[^ -~]", "?").substring(0, Math.min(text.length(), 80));
  }
}
