package dev.faultline.model.route;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.faultline.model.codec.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two versions behind Nginx, split request by request, or user by user, in steps of 0.01 % by a
 * file that Faultline writes and Nginx includes, with the upstream to which Nginx passes requests;
 * each change is a reload.
 *
 * @param include the file, which the http block of Nginx includes; it must be there, as Faultline
 *     writes it for nothing to the canary; must be given
 * @param upstream the upstream that it holds, of letters, digits, {@code _}, {@code -} and {@code
 *     .}; must be given
 * @param stable the servers of the version that serves, {@code HOST:PORT} each; at least one
 * @param canary the servers of the new version, {@code HOST:PORT} each; at least one
 * @param test the program that judges the configuration before it is loaded; {@code [nginx, -t]}
 *     when absent
 * @param reload the program that has it loaded; {@code [nginx, -s, reload]} when absent
 * @param pid the file with the number of Nginx's master, in whose workers the share is seen that
 *     Nginx serves by; {@code /run/nginx.pid} when absent
 * @param sticky by what users are known who stay at the version that they met; requests are split
 *     one by one where it is not given
 */
public record Nginx(
    String include,
    String upstream,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> stable,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> canary,
    List<String> test,
    List<String> reload,
    Optional<String> pid,
    Optional<Sticky> sticky)
    implements Route {

  private static final String USUAL_PID = "/run/nginx.pid";
  private static final int MOST_SERVERS = 256;
  private static final int LONGEST_HOST = 253;
  private static final int LAST_PORT = 65_535;

  /** What the file has room for, and what a value needs beside its characters. */
  private static final int MOST_CHARACTERS = 48_000;

  private static final int AROUND_VALUE = 5;
  private static final String PLACE = "\\$\\{[A-Za-z0-9_.-]{1,128}\\}";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "((?:[A-Za-z0-9]|%1$s)(?:[A-Za-z0-9.-]|%1$s)*|\\[[0-9A-Fa-f:.]{2,45}\\]):([0-9]{1,5}|%1$s)"
              .formatted(PLACE));

  /** Requires what must be given: nothing in it can become another directive of Nginx. */
  public Nginx {
    include = path(InvalidValue.required(include, "include"), "include");
    InvalidValue.required(upstream, "upstream");
    if (!isName(upstream)) {
      throw new InvalidValue(
          "upstream",
          "'%s' is no upstream of Nginx: letters, digits, '_', '-', '.', 64 in all"
              .formatted(upstream));
    }
    stable = servers(stable, "stable");
    canary = servers(canary, "canary");
    if (stable.stream().anyMatch(canary::contains)) {
      throw new InvalidValue("canary", "a server is of both versions; name different ones");
    }
    test = program(test, List.of("nginx", "-t"), "test");
    reload = program(reload, List.of("nginx", "-s", "reload"), "reload");
    pid = Optional.of(path(pid.orElse(USUAL_PID), "pid"));
    sticky.ifPresent(Nginx::requireVariable);
  }

  private static void requireVariable(Sticky sticky) {
    sticky.header().flatMap(Nginx::unfitHeader).ifPresent(Nginx::refuse);
    if (sticky.cookie().filter(name -> name.contains("-")).isPresent()) {
      refuse("Nginx has no variable for a cookie with '-' in its name; take another cookie");
    }
  }

  private static void refuse(String unfit) {
    throw new InvalidValue("sticky", unfit);
  }

  private static Optional<String> unfitHeader(String name) {
    return name.contains("_")
        ? Optional.of(
            "Nginx drops headers with '_' in their names, such as %s, unless it is told otherwise, and does not tell '_' from '-' then; take a header without"
                .formatted(name))
        : Optional.empty();
  }

  /** Whether a text can be the name of an upstream, and nothing else in Nginx's language. */
  public static boolean isName(String text) {
    return text.matches("[A-Za-z0-9_.-]{1,64}");
  }

  /** The file with the number of Nginx's master. */
  public String pidFile() {
    return pid.orElse(USUAL_PID);
  }

  /**
   * Whether a text is {@code HOST:PORT}: a name or an address, in brackets where it is one of IPv6,
   * and a port from 1 to 65535. Placeholders may stand in both.
   */
  public static boolean isAddress(String text) {
    Matcher parts = ADDRESS.matcher(text);
    return parts.matches() && parts.group(1).length() <= LONGEST_HOST && isPort(parts.group(2));
  }

  private static boolean isPort(String text) {
    return text.startsWith("$")
        || (Integer.parseInt(text) > 0 && Integer.parseInt(text) <= LAST_PORT);
  }

  private static String path(String file, String key) {
    if (file.isBlank() || file.indexOf('\0') >= 0) {
      throw new InvalidValue(key, "the path is empty");
    }
    return file;
  }

  private static List<String> servers(List<String> written, String key) {
    if (written.isEmpty() || written.size() > MOST_SERVERS) {
      throw new InvalidValue(
          key,
          "'%s' must name 1 to %d servers, such as 127.0.0.1:8080".formatted(key, MOST_SERVERS));
    }
    for (String server : written) {
      if (!isAddress(server)) {
        throw new InvalidValue(
            key, "'%s' is no server: write HOST:PORT, such as 127.0.0.1:8080".formatted(server));
      }
    }
    return List.copyOf(written);
  }

  private static List<String> program(List<String> written, List<String> absent, String key) {
    if (!written.isEmpty() && written.getFirst().isBlank()) {
      throw new InvalidValue(key, "'%s' begins with no program".formatted(key));
    }
    return written.isEmpty() ? absent : List.copyOf(written);
  }

  @Override
  public Optional<String> unfit(Match match) {
    int characters = match.is().stream().mapToInt(value -> value.length() + AROUND_VALUE).sum();
    return match
        .header()
        .flatMap(Nginx::unfitHeader)
        .or(
            () ->
                characters > MOST_CHARACTERS
                    ? Optional.of(
                        "the values have %d characters with what stands around each, and the file of Nginx has room for %d; match fewer, or shorter ones"
                            .formatted(characters, MOST_CHARACTERS))
                    : Optional.empty());
  }

  @Override
  public boolean splitsUsers() {
    return sticky.isPresent();
  }

  @Override
  public String words() {
    return "upstream %s of Nginx".formatted(upstream);
  }

  @Override
  public String stableName() {
    return String.join(", ", stable);
  }

  @Override
  public String canaryName() {
    return String.join(", ", canary);
  }
}
