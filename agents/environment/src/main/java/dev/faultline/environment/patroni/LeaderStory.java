package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Seconds;
import dev.faultline.model.world.Sighting.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Tells how a cluster loses its leader and gets another, from looks at its lock and its nodes. For
 * one thread at a time.
 */
final class LeaderStory {

  /** Where the story stands. */
  private sealed interface Chapter {
    /** The leader leads. */
    record Led() implements Chapter {}

    /** The server of the leader is gone, while the leader keeps its lock. */
    record ServerGone(boolean noticed, boolean starting) implements Chapter {}

    /** Nobody holds the lock. */
    record Unled() implements Chapter {}

    /** A node holds the lock, and takes no writes yet. */
    record Elected(String node, long nanoTime) implements Chapter {}
  }

  private final Sight sight;
  private final BiConsumer<Kind, String> tell;
  private volatile String leader;
  private volatile Chapter chapter = new Chapter.Led();

  /**
   * Begins with a leader that leads.
   *
   * @param tell hears what happens
   */
  LeaderStory(String leader, Sight sight, BiConsumer<Kind, String> tell) {
    this.leader = leader;
    this.sight = sight;
    this.tell = tell;
  }

  /** The node that took writes last. */
  String leader() {
    return leader;
  }

  /** Whether the leader leads, as far as was seen. */
  boolean isLed() {
    return chapter instanceof Chapter.Led;
  }

  /**
   * Looks, and tells what is new.
   *
   * @throws IOException when etcd does not say who leads; nothing was told then
   */
  void look() throws IOException, InterruptedException {
    Optional<String> holder = sight.holder();
    chapter =
        switch (chapter) {
          case Chapter.Led led -> lookAtLeader(holder, led);
          case Chapter.ServerGone gone -> lookAtServer(holder, gone);
          case Chapter.Unled unled -> holder.isEmpty() ? unled : elected(holder.get());
          case Chapter.Elected elected -> lookAtElected(holder, elected);
        };
  }

  private Chapter lookAtLeader(Optional<String> holder, Chapter before) {
    if (!holder.equals(Optional.of(leader))) {
      return unlocked(holder, sight.isOrderly());
    }
    return sight.serverLives(leader) ? before : new Chapter.ServerGone(false, false);
  }

  private Chapter lookAtServer(Optional<String> holder, Chapter.ServerGone gone)
      throws InterruptedException {
    if (!holder.equals(Optional.of(leader))) {
      return unlocked(holder, sight.isOrderly() || gone.noticed());
    }
    String state = sight.isOrderly() ? "unknown" : sight.serverState(leader);
    boolean noticed = gone.noticed() || isNoticed(state);
    if (noticed && !gone.noticed()) {
      tell.accept(Kind.DETECTED, "the agent of %s noticed that its server ended".formatted(leader));
    }
    boolean starting = gone.starting() || state.equals("starting");
    if (starting && !gone.starting()) {
      tell.accept(Kind.MITIGATED, "the agent of %s starts its server again".formatted(leader));
    }
    Optional<Long> timeline = sight.takesWritesOn(leader);
    if (timeline.isPresent()) {
      tell.accept(
          Kind.PROMOTED, "%s takes writes again on timeline %d".formatted(leader, timeline.get()));
      return new Chapter.Led();
    }
    return new Chapter.ServerGone(noticed, starting);
  }

  private static boolean isNoticed(String state) {
    return !state.equals("running") && !state.equals("unknown");
  }

  private Chapter lookAtElected(Optional<String> holder, Chapter.Elected elected) {
    if (!holder.equals(Optional.of(elected.node()))) {
      leader = elected.node();
      return unlocked(holder, sight.isOrderly());
    }
    Optional<Long> timeline = sight.takesWritesOn(elected.node());
    if (timeline.isEmpty()) {
      return elected;
    }
    leader = elected.node();
    tell.accept(
        Kind.PROMOTED,
        "%s takes writes on timeline %d, after %s"
            .formatted(
                leader,
                timeline.get(),
                Seconds.precise(Duration.ofNanos(System.nanoTime() - elected.nanoTime()))));
    return new Chapter.Led();
  }

  private Chapter unlocked(Optional<String> holder, boolean known) {
    tell.accept(
        known ? Kind.NOTE : Kind.DETECTED,
        "%s no longer holds the leader's lock".formatted(leader));
    return holder.<Chapter>map(this::elected).orElseGet(Chapter.Unled::new);
  }

  private Chapter elected(String node) {
    tell.accept(Kind.MITIGATED, "%s holds the leader's lock: it is elected".formatted(node));
    return new Chapter.Elected(node, System.nanoTime());
  }
}
