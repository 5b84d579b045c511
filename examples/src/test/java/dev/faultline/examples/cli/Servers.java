package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.examples.shop.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Database servers that work in a folder, and what they may leave. A server overwrites its
 * environment, so that it bears no mark; it is known by the folder that it works in. They are
 * looked for again and again while this is open: a dead one can only be blamed by its number.
 */
final class Servers implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Path SEGMENTS = Path.of("/proc/sysvipc/shm");

  private final Path folder;
  private final Set<Path> memoryBefore = sharedMemory();
  private final Set<Long> seen = new ConcurrentSkipListSet<>();
  private final List<String> segmentsBefore;
  private final Thread watch;

  Servers(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    this.segmentsBefore = ids(Files.readAllLines(SEGMENTS));
    this.watch = Thread.ofPlatform().daemon().start(this::watch);
  }

  private void watch() {
    while (!Thread.currentThread().isInterrupted()) {
      seen.addAll(running());
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  /** Those that run now. */
  List<Long> running() {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .filter(process -> worksBelow(process.resolve("cwd")))
          .map(process -> Long.valueOf(process.getFileName().toString()))
          .toList();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  /** Fails unless there were some, and nothing of them is left within a moment. */
  void assertGone() {
    assertThat(seen).as("servers that ran").isNotEmpty();
    Await.until("no server is left", () -> running().isEmpty());
    Await.until("no shared memory is left in " + SEGMENTS, () -> segments().isEmpty());
    Await.until("no shared memory is left in " + MEMORY, this::noMemoryIsLeft);
  }

  private boolean noMemoryIsLeft() {
    Set<Path> left = sharedMemory();
    left.removeAll(memoryBefore);
    return left.isEmpty();
  }

  /** The lines of the kernel's table that one of them made; numbers of processes come again. */
  private List<String> segments() throws IOException {
    return Files.readAllLines(SEGMENTS).stream()
        .skip(1)
        .filter(line -> seen.contains(Long.valueOf(line.strip().split("\\s+")[4])))
        .filter(line -> !segmentsBefore.containsAll(ids(List.of(line))))
        .toList();
  }

  private static List<String> ids(List<String> lines) {
    return lines.stream().map(line -> line.strip().split("\\s+")[1]).toList();
  }

  private static Set<Path> sharedMemory() {
    Set<Path> found = new TreeSet<>();
    try (var files = Files.newDirectoryStream(MEMORY, "PostgreSQL.*")) {
      files.forEach(found::add);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
    return found;
  }

  private boolean worksBelow(Path link) {
    try {
      return Files.readSymbolicLink(link).startsWith(folder);
    } catch (IOException ended) {
      return false;
    }
  }

  @Override
  public void close() {
    watch.interrupt();
    for (long server : running()) {
      ProcessHandle.of(server).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
