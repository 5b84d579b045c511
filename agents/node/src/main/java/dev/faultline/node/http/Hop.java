package dev.faultline.node.http;

import dev.faultline.node.http.message.Field;
import dev.faultline.node.http.message.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The header fields that are about one connection (RFC 9110, 7.6.1). A relay keeps its two
 * connections alike: it says on the one what it was told on the other about staying open, upgrades
 * and trailers, and drops everything else that {@code Connection} names.
 */
final class Hop {

  private static final List<String> ABOUT_CONNECTION =
      List.of("connection", "proxy-connection", "keep-alive", "te", "upgrade", "http2-settings");

  /**
   * These say where a message ends or whom it is for, and stay whatever {@code Connection} says.
   */
  private static final Set<String> STAY = Set.of("content-length", "transfer-encoding", "host");

  private Hop() {}

  /** The fields for the other connection. */
  static Fields pass(Fields fields) {
    if (ABOUT_CONNECTION.stream().noneMatch(fields::has)) {
      return fields;
    }
    List<String> named = fields.tokens("connection");
    List<String> dropped = new ArrayList<>(ABOUT_CONNECTION);
    named.stream().filter(name -> !STAY.contains(name)).forEach(dropped::add);
    List<Field> result = new ArrayList<>(fields.without(dropped).all());
    List<String> options = new ArrayList<>();
    named.stream().filter(Set.of("close", "keep-alive")::contains).distinct().forEach(options::add);
    if (options.contains("keep-alive")) {
      fields.values("keep-alive").forEach(value -> result.add(new Field("Keep-Alive", value)));
    }
    if (fields.tokens("te").contains("trailers")) {
      options.add("TE");
      result.add(new Field("TE", "trailers"));
    }
    String upgrade = upgrade(fields);
    if (!upgrade.isEmpty()) {
      options.add("Upgrade");
      result.add(new Field("Upgrade", upgrade));
    }
    if (!options.isEmpty()) {
      result.add(new Field("Connection", String.join(", ", options)));
    }
    return new Fields(result);
  }

  /**
   * What else the connection may speak; not HTTP/2, as then nothing could be told apart any more.
   */
  static String upgrade(Fields fields) {
    if (!fields.tokens("connection").contains("upgrade")) {
      return "";
    }
    return String.join(
        ", ",
        fields.values("upgrade").stream()
            .flatMap(value -> List.of(value.split(",")).stream())
            .map(String::strip)
            .filter(name -> !name.equalsIgnoreCase("h2c"))
            .toList());
  }
}
