package dev.faultline.environment.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The ring of points on which Nginx looks up a key with {@code hash ... consistent}: each server of
 * an upstream has 160, by its name in the configuration, however many addresses that has. A key
 * belongs to the next point behind its own checksum, and the server of the point behind that one is
 * asked when the first is tried in vain. Pure.
 */
final class NginxRing {

  private static final int POINTS = 160;

  /** How far Nginx goes on for another server before it takes any: 20, and then by weight. */
  private static final int FARTHEST = 16;

  /** How many keys are tried; by then each of 512 servers has some hundred. */
  private static final int TRIED = 60_000;

  /** Where two servers have the same point, nobody knows which of them Nginx takes. */
  private static final String NOBODY = "";

  private final TreeMap<Long, String> points = new TreeMap<>();

  /** The ring of an upstream with these servers, as they are written there. */
  NginxRing(List<String> servers) {
    servers.stream().distinct().forEach(this::add);
  }

  private void add(String server) {
    int colon = server.lastIndexOf(':');
    byte[] base =
        (server.substring(0, colon) + '\0' + server.substring(colon + 1))
            .getBytes(StandardCharsets.UTF_8);
    long last = 0;
    for (int i = 0; i < POINTS; i++) {
      CRC32 crc = new CRC32();
      crc.update(base);
      crc.update(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, (int) last));
      last = crc.getValue();
      points.merge(last, server, (one, other) -> one.equals(other) ? one : NOBODY);
    }
  }

  /**
   * A key for each server of one version, in their order: it belongs to that server, and then to
   * another of the same version, if there is one that follows it somewhere.
   */
  List<String> keys(List<String> version) {
    List<String> servers = version.stream().distinct().toList();
    Map<String, String> best = new HashMap<>();
    Map<String, String> good = new HashMap<>();
    for (int i = 1; i < TRIED && best.size() < servers.size(); i++) {
      String key = Integer.toString(i);
      String first = first(key);
      if (servers.contains(first)) {
        good.putIfAbsent(first, key);
        if (servers.size() == 1 || second(key).filter(servers::contains).isPresent()) {
          best.putIfAbsent(first, key);
        }
      }
    }
    return servers.stream()
        .map(server -> Optional.ofNullable(best.getOrDefault(server, good.get(server))))
        .map(Optional::orElseThrow)
        .toList();
  }

  /** The server that a key belongs to; empty where that is not known. */
  String first(String key) {
    return at(crc(key)).getValue();
  }

  /** The server that is asked next when the first is tried in vain. */
  Optional<String> second(String key) {
    Map.Entry<Long, String> point = at(crc(key));
    String first = point.getValue();
    for (int i = 0; i < FARTHEST; i++) {
      point = at(point.getKey() + 1);
      if (!point.getValue().equals(first)) {
        return Optional.of(point.getValue());
      }
    }
    return Optional.empty();
  }

  private static long crc(String key) {
    CRC32 crc = new CRC32();
    crc.update(key.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private Map.Entry<Long, String> at(long checksum) {
    return Optional.ofNullable(points.ceilingEntry(checksum)).orElseGet(points::firstEntry);
  }
}
