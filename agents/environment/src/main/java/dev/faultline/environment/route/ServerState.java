package dev.faultline.environment.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A server as {@code show servers state} tells it.
 *
 * @param weight the one that was set
 * @param serves whether it is neither down nor taken out by hand
 */
record ServerState(String name, int weight, boolean serves) {

  // Stopped and stopping; a starting one already gets its first requests.
  private static final List<String> DOWN = List.of("0", "3");

  // A bit each for maintenance and draining, by hand, by another server or by configuration.
  private static final int TAKEN_OUT = 0x01 | 0x02 | 0x04 | 0x08 | 0x10 | 0x20;

  /** The servers of a backend in an answer; none when the answer is another one. */
  static List<ServerState> of(String answer, String backend) {
    List<ServerState> states = new ArrayList<>();
    List<String> columns = List.of();
    for (String line : answer.lines().toList()) {
      if (line.startsWith("# ")) {
        columns = List.of(line.substring(2).split(" "));
        continue;
      }
      String[] values = line.split(" ");
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < Math.min(columns.size(), values.length); i++) {
        row.put(columns.get(i), values[i]);
      }
      if (backend.equals(row.get("be_name")) && row.containsKey("srv_uweight")) {
        states.add(of(row));
      }
    }
    return states;
  }

  private static ServerState of(Map<String, String> row) {
    boolean down = DOWN.contains(row.getOrDefault("srv_op_state", "0"));
    int admin = (int) Statistics.number(row.getOrDefault("srv_admin_state", "0"));
    return new ServerState(
        row.getOrDefault("srv_name", ""),
        (int) Statistics.number(row.getOrDefault("srv_uweight", "0")),
        !down && (admin & TAKEN_OUT) == 0);
  }
}
