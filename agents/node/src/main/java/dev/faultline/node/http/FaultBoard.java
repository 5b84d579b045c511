package dev.faultline.node.http;

import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The faults that are in force, by name, and what became of those that were. Thread-safe. */
final class FaultBoard {

  private final NavigableMap<String, LiveFault> live = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, LiveFault> known = new ConcurrentHashMap<>();

  void put(String name, HttpFault fault) {
    LiveFault fresh = new LiveFault(fault);
    known.put(name, fresh);
    LiveFault old = live.put(name, fresh);
    if (old != null) {
      old.end();
    }
  }

  void remove(String name) {
    LiveFault old = live.remove(name);
    if (old != null) {
      old.end();
    }
  }

  Set<String> names() {
    return Set.copyOf(live.keySet());
  }

  HttpReport report(String name) {
    LiveFault fault = known.get(name);
    if (fault == null) {
      throw new IllegalArgumentException(
          "there was no fault \"%s\"; there were: %s"
              .formatted(name, new TreeMap<>(known).keySet()));
    }
    return fault.report();
  }

  /** Decides about a request. */
  Treatment treat(Request request) {
    if (live.isEmpty()) {
      return Treatment.NONE;
    }
    var chosen = live.values().stream().flatMap(fault -> fault.choose(request).stream()).toList();
    return chosen.isEmpty() ? Treatment.NONE : new Treatment(request, chosen);
  }

  void endAll() {
    names().forEach(this::remove);
  }
}
