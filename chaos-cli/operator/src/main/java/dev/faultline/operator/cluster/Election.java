package dev.faultline.operator.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who of the replicas begins runs: the one that holds a Lease. Whoever loses it, as the API server
 * was away, stands again. Thread-safe.
 */
public final class Election implements AutoCloseable {

  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final LeaderElectionConfig config;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable CompletableFuture<?> standing;
  private volatile boolean leading;
  private boolean over;

  /**
   * An election that has not begun.
   *
   * @param namespace where the Lease is
   * @param me this replica
   */
  public Election(KubernetesClient client, String namespace, String me) {
    this.client = client;
    this.config =
        new LeaderElectionConfigBuilder()
            .withName("faultline-operator")
            .withLeaseDuration(LEASE)
            .withRenewDeadline(DEADLINE)
            .withRetryPeriod(RETRY)
            .withReleaseOnCancel(true)
            .withLock(new LeaseLock(namespace, "faultline-operator", me))
            .withLeaderCallbacks(
                new LeaderCallbacks(() -> leading = true, () -> leading = false, _ -> {}))
            .build();
  }

  /** Stands for it, again and again. */
  public synchronized void stand() {
    if (over) {
      return;
    }
    CompletableFuture<?> round = new LeaderElector(client, config, threads).start();
    standing = round;
    var _ =
        round.whenComplete(
            (_, _) -> {
              leading = false;
              CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS, threads)
                  .execute(this::stand);
            });
  }

  /** Whether this replica is the leader. */
  public boolean leading() {
    return leading;
  }

  /** Gives the Lease back, where this replica has it. */
  @Override
  public synchronized void close() {
    over = true;
    CompletableFuture<?> round = standing;
    if (round != null) {
      round.cancel(true);
    }
    threads.shutdown();
  }
}
