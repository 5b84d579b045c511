package dev.faultline.app.standing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Where a standing lab says how it is reached. One process at a time has it: a lock of the
 * operating system, gone with the process however that dies.
 */
public final class StandingFolder implements AutoCloseable {

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWN =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;
  private final FileChannel lock;

  private StandingFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Takes a folder, which is made where it is missing; empty when another process has it. */
  public static Optional<StandingFolder> take(Path path) throws IOException {
    Files.createDirectories(path, PRIVATE);
    FileChannel channel =
        FileChannel.open(
            path.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWN);
    if (!locked(channel)) {
      channel.close();
      return Optional.empty();
    }
    StandingFolder folder = new StandingFolder(path, channel);
    folder.clear();
    return Optional.of(folder);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException here) {
      return false;
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** The file that experiments name as their environment. */
  public Path environment() {
    return path.resolve("environment.yaml");
  }

  /** The file with the number of a process. */
  Path pidFile(String process) {
    return pids().resolve(process + ".pid");
  }

  /** Puts a text into a file of it; a reader sees the old one or the new one. */
  void put(Path file, String text) throws IOException {
    if (!Files.isDirectory(pids())) {
      Files.createDirectory(pids(), PRIVATE);
    }
    Path fresh = Files.createTempFile(pids(), "new", "", OWN);
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path pids() {
    return path.resolve("pids");
  }

  private void clear() throws IOException {
    Files.deleteIfExists(environment());
    if (Files.isDirectory(pids())) {
      try (var files = Files.list(pids())) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Forgets how the lab is reached, and lets others have the folder. */
  @Override
  public void close() throws IOException {
    try {
      clear();
    } finally {
      lock.close();
    }
  }
}
