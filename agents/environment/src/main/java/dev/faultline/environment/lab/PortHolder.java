package dev.faultline.environment.lab;

import dev.faultline.environment.hands.Listening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process that listens on a port, as far as {@code /proc} shows it to this user.
 *
 * @param pid its number
 * @param command the name of its program
 */
record PortHolder(long pid, String command) {

  /** Who listens on the port; empty when nobody does, or when it cannot be seen. */
  static Optional<PortHolder> of(int port) {
    Listening listening = Listening.on(port);
    if (listening.sockets().isEmpty()) {
      return Optional.empty();
    }
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      return processes
          .filter(process -> listening.isHeldBy(process.pid()))
          .findFirst()
          .map(process -> new PortHolder(process.pid(), commandOf(process.pid())));
    }
  }

  String words() {
    return "%s (pid %d)".formatted(command, pid);
  }

  private static String commandOf(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "comm")).strip();
    } catch (IOException invisible) {
      return "";
    }
  }
}
