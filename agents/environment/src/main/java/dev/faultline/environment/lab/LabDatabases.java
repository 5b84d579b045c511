package dev.faultline.environment.lab;

import dev.faultline.environment.database.DatabasePlan;
import dev.faultline.environment.postgres.PairPlan;
import dev.faultline.model.environment.LabDatabase;
import dev.faultline.model.environment.LabDatabase.Patroni;
import dev.faultline.model.environment.LabDatabase.Postgres;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Instance.DatabaseInstance;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.NotReady;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** What there is to know about each kind of database that a lab can start. */
final class LabDatabases {

  private LabDatabases() {}

  /** The ports that it needs, by names of its own. */
  static List<String> portNames(String name, LabDatabase database) {
    return switch (database.server()) {
      case Postgres pair -> PairPlan.portNames(name, pair);
      case Patroni cluster -> List.of();
    };
  }

  /** Its processes, as targets may name them, while none of them runs. */
  static List<ProcessInstance> processes(String name, LabDatabase database) {
    return switch (database.server()) {
      case Postgres pair -> PairPlan.atRest(name, pair);
      case Patroni cluster -> List.of();
    };
  }

  /** What it is while it does not run. */
  static DatabaseInstance atRest(String name, LabDatabase database) {
    return switch (database.server()) {
      case Postgres pair -> PairPlan.atRest(name);
      case Patroni cluster ->
          new DatabaseInstance(name, "lab database " + name, Optional.empty(), Optional.empty());
    };
  }

  /** How its nodes stand while it does not run. */
  static DatabaseState down(String name, LabDatabase database) {
    return switch (database.server()) {
      case Postgres pair -> PairPlan.down(name, pair);
      case Patroni cluster -> new DatabaseState(List.of(), Map.of());
    };
  }

  /**
   * The database with its place and ports.
   *
   * @param folder its own
   * @param port the port of each of its names
   * @throws NotReady when a lab cannot start one of this kind
   */
  static DatabasePlan plan(
      String name, LabDatabase database, Path folder, ToIntFunction<String> port) throws NotReady {
    return switch (database.server()) {
      case Postgres pair -> PairPlan.of(name, pair, folder, port);
      case Patroni cluster ->
          throw new NotReady(
              "%s: a lab cannot start Patroni; use 'postgres', which brings a failover controller"
                  .formatted(name));
    };
  }
}
