package dev.faultline.serve.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All runs at one moment.
 *
 * @param runs the newest first
 * @param unread how many were not read yet
 * @param halted who keeps all runs from beginning, when and why
 * @param trouble why the folder of runs cannot be read, where that is so
 */
public record Catalogue(
    List<Brief> runs, int unread, Optional<String> halted, Optional<String> trouble) {

  /** Before the first look. */
  public static final Catalogue UNSEEN =
      new Catalogue(List.of(), 0, Optional.empty(), Optional.empty());

  /** Keeps the list unchangeable. */
  public Catalogue {
    runs = List.copyOf(runs);
  }

  /** The run of this id. */
  public Optional<Brief> find(String id) {
    return runs.stream().filter(run -> run.run().equals(id)).findFirst();
  }

  /** Those that are on. */
  public List<Brief> on() {
    return runs.stream().filter(Brief::isOn).toList();
  }

  /** Those that are over, and of which something may be in force. */
  public List<Brief> leftOpen() {
    return runs.stream().filter(run -> !run.isOn() && !run.open().isEmpty()).toList();
  }

  /** The newest of those that are not on. */
  public List<Brief> last(int most) {
    return runs.stream().filter(run -> !run.isOn()).limit(most).toList();
  }

  /** What can be held to each other: the runs of each experiment, the oldest first. */
  public SortedMap<String, List<Brief>> comparable() {
    SortedMap<String, List<Brief>> all = new TreeMap<>();
    for (Brief run : runs.reversed()) {
      if (run.past().isPresent()) {
        all.merge(run.name(), List.of(run), Catalogue::joined);
      }
    }
    return all;
  }

  private static List<Brief> joined(List<Brief> some, List<Brief> more) {
    List<Brief> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
