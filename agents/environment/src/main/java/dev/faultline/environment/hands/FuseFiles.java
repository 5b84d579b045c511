package dev.faultline.environment.hands;

import dev.faultline.node.Fired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the fuses of a run keep their leases: one for each life of a fuse, as a fuse may be armed
 * again under its name.
 */
record FuseFiles(Path folder) {

  private static final int MOST_LIVES = 10_000;

  FuseFiles {
    folder = folder.toAbsolutePath();
  }

  /** A lease that was never used. */
  Path unused(String name) {
    return lease(name, lives(name));
  }

  /** What the latest life of a fuse left behind when it fired. */
  Optional<Fired> fired(String name) throws IOException {
    int lives = lives(name);
    return lives == 0 ? Optional.empty() : Fired.read(Fired.path(lease(name, lives - 1), name));
  }

  /** Whether a lease is one of the run's. */
  boolean holds(Path lease) {
    return folder.equals(lease.getParent());
  }

  private int lives(String name) {
    int life = 0;
    while (life < MOST_LIVES && Files.exists(lease(name, life))) {
      life++;
    }
    return life;
  }

  private Path lease(String name, int life) {
    return folder.resolve("fuse-%s.%d.lease".formatted(name, life));
  }
}
