package dev.faultline.environment.remote;

import java.io.IOException;

/** Makes connections to one host. */
@FunctionalInterface
interface Connector {

  /**
   * A new connection, whose program waits for its first request.
   *
   * @throws IOException when the host cannot be reached, or the program cannot be brought there
   */
  Connection connect() throws IOException, InterruptedException;
}
