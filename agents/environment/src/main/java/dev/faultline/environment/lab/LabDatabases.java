package dev.faultline.environment.lab;

import dev.faultline.environment.database.DatabasePlan;
import dev.faultline.environment.patroni.PatroniPlan;
import dev.faultline.environment.postgres.PairPlan;
import dev.faultline.model.environment.LabDatabase;
import dev.faultline.model.environment.LabDatabase.Patroni;
import dev.faultline.model.environment.LabDatabase.Postgres;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Instance.DatabaseInstance;
import dev.faultline.model.world.Instance.ProcessInstance;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;

/** What there is to know about each kind of database that a lab can start. */
final class LabDatabases {

  private LabDatabases() {}

  /** The ports that it needs, by names of its own. */
  static List<String> portNames(String name, LabDatabase database) {
    return switch (database.server()) {
      case Postgres pair -> PairPlan.portNames(name, pair);
      case Patroni cluster -> PatroniPlan.portNames(name, cluster);
    };
  }

  /** Its processes, as targets may name them, while none of them runs. */
  static List<ProcessInstance> processes(String name, LabDatabase database) {
    return switch (database.server()) {
      case Postgres pair -> PairPlan.atRest(name, pair);
      case Patroni cluster -> PatroniPlan.atRest(name, cluster);
    };
  }

  /** What it is while it does not run. */
  static DatabaseInstance atRest(String name, LabDatabase database) {
    return switch (database.server()) {
      case Postgres pair -> PairPlan.atRest(name);
      case Patroni cluster -> PatroniPlan.atRest(name);
    };
  }

  /** How its nodes stand while it does not run. */
  static DatabaseState down(String name, LabDatabase database) {
    return switch (database.server()) {
      case Postgres pair -> PairPlan.down(name, pair);
      case Patroni cluster -> PatroniPlan.down(name, cluster);
    };
  }

  /**
   * The database with its place and ports.
   *
   * @param folder its own
   * @param port the port of each of its names
   */
  static DatabasePlan plan(
      String name, LabDatabase database, Path folder, ToIntFunction<String> port) {
    return switch (database.server()) {
      case Postgres pair -> PairPlan.of(name, pair, folder, port);
      case Patroni cluster -> PatroniPlan.of(name, cluster, folder, port);
    };
  }
}
