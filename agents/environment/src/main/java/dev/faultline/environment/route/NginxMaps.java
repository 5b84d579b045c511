package dev.faultline.environment.route;

import dev.faultline.model.route.Match;
import dev.faultline.model.route.Sticky;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The text by which Nginx chooses a version by what a request has. An upstream alone cannot, but it
 * can look up a key among its servers, and maps can compute a key that is known to belong to a
 * server of one version. Pure.
 */
record NginxMaps(NginxSplit split) {

  /** With what Nginx's own limit for the length of a variable's name leaves for an upstream's. */
  private static final int LONGEST_NAME = 24;

  /** The maps, and the upstream that looks up what they make of a request. */
  String text(NginxShift shift) {
    NginxRing ring = new NginxRing(servers());
    List<String> stable = ring.keys(split.stable());
    List<String> canary = ring.keys(split.canary());
    String version = split.sticky().isPresent() && shift.splits() ? user() : "";
    version +=
        shift.match().map(match -> matched(shift, match)).orElseGet(() -> share(shift, "version"));
    return version
        + server("stable", stable)
        + server("canary", canary)
        + "# The hash of the upstream finds each of these keys at one server.\n"
        + "map %s %s {\n    canary %s;\n    default %s;\n}\n"
            .formatted(
                variable("version"), variable("key"), key("canary", canary), key("stable", stable))
        + upstream();
  }

  /** Who has no name is drawn anew with each request. */
  private String user() {
    String named =
        split
            .sticky()
            .flatMap(Sticky::header)
            .map(name -> "$http_" + name.replace('-', '_'))
            .or(() -> split.sticky().flatMap(Sticky::cookie).map(name -> "$cookie_" + name))
            .orElseThrow();
    return "map %s %s {\n    \"\" $request_id;\n    default %s;\n}\n"
        .formatted(named, variable("user"), named);
  }

  private String matched(NginxShift shift, Match match) {
    String others = shift.splits() ? variable("share") : shift.parts() == 0 ? "stable" : "canary";
    return new NginxMatch(match).map(variable("matched"))
        + share(shift, "share")
        + "map %s %s {\n    1 canary;\n    default %s;\n}\n"
            .formatted(variable("matched"), variable("version"), others);
  }

  /** The canary comes first: whoever is in its part stays there while that grows. */
  private String share(NginxShift shift, String made) {
    return shift.splits()
        ? "split_clients %s %s {\n    %s canary;\n    * stable;\n}\n"
            .formatted(
                split.sticky().isPresent() ? variable("user") : "$request_id",
                variable(made),
                NginxShift.percent(shift.parts()))
        : "";
  }

  /** Requests of one version are spread evenly, whoever sends them; each by a draw of its own. */
  private String server(String version, List<String> keys) {
    int number = keys.size();
    if (number == 1) {
      return "";
    }
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < number - 1; i++) {
      String part = NginxShift.percent(part(i + 1, number) - part(i, number));
      lines.append("    %s %s;\n".formatted(part, keys.get(i)));
    }
    lines.append("    * %s;\n".formatted(keys.getLast()));
    return "split_clients \"%s $request_id\" %s {\n%s}\n"
        .formatted(version, variable(version), lines);
  }

  private static int part(int server, int servers) {
    return server * NginxShift.WHOLE / servers;
  }

  private String key(String version, List<String> keys) {
    return keys.size() == 1 ? keys.getFirst() : variable(version);
  }

  private String upstream() {
    String lines =
        servers().stream()
            .map("    server %s max_fails=0;\n"::formatted)
            .collect(Collectors.joining());
    return """
        upstream %s {
            zone faultline_%s 512k;
            hash %s consistent;
        %s    keepalive 32;
        }
        """
        .formatted(split.name(), split.name(), variable("key"), lines);
  }

  private List<String> servers() {
    return Stream.of(split.stable(), split.canary()).flatMap(List::stream).toList();
  }

  /** Variables know no case, and no signs: a name that has some is told by its checksum. */
  private String variable(String what) {
    String name = split.name();
    if (!name.matches("[a-z0-9]{1,%d}".formatted(LONGEST_NAME))) {
      CRC32 crc = new CRC32();
      crc.update(name.getBytes(StandardCharsets.UTF_8));
      name = "_%08x".formatted(crc.getValue());
    }
    return "$faultline_%s_%s".formatted(name, what);
  }
}
