package dev.faultline.environment.patroni;

import dev.faultline.environment.postgres.ServerReport;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * What the lab sees of its cluster, past the doors that a partition shuts.
 *
 * @param cluster what was started
 */
record ClusterSight(PatroniStart.Started cluster) implements Sight {

  private static final Duration PATIENCE = Duration.ofMillis(500);

  @Override
  public Optional<String> holder() throws IOException, InterruptedException {
    return cluster.lock().holder();
  }

  @Override
  public boolean serverLives(String node) {
    return cluster.roster().named(node).map(PatroniMember::isAlive).orElse(false);
  }

  @Override
  public String serverState(String node) throws InterruptedException {
    Optional<PatroniMember> member = cluster.roster().named(node);
    try {
      return member.isPresent() ? member.get().api().serverState() : "unknown";
    } catch (IOException silent) {
      return "unknown";
    }
  }

  @Override
  public Optional<Long> takesWritesOn(String node) {
    Optional<PatroniMember> member = cluster.roster().named(node);
    try {
      return member.isPresent()
          ? Optional.of(member.get().report(PATIENCE))
              .filter(ServerReport::primary)
              .flatMap(ServerReport::timeline)
          : Optional.empty();
    } catch (SQLException silent) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isOrderly() {
    return cluster.roster().isOrderly();
  }
}
