package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Shelf;
import dev.faultline.environment.lives.Tools;
import dev.faultline.model.world.NotReady;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds etcd for tests. */
public final class EtcdKit {

  private EtcdKit() {}

  /** The program; skips the test, with the reason, where it is not to be had. */
  public static Path program(Path folder) throws Exception {
    Lives lives = new Lives();
    try {
      Shelf shelf = new Shelf(PatroniKit.CACHE, new Tools(lives, folder), words -> {});
      return EtcdProgram.ofThisMachine(shelf).find();
    } catch (NotReady missing) {
      return Assumptions.abort("needs etcd: " + missing.getMessage());
    } finally {
      lives.end();
    }
  }
}
