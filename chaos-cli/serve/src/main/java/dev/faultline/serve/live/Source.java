package dev.faultline.serve.live;

import java.io.IOException;
import java.util.Optional;

/** Where what a page shows comes from. Asked by one thread, some ten times a second. */
@FunctionalInterface
public interface Source {

  /**
   * What is shown from now on; empty where nothing changed.
   *
   * @throws IOException when it cannot be read any more
   */
  Optional<Shown> look() throws IOException;
}
