package dev.faultline.environment.lab;

import dev.faultline.model.environment.Lab;
import dev.faultline.model.world.Wiring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The relays that stand on the links which a run wants to disturb, and only there: the others, and
 * health checks and measurements, go straight.
 *
 * @param all a relay for each port; of two on one link, the second is reached by the first
 */
record Detours(List<Detour> all) {

  /** No link is disturbed. */
  static final Detours NONE = new Detours(List.of());

  private static final Pattern NUMBER = Pattern.compile("(?<=:)\\d+(?=[,/])");

  /**
   * One relay.
   *
   * @param target the name of the port that it passes on to
   * @param server the name of the port at the end of the link
   * @param http whether it looks into exchanges
   */
  record Detour(LabLink link, String target, String server, boolean http) {
    /** The name of its own port. */
    String port() {
      return "relay%s %s %s".formatted(http ? " http" : "", link.name(), server);
    }
  }

  Detours {
    all = List.copyOf(all);
  }

  /** What the wiring asks for. */
  static Detours of(Lab lab, LabLinks links, Wiring wiring) {
    Map<String, LabLink> streams = new TreeMap<>();
    Map<String, LabLink> exchanges = new TreeMap<>();
    for (Wiring.Use use : wiring.uses()) {
      for (LabLink link : links.matching(use.ends())) {
        boolean meant = use.port().isEmpty() || use.port().equals(link.port());
        if (meant && !link.isReplication()) {
          (use.http() ? exchanges : streams).put(link.name(), link);
        }
      }
    }
    List<Detour> all = new ArrayList<>();
    exchanges
        .values()
        .forEach(
            link ->
                servers(lab, link)
                    .forEach(server -> all.add(new Detour(link, server, server, true))));
    streams
        .values()
        .forEach(
            link ->
                servers(lab, link)
                    .forEach(
                        server ->
                            all.add(stream(link, server, exchanges.values().contains(link)))));
    return new Detours(all);
  }

  private static Detour stream(LabLink link, String server, boolean beforeHttp) {
    String target = beforeHttp ? new Detour(link, server, server, true).port() : server;
    return new Detour(link, target, server, false);
  }

  /** The names of the ports at the end of a link. */
  private static List<String> servers(Lab lab, LabLink link) {
    if (link.port().isPresent()) {
      return List.of(link.to() + "." + link.port().get());
    }
    return Map.copyOf(lab.databases()).entrySet().stream()
        .filter(database -> database.getKey().equals(link.to()))
        .flatMap(
            database -> LabDatabases.portNames(database.getKey(), database.getValue()).stream())
        .filter(port -> port.endsWith(".door"))
        .toList();
  }

  /** The names of the ports of the relays. */
  List<String> ports() {
    return all.stream().map(Detour::port).toList();
  }

  /**
   * What placeholders mean to one end of links: the ports of its relays in place of the real ones.
   *
   * @param from a process, or the load
   * @param direct what they mean without relays
   */
  Map<String, String> seenBy(String from, Map<String, String> direct, Ports ports) {
    Map<String, String> seen = new HashMap<>(direct);
    for (Detour detour : all) {
      boolean first = !(detour.http() && has(detour.link(), false));
      if (!detour.link().from().equals(from) || !first) {
        continue;
      }
      if (detour.link().port().isPresent()) {
        seen.put(detour.server(), Integer.toString(ports.number(detour.port())));
      } else {
        seen.computeIfPresent(
            detour.link().to() + ".jdbc",
            (_, address) ->
                replaced(address, ports.number(detour.server()), ports.number(detour.port())));
      }
    }
    return seen;
  }

  private boolean has(LabLink link, boolean http) {
    return all.stream().anyMatch(other -> other.link().equals(link) && other.http() == http);
  }

  private static String replaced(String address, int door, int relay) {
    return NUMBER
        .matcher(address)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group().equals(Integer.toString(door))
                        ? Integer.toString(relay)
                        : found.group()));
  }
}
