package dev.faultline.environment.database;

import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.NotReady;
import dev.faultline.node.relay.Relay;
import java.util.List;
import java.util.Optional;

/** A database that a lab starts, and that ends with the lab. Used for one start. */
public interface StartedDatabase extends ManagedDatabase {

  /**
   * Starts it, and waits until it is whole: all its nodes are there and follow.
   *
   * @throws NotReady when it cannot; the rest is ended by {@link #end}
   */
  void start() throws NotReady, InterruptedException;

  /**
   * From now on its own failover works.
   *
   * @throws NotReady when a node has ended since the start
   */
  void watch() throws NotReady;

  /** What stands behind the name of one of its processes now; empty when it has none such. */
  Optional<ProcessInstance> process(String name);

  /** The relays between its nodes; none where it has none, or none yet. */
  default List<Relay> replication() {
    return List.of();
  }

  /** From now on nothing is repaired any more. */
  void announceEnd();

  /** Ends all of it at once; leaves its folder. May be called twice. */
  void end() throws InterruptedException;

  @Override
  default boolean endsWithRun() {
    return true;
  }
}
