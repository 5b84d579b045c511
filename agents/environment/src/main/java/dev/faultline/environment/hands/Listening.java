package dev.faultline.environment.hands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sockets that listen on a port of TCP in our network, and who holds them, as far as {@code
 * /proc} shows it to this user.
 */
public record Listening(Set<String> sockets) {

  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTENS = "0A";

  /** Those of this moment. */
  public static Listening on(int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    return new Listening(
        Stream.of("/proc/net/tcp", "/proc/net/tcp6")
            .flatMap(table -> lines(Path.of(table)).stream())
            .map(line -> line.strip().split("\\s+"))
            .filter(fields -> fields.length > INODE)
            .filter(
                fields -> fields[LOCAL_ADDRESS].endsWith(suffix) && fields[STATE].equals(LISTENS))
            .map(fields -> "socket:[" + fields[INODE] + "]")
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether a process has one of them open; {@code false} where that cannot be seen. */
  public boolean isHeldBy(long pid) {
    Path folder = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(folder)) {
      for (Path descriptor : descriptors) {
        if (sockets.contains(linkOf(descriptor))) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException invisible) {
      return false;
    }
  }

  private static String linkOf(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException | UncheckedIOException invisible) {
      return List.of();
    }
  }
}
