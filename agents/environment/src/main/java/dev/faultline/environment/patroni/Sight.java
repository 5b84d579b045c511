package dev.faultline.environment.patroni;

import java.io.IOException;
import java.util.Optional;

/** What can be seen of a cluster at this moment. */
interface Sight {

  /**
   * The node that holds the lock of the leader.
   *
   * @throws IOException when etcd does not say
   */
  Optional<String> holder() throws IOException, InterruptedException;

  /** Whether the server of a node runs. */
  boolean serverLives(String node);

  /** What the agent of a node says its server does; {@code unknown} when it says nothing. */
  String serverState(String node) throws InterruptedException;

  /** The timeline on which a node takes writes; empty when it takes none. */
  Optional<Long> takesWritesOn(String node);

  /** Whether the role is being taken in order, so that nobody needs to notice. */
  boolean isOrderly();
}
