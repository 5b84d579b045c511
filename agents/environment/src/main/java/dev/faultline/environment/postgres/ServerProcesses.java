package dev.faultline.environment.postgres;

import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * All processes of one server: those that carry its name, which it was started with, or that work
 * in its data folder and run its program. Each of them leads a session of its own, and those whose
 * parent has ended are nobody's children any more, so that neither sessions nor parents would tell.
 * In a container root may not see in which folder another user's process works; and Patroni gives
 * its servers names of its own.
 *
 * @param data the data folder
 */
public record ServerProcesses(Path data) {

  private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();
  private static final int ROUNDS = 1500;

  /**
   * The setting {@code cluster_name} of the server, by which its processes are told from others;
   * another one for each data folder of this machine.
   *
   * @throws IOException when there is no such folder
   */
  String clusterName() throws IOException {
    byte[] folder = data.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
    return "faultline-" + UUID.nameUUIDFromBytes(folder);
  }

  /** The living ones, whoever started them. */
  public List<ProcessIdentity> all() {
    try {
      String name = clusterName();
      Path folder = data.toRealPath();
      try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
        return processes
            .map(ProcessHandle::pid)
            .filter(pid -> carries(name, pid) || worksIn(folder, pid))
            .flatMap(pid -> ProcessIdentity.of(pid).stream())
            .toList();
      }
    } catch (IOException noFolder) {
      return List.of();
    }
  }

  /** Whether a process is one of them; a look at that one alone. */
  public boolean has(ProcessIdentity process) {
    try {
      boolean ours =
          carries(clusterName(), process.pid()) || worksIn(data.toRealPath(), process.pid());
      return ours && process.state() != ProcessState.GONE;
    } catch (IOException noFolder) {
      return false;
    }
  }

  /** The one whose title begins so, such as {@code walsender}. */
  Optional<ProcessIdentity> titled(String beginning) {
    try {
      String title = title(clusterName()) + beginning;
      return all().stream()
          .filter(process -> commandLine(process.pid()).startsWith(title))
          .findFirst();
    } catch (IOException noFolder) {
      return Optional.empty();
    }
  }

  /**
   * Kills them all, as if the machine lost its power: the first of them is stopped before, so that
   * it can neither react nor start others.
   *
   * @return whether none is left, within some seconds
   */
  public boolean kill(Optional<ProcessIdentity> postmaster) {
    postmaster.ifPresent(first -> first.signal(PosixSignal.STOP));
    for (int round = 0; round < ROUNDS; round++) {
      List<ProcessIdentity> living = all();
      List<ProcessIdentity> others =
          living.stream().filter(process -> !postmaster.equals(Optional.of(process))).toList();
      // The first goes last: nothing of it can be started any more.
      List<ProcessIdentity> next = others.isEmpty() ? living : others;
      if (next.isEmpty()) {
        return true;
      }
      next.forEach(process -> process.signal(PosixSignal.KILL));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return all().isEmpty();
  }

  private static boolean worksIn(Path folder, long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(folder)
          && Files.readSymbolicLink(process.resolve("exe")).endsWith("bin/postgres");
    } catch (IOException endedOrNotOurs) {
      return false;
    }
  }

  /** The first process keeps its arguments; the others have a title instead. */
  private static boolean carries(String name, long pid) {
    String words = commandLine(pid);
    return words.startsWith(title(name))
        || List.of(words.split("\0")).contains("cluster_name=" + name);
  }

  private static String title(String name) {
    return "postgres: %s: ".formatted(name);
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }
}
