package dev.faultline.environment.lives;

import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process that leads a session, and all that stayed in it, even when the leader has ended and the
 * others have got another parent.
 *
 * @param leader the process that began it
 */
public record Session(ProcessIdentity leader) {

  private static final int SESSION = 3;

  /** The living members but the leader. */
  public List<ProcessIdentity> others() {
    // The kernel keeps the number from others while a member lives; hence another leader means that
    // none of ours does.
    if (ProcessIdentity.of(leader.pid()).filter(now -> !now.equals(leader)).isPresent()) {
      return List.of();
    }
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      return processes
          .map(ProcessHandle::pid)
          .filter(pid -> pid != leader.pid() && sessionOf(pid).equals(Optional.of(leader.pid())))
          .flatMap(pid -> ProcessIdentity.of(pid).stream())
          .toList();
    }
  }

  private static Optional<Long> sessionOf(long pid) {
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Optional.of(Long.valueOf(fields[SESSION]));
    } catch (IOException | UncheckedIOException ended) {
      return Optional.empty();
    }
  }
}
