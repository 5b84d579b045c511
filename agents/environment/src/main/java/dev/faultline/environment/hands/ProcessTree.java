package dev.faultline.environment.hands;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A program with everything that it has started, known by a mark in the environment that all of
 * them inherit: a process whose parent has ended is nobody's descendant any more.
 */
record ProcessTree(String mark) {

  static final String VARIABLE = "FAULTLINE_COMMAND";
  private static final int ROUNDS = 50;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** A mark that nothing bears yet. */
  static ProcessTree unused() {
    return new ProcessTree(UUID.randomUUID().toString());
  }

  /** Kills them all, also those that are being started meanwhile. */
  void kill(Process root) {
    Stream.concat(root.descendants(), Stream.of(root.toHandle()))
        .forEach(ProcessHandle::destroyForcibly);
    for (int round = 0; round < ROUNDS && (killMarked() || root.isAlive()); round++) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Returns whether there were any. */
  private boolean killMarked() {
    return ProcessHandle.allProcesses()
            .filter(this::bearsMark)
            .filter(ProcessHandle::destroyForcibly)
            .count()
        > 0;
  }

  private boolean bearsMark(ProcessHandle process) {
    try {
      byte[] environment =
          Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ"));
      return Stream.of(new String(environment, StandardCharsets.ISO_8859_1).split("\0"))
          .anyMatch((VARIABLE + "=" + mark)::equals);
    } catch (IOException endedOrNotOurs) {
      return false;
    }
  }
}
