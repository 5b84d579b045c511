package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Outcome;
import dev.faultline.model.environment.Database;
import dev.faultline.model.environment.Store;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.gate.Ledger;
import dev.faultline.model.gate.Sql;
import java.util.Optional;

/** Refuses gates that have no meaning for a database that is a key-value store. */
final class KeyValueStores {

  private KeyValueStores() {}

  /**
   * Looks at the gates of an experiment.
   *
   * @throws Unplannable when one asks an etcd for SQL or for its timelines
   */
  static void require(LoadedExperiment experiment) throws Unplannable {
    for (Gate gate : experiment.spec().gates()) {
      if (gate.signal() instanceof Sql sql && isEtcd(experiment, sql.database())) {
        throw refused(gate, "%s is an etcd, which knows no SQL".formatted(sql.database()));
      }
      if (gate.signal() instanceof Ledger(Ledger.Figure figure)
          && figure == Ledger.Figure.OVERLAPPING
          && keepsItInEtcd(experiment)) {
        throw refused(
            gate, "an etcd has no timelines, by which 'overlapping' is counted; use 'lost'");
      }
    }
  }

  private static Unplannable refused(Gate gate, String why) {
    return new Unplannable(Outcome.NOT_READY, "gate %s: %s".formatted(gate.name(), why));
  }

  private static boolean keepsItInEtcd(LoadedExperiment experiment) {
    return experiment
        .spec()
        .ledger()
        .filter(ledger -> isEtcd(experiment, ledger.database()))
        .isPresent();
  }

  private static boolean isEtcd(LoadedExperiment experiment, String database) {
    return Optional.ofNullable(experiment.environment().databases().get(database))
        .map(Database::store)
        .filter(Store.Etcd.class::isInstance)
        .isPresent();
  }
}
