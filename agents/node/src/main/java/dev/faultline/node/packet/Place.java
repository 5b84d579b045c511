package dev.faultline.node.packet;

import java.nio.file.Path;
import java.util.Optional;

/** The network namespace in which packets are disturbed. */
public sealed interface Place {

  /** Where this program runs. */
  record Here() implements Place {}

  /**
   * One that has a name or a file.
   *
   * @param path absolute, such as {@code /run/netns/shop}
   */
  record Named(Path path) implements Place {
    /**
     * @throws IllegalArgumentException when the path is not absolute
     */
    public Named {
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException("not an absolute path: " + path);
      }
    }
  }

  /**
   * That of a process, such as one in a container.
   *
   * @param pid at least 1
   */
  record OfProcess(long pid) implements Place {
    /**
     * @throws IllegalArgumentException when it is not a pid
     */
    public OfProcess {
      if (pid < 1 || pid > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("not a process id: " + pid);
      }
    }
  }

  /** What a thread enters; empty when it need not. */
  default Optional<Path> namespace() {
    return switch (this) {
      case Here _ -> Optional.empty();
      case Named(Path path) -> Optional.of(path);
      case OfProcess(long pid) -> Optional.of(Path.of("/proc", Long.toString(pid), "ns", "net"));
    };
  }
}
