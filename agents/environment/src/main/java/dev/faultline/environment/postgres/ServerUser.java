package dev.faultline.environment.postgres;

import dev.faultline.environment.lives.Tools;
import dev.faultline.model.world.NotReady;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How programs that refuse to run as root are run all the same.
 *
 * @param prefix what stands before program and arguments
 */
public record ServerUser(List<String> prefix) {

  private static final Duration TRIED_WITHIN = Duration.ofSeconds(10);

  /** Keeps the words unchangeable. */
  public ServerUser {
    prefix = List.copyOf(prefix);
  }

  /**
   * The way that works here: plainly for any user but root; for root in a user namespace, in which
   * the program sees itself as nobody, while its files stay root's and need not be handed over. The
   * signal that a child gets when its parent dies survives the step into the namespace.
   *
   * @throws NotReady when this is root, who may not make a namespace
   */
  public static ServerUser choose(Tools tools) throws NotReady, InterruptedException {
    if (!isRoot()) {
      return new ServerUser(List.of());
    }
    try {
      tools.run(List.of("unshare", "-U", "true"), TRIED_WITHIN);
      return new ServerUser(List.of("unshare", "-U"));
    } catch (IOException refused) {
      throw new NotReady(
          ("PostgreSQL refuses to run as root, and root may not make a user namespace here (%s):"
                  + " run Faultline as another user, or allow user namespaces")
              .formatted(refused.getMessage()),
          refused);
    }
  }

  /** The command, run as that user. */
  public List<String> command(List<String> argv) {
    return Stream.concat(prefix.stream(), argv.stream()).toList();
  }

  private static boolean isRoot() throws NotReady {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException hidden) {
      throw new NotReady("/proc cannot be read: " + hidden.getMessage(), hidden);
    }
  }
}
