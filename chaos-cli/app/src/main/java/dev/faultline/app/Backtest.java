package dev.faultline.app;

import dev.faultline.engine.past.Alarm;
import dev.faultline.engine.past.Incident;
import dev.faultline.engine.past.Replay;
import dev.faultline.model.world.Moments;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the gates and comparisons of one document would have done.
 *
 * @param name of the experiment or rollout
 * @param looks when the gates looked
 * @param incidents when something was wrong, as the user says
 */
record Backtest(
    String name,
    Moments looks,
    List<Incident> incidents,
    List<Replay> gates,
    List<Replay> comparisons) {

  Stream<Replay> replays() {
    return Stream.concat(gates.stream(), comparisons.stream());
  }

  /** How many alarms no incident explains. */
  int falseAlarms() {
    return replays().mapToInt(replay -> replay.falseAlarms(incidents).size()).sum();
  }

  /** The incidents that raised no alarm. */
  List<Incident> unseen() {
    List<Alarm> all = replays().flatMap(replay -> replay.alarms().stream()).toList();
    return incidents.stream().filter(incident -> incident.delay(all).isEmpty()).toList();
  }
}
