package dev.faultline.environment.packet;

import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NetworkAccess;
import dev.faultline.model.world.NetworkPlace;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.node.host.ProcFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds networks of this machine: by the name that {@code ip netns} gave, by path, by process. */
public final class Networks {

  private static final Path NAMED = Path.of("/run/netns");
  private static final Path OWN = Path.of("/proc/self/ns/net");

  /** CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_ADMIN. */
  private static final long NEEDED = 1L << 12 | 1L << 13 | 1L << 21;

  private Networks() {}

  /** The namespaces of these names and paths. */
  public static Facts facts(List<String> names) {
    List<Instance> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : new TreeSet<>(names)) {
      Path path = name.startsWith("/") ? Path.of(name) : NAMED.resolve(name);
      if (Files.exists(path)) {
        NetworkPlace place = new NetworkPlace(name, path.toString(), Optional.empty());
        found.add(new Instance.NetworkInstance(name, "netns " + path, access(place)));
      } else {
        missing.add(name);
      }
    }
    return new Facts(found, missing, known());
  }

  /** The network that a process is in. */
  public static NetworkAccess of(ProcessRef process, long pid) {
    return access(
        new NetworkPlace(process.name(), "/proc/%d/ns/net".formatted(pid), Optional.of(process)));
  }

  private static List<String> known() {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(NAMED)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (IOException none) {
      // Nobody has made any with 'ip netns'.
      return List.of();
    }
    return List.copyOf(new TreeSet<>(names));
  }

  private static NetworkAccess access(NetworkPlace place) {
    try {
      boolean shared = Files.isSameFile(Path.of(place.path()), OWN);
      return new NetworkAccess(place, shared, lacking());
    } catch (IOException hidden) {
      return new NetworkAccess(
          place,
          false,
          Optional.of(
              "the network of %s cannot be entered: %s"
                  .formatted(place.name(), hidden.getMessage())));
    }
  }

  private static Optional<String> lacking() throws IOException {
    return (ProcFile.rights() & NEEDED) == NEEDED
        ? Optional.empty()
        : Optional.of(
            "packets are disturbed with the rights NET_ADMIN, NET_RAW and SYS_ADMIN, which"
                + " this user lacks; run it as root, or let a lab's relays do it");
  }
}
