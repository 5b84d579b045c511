package dev.faultline.benchmarks;

import dev.faultline.model.environment.LabDatabase;
import dev.faultline.model.environment.LabDatabase.Patroni;
import dev.faultline.model.environment.LabDatabase.Postgres;
import dev.faultline.model.environment.LabDatabase.Replication;
import dev.faultline.model.world.FailoverKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of the table of failovers.
 *
 * @param title what is compared
 * @param database what is started
 * @param kind how it loses its primary
 */
record Setup(String title, LabDatabase database, FailoverKind kind) {

  static List<Setup> all() {
    List<Setup> all = new ArrayList<>();
    for (Replication replication : Replication.values()) {
      for (int millis : List.of(0, 1, 100)) {
        all.add(pair(replication, millis));
      }
    }
    for (FailoverKind kind :
        List.of(FailoverKind.CRASH, FailoverKind.SERVER_CRASH, FailoverKind.SWITCHOVER)) {
      String how = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      all.add(new Setup("Patroni, 2 nodes, defaults, " + how, new LabDatabase(defaults()), kind));
      all.add(new Setup("Patroni, 3 nodes, tuned, " + how, new LabDatabase(tuned()), kind));
    }
    return all;
  }

  private static Setup pair(Replication replication, int millis) {
    Postgres postgres =
        new Postgres(
            Optional.of(replication),
            millis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis)),
            Optional.empty(),
            Optional.empty());
    String title = "%s, %d ms".formatted(replication.name().toLowerCase(Locale.ROOT), millis);
    return new Setup(title, new LabDatabase(postgres), FailoverKind.CRASH);
  }

  private static Patroni defaults() {
    return new Patroni(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Patroni tuned() {
    return new Patroni(
        Optional.of(3),
        Optional.of(Duration.ofSeconds(20)),
        Optional.of(Duration.ofSeconds(1)),
        Optional.of(Duration.ofSeconds(3)),
        Optional.of(true),
        Optional.of(Duration.ZERO));
  }
}
