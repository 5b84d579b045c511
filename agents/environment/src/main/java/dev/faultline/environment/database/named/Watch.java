package dev.faultline.environment.database.named;

import dev.faultline.model.world.Sighting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Looks for a new primary once the old one was taken, and tells of it: all that can be seen of a
 * failover from outside. It looks four times a second, over one connection for each node, and for
 * ten minutes at most. Thread-safe.
 */
final class Watch implements AutoCloseable {

  private static final Duration EVERY = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final String database;
  private final Address address;
  private final Consumer<Sighting> sightings;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Thread> thread = Optional.empty();
  private String watched = "";
  private volatile boolean closed;

  Watch(String database, Address address, Consumer<Sighting> sightings) {
    this.database = database;
    this.address = address;
    this.sightings = sightings;
  }

  /** Begins, unless it is on, or was for that very node the last time. */
  void beginAfter(String old) {
    lock.lock();
    try {
      if (!closed && !old.equals(watched) && thread.filter(Thread::isAlive).isEmpty()) {
        watched = old;
        thread =
            Optional.of(
                Thread.ofPlatform()
                    .daemon()
                    .name("database-watch-" + database)
                    .start(() -> watch(old)));
      }
    } finally {
      lock.unlock();
    }
  }

  private void watch(String old) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    Map<String, Connection> connections = new HashMap<>();
    List<String> others = address.nodes().stream().filter(node -> !node.equals(old)).toList();
    try {
      while (!closed && System.nanoTime() < deadline) {
        Optional<String> found =
            others.stream().filter(node -> takesWrites(node, connections)).findFirst();
        if (found.isPresent()) {
          sightings.accept(
              new Sighting(Sighting.Kind.PROMOTED, database, found.get() + " takes writes"));
          return;
        }
        LockSupport.parkNanos(this, EVERY.toNanos());
      }
    } finally {
      connections.values().forEach(Watch::end);
    }
  }

  private boolean takesWrites(String node, Map<String, Connection> connections) {
    try {
      Connection connection = connections.get(node);
      if (connection == null) {
        connection = address.node(node, PATIENCE);
        connections.put(node, connection);
      }
      return !NodeProbe.isStandby(connection);
    } catch (SQLException silent) {
      Optional.ofNullable(connections.remove(node)).ifPresent(Watch::end);
      return false;
    }
  }

  private static void end(Connection connection) {
    try {
      connection.close();
    } catch (SQLException broken) {
      // Then it has ended already.
      return;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      thread.ifPresent(LockSupport::unpark);
    } finally {
      lock.unlock();
    }
  }
}
