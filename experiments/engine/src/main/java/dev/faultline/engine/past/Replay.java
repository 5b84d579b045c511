package dev.faultline.engine.past;

import dev.faultline.judge.BlindReason;
import java.util.List;
import java.util.Map;

/**
 * What one gate or comparison would have done.
 *
 * @param name its name
 * @param words what it looks at, in words
 * @param looks how often it looked
 * @param blind how often it saw nothing, by the reason
 * @param example the words of its last blind look; empty where it always saw
 * @param alarms when it would have ended a run, in the order of time
 */
public record Replay(
    String name,
    String words,
    int looks,
    Map<BlindReason, Integer> blind,
    String example,
    List<Alarm> alarms) {

  /** Keeps what it holds unchangeable. */
  public Replay {
    blind = Map.copyOf(blind);
    alarms = List.copyOf(alarms);
  }

  /** How many looks saw nothing. */
  public int blindLooks() {
    return blind.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether it never saw anything. */
  public boolean sawNothing() {
    return blindLooks() == looks;
  }

  /** The alarms that no incident explains. */
  public List<Alarm> falseAlarms(List<Incident> incidents) {
    return alarms.stream()
        .filter(alarm -> incidents.stream().noneMatch(incident -> incident.explains(alarm)))
        .toList();
  }
}
