package dev.faultline.engine.run;

import dev.faultline.model.event.Event;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records how the databases of an experiment stand before its faults and at its end, for whoever
 * reads the journal. For the thread of the run only.
 */
final class DatabaseLooks {

  /** A lost node is often still being rebuilt when its clients have long been served again. */
  private static final Duration STAND_WITHIN = Duration.ofSeconds(20);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Set<NodeRole> ANSWERS = EnumSet.of(NodeRole.PRIMARY, NodeRole.STANDBY);

  private final List<String> databases;
  private final Stepper stepper;
  private final Recorder recorder;
  private final Clock clock;
  private final Map<String, DatabaseState> before = new LinkedHashMap<>();

  DatabaseLooks(List<String> databases, Stepper stepper, Recorder recorder, Clock clock) {
    this.databases = databases;
    this.stepper = stepper;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** Looks before anything is done to them. */
  void before() {
    for (String database : databases) {
      look(database)
          .ifPresent(
              state -> {
                before.put(database, state);
                recorder.record(new Event.DatabaseRead(database, state));
              });
    }
  }

  /** Looks once all is withdrawn: gives nodes that answered before time to do so again. */
  void after() {
    Duration patience = clock.ticks().plus(STAND_WITHIN);
    for (String database : databases) {
      settled(database, patience)
          .ifPresent(state -> recorder.record(new Event.DatabaseRead(database, state)));
    }
  }

  private Optional<DatabaseState> settled(String database, Duration patience) {
    Optional<DatabaseState> now = look(database);
    try {
      while (now.isPresent()
          && answering(now.get()) < answering(before.getOrDefault(database, now.get()))
          && !recorder.state().stoppedFor(StopReason.HALTED)
          && clock.ticks().compareTo(patience) < 0) {
        clock.sleep(BETWEEN_LOOKS);
        now = look(database);
      }
    } catch (InterruptedException halted) {
      recorder.stop(StopReason.HALTED, "interrupted");
    }
    return now;
  }

  private static long answering(DatabaseState state) {
    return state.nodes().stream().filter(node -> ANSWERS.contains(node.role())).count();
  }

  private Optional<DatabaseState> look(String database) {
    return stepper.ask(new Query.DatabaseStatus(database)) instanceof Answer.DatabaseIs is
        ? Optional.of(is.state())
        : Optional.empty();
  }
}
