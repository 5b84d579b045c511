package dev.faultline.environment.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that listens on a port, as far as {@code /proc} shows it to this user.
 *
 * @param pid its number
 * @param command the name of its program
 */
record PortHolder(long pid, String command) {

  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTENS = "0A";

  /** Who listens on the port; empty when nobody does, or when it cannot be seen. */
  static Optional<PortHolder> of(int port) {
    Set<String> sockets = socketsListeningOn(port);
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      return processes
          .filter(process -> holdsAny(process.pid(), sockets))
          .findFirst()
          .map(process -> new PortHolder(process.pid(), commandOf(process.pid())));
    }
  }

  String words() {
    return "%s (pid %d)".formatted(command, pid);
  }

  private static Set<String> socketsListeningOn(int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> lines(Path.of(table)).stream())
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields.length > INODE)
        .filter(fields -> fields[LOCAL_ADDRESS].endsWith(suffix) && fields[STATE].equals(LISTENS))
        .map(fields -> "socket:[" + fields[INODE] + "]")
        .collect(Collectors.toSet());
  }

  private static boolean holdsAny(long pid, Set<String> sockets) {
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

  private static String commandOf(long pid) {
    return String.join("", lines(Path.of("/proc", Long.toString(pid), "comm")));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException | UncheckedIOException invisible) {
      return List.of();
    }
  }
}
