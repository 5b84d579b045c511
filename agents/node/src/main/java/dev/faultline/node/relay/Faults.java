package dev.faultline.node.relay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The faults of a relay, and what those did that have ended. Not thread-safe. */
final class Faults {

  private static final int MOST_ENDED = 256;

  private final Map<String, Active> active = new TreeMap<>();
  private final Map<String, Tally> ended =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tally> eldest) {
          return size() > MOST_ENDED;
        }
      };

  /**
   * Adds or replaces.
   *
   * @return false when it is there already
   */
  boolean put(String name, RelayFault fault) {
    Active before = active.get(name);
    if (before != null && before.fault().equals(fault)) {
      return false;
    }
    active.put(name, new Active(name, fault, Ticks.now(), new Tally()));
    return true;
  }

  /**
   * Removes.
   *
   * @return false when there is none
   */
  boolean remove(String name) {
    Active before = active.remove(name);
    if (before == null) {
      return false;
    }
    ended.remove(name);
    ended.put(name, before.tally());
    return true;
  }

  Set<String> names() {
    return new TreeSet<>(active.keySet());
  }

  RelayReport report(String name) {
    Active present = active.get(name);
    if (present != null) {
      return present.tally().report();
    }
    Tally past = ended.get(name);
    return past == null ? RelayReport.NOTHING : past.report();
  }

  /** In the order in which bytes meet them. */
  List<Active> inOrder() {
    return active.values().stream().sorted().toList();
  }
}
