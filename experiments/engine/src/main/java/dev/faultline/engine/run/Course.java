package dev.faultline.engine.run;

import dev.faultline.model.event.Entry;
import java.time.Duration;
import java.util.List;

/** The way of a run from its baseline to its end. */
public interface Course {

  /** What is due, by the state of the run and the time since its start; called often. */
  List<Due> due(RunState state, Duration now);

  /** Takes each event as it happens, in order; must not wait, and must not throw. */
  default void on(Entry entry) {}

  /** Called at each look at the gates; must not wait for anything. */
  default void look(Duration now) {}
}
