package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Seconds;
import dev.faultline.environment.postgres.ServerReport;
import dev.faultline.model.world.Sighting.Kind;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Watches a cluster: tells how it fails over, starts lost nodes again, and tells when they follow.
 */
final class PatroniWatch implements Runnable {

  private static final Duration CALM = Duration.ofMillis(100);
  private static final Duration TENSE = Duration.ofMillis(25);
  private static final Duration BETWEEN_REPORTS = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final PatroniStart.Started cluster;
  private final BiConsumer<Kind, String> tell;
  private final LeaderStory story;
  private final NodeKeeper keeper;
  private final Map<String, Long> awaited = new ConcurrentHashMap<>();
  private boolean etcdSilent;
  private long nextReport = System.nanoTime();

  /**
   * Nothing is watched yet.
   *
   * @param leader who leads now
   * @param bound how long a node may stay away while nobody else leads
   * @param tell hears what happens
   */
  PatroniWatch(
      PatroniStart.Started cluster, String leader, Duration bound, BiConsumer<Kind, String> tell) {
    this.cluster = cluster;
    this.tell = tell;
    this.story = new LeaderStory(leader, new ClusterSight(cluster), tell);
    this.keeper =
        new NodeKeeper(
            cluster.roster().all().stream().map(PatroniMember::node).toList(),
            bound,
            words -> tell.accept(Kind.NOTE, words));
  }

  /** Watches until the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        look();
        keeper.look(story.leader(), story.isLed(), System.nanoTime());
        reportFollowers();
        Thread.sleep(story.isLed() ? CALM : TENSE);
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      story.look();
      etcdSilent = false;
    } catch (IOException silent) {
      if (!etcdSilent) {
        tell.accept(Kind.NOTE, "etcd does not answer: " + silent.getMessage());
      }
      etcdSilent = true;
    }
  }

  /** A node that was lost, demoted or cut off is worth a word when it follows again. */
  private void reportFollowers() {
    cluster.roster().all().stream()
        .filter(member -> !member.name().equals(story.leader()))
        .filter(member -> member.isCut() || !member.node().isAlive() || !member.isAlive())
        .forEach(member -> awaited.putIfAbsent(member.name(), System.nanoTime()));
    if (awaited.isEmpty() || !story.isLed() || System.nanoTime() - nextReport < 0) {
      return;
    }
    nextReport = System.nanoTime() + BETWEEN_REPORTS.toNanos();
    Optional<PatroniMember> leader = cluster.roster().named(story.leader());
    try {
      if (leader.isPresent()) {
        reportFollowers(leader.get().report(PATIENCE));
      }
    } catch (SQLException silent) {
      // The next look says whether the leader is lost.
    }
  }

  private void reportFollowers(ServerReport report) {
    report.followers().entrySet().stream()
        .filter(follower -> follower.getValue().streaming())
        .forEach(
            follower ->
                Optional.ofNullable(awaited.remove(follower.getKey()))
                    .ifPresent(
                        since ->
                            tell.accept(
                                Kind.NOTE,
                                "%s follows again, after %s"
                                    .formatted(follower.getKey(), Seconds.since(since)))));
  }
}
