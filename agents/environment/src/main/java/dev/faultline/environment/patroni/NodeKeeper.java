package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Seconds;
import dev.faultline.environment.postgres.NodeFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts nodes again whose agent has ended, as whoever repairs a machine would.
 *
 * <p>Not before another node leads: an agent that is back while its lock still lives goes on as the
 * leader, and nothing would fail over. Where nobody takes over, it is started after a bound, so
 * that the cluster stands again. For one thread at a time.
 */
final class NodeKeeper {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** A node that can be started again. */
  interface Kept {
    String name();

    boolean isAlive();

    void start() throws NodeFailure, InterruptedException;
  }

  private final List<? extends Kept> nodes;
  private final Duration bound;
  private final Consumer<String> note;
  private final Map<String, Long> goneSince = new HashMap<>();
  private final Map<String, Long> succeededSince = new HashMap<>();

  /**
   * Nothing is started yet.
   *
   * @param bound how long a node may stay away while nobody else leads
   * @param note hears what is done
   */
  NodeKeeper(List<? extends Kept> nodes, Duration bound, Consumer<String> note) {
    this.nodes = List.copyOf(nodes);
    this.bound = bound;
    this.note = note;
  }

  /**
   * Looks, and starts what is due.
   *
   * @param leader who took writes last
   * @param led whether it leads now
   * @param now a reading of the monotonic clock, in nanoseconds
   */
  void look(String leader, boolean led, long now) throws InterruptedException {
    for (Kept node : nodes) {
      if (node.isAlive()) {
        forget(node.name());
        continue;
      }
      long gone = goneSince.computeIfAbsent(node.name(), _ -> now);
      if (led && !leader.equals(node.name())) {
        succeededSince.putIfAbsent(node.name(), now);
      }
      Long succeeded = succeededSince.get(node.name());
      boolean due = succeeded != null && now - succeeded >= PAUSE.toNanos();
      if (due || now - gone >= bound.toNanos()) {
        start(node, due ? "%s leads".formatted(leader) : "nobody else leads", now - gone);
      }
    }
  }

  private void start(Kept node, String why, long gone) throws InterruptedException {
    forget(node.name());
    try {
      node.start();
      note.accept(
          "starting %s again, after %s: %s"
              .formatted(node.name(), Seconds.words(Duration.ofNanos(gone)), why));
    } catch (NodeFailure failure) {
      note.accept(String.valueOf(failure.getMessage()));
    }
  }

  private void forget(String name) {
    goneSince.remove(name);
    succeededSince.remove(name);
  }
}
