package dev.faultline.node.pod;

import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import dev.faultline.node.packet.engine.PacketRefused;
import dev.faultline.node.packet.kernel.KernelException;
import dev.faultline.node.packet.kernel.Tracing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Keeps the processes of a container still, from its beginning to its end. One thread of its own
 * traces all of theirs: the kernel has bound that to the thread, and lets them go on when it ends,
 * or this process does, in whatever way. Processes that come to the container later, such as those
 * of probes, are not held. Not thread-safe.
 */
final class Stillness implements AutoCloseable {

  private static final Duration STANDS_WITHIN = Duration.ofSeconds(5);
  private static final Duration GOES_WITHIN = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofMillis(10);

  /**
   * How those that are held stand.
   *
   * @param alive how many of them have not ended
   * @param still how many of those stand still
   */
  record Reading(int alive, int still) {}

  private final Containers containers;
  private final String container;
  private final Map<Long, ProcessIdentity> held = new LinkedHashMap<>();
  private final Set<Long> traced = new HashSet<>();
  private final Set<Long> still = new HashSet<>();
  private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("stillness").unstarted(this::hold);
  private volatile boolean over;

  private Stillness(Containers containers, String container) {
    this.containers = containers;
    this.container = container;
  }

  /**
   * Has all processes of a container stand still.
   *
   * @throws PacketRefused when one of them cannot be held, or stood still before; then all go on
   */
  static Stillness begin(Containers containers, String container) throws PacketRefused {
    Stillness stillness = new Stillness(containers, container);
    stillness.thread.start();
    try {
      boolean _ = stillness.begun.get();
      return stillness;
    } catch (ExecutionException failure) {
      stillness.close();
      Throwable cause = Optional.ofNullable(failure.getCause()).orElse(failure);
      throw new PacketRefused(String.valueOf(cause.getMessage()), cause);
    } catch (InterruptedException interrupted) {
      stillness.close();
      Thread.currentThread().interrupt();
      throw new PacketRefused("interrupted", interrupted);
    }
  }

  private void hold() {
    try {
      Tracing tracing = new Tracing();
      holdAll(tracing);
      begun.complete(true);
      while (!over) {
        // Also so that those that end are not kept from whoever waits for them.
        hear(tracing);
        Thread.sleep(BETWEEN);
      }
    } catch (IOException | RuntimeException | Error failure) {
      begun.completeExceptionally(failure);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      begun.completeExceptionally(ended);
    }
  }

  /** Until a look finds no thread that is not held, for those that run can begin others. */
  private void holdAll(Tracing tracing) throws IOException, InterruptedException {
    for (ProcessIdentity process : containers.processes(container)) {
      if (process.state() == ProcessState.STOPPED) {
        throw new PacketRefused(
            "process %d of the container stands still already, and not by this run"
                .formatted(process.pid()));
      }
    }
    long began = System.nanoTime();
    while (holdMore(tracing) || !still.containsAll(traced)) {
      if (System.nanoTime() - began > STANDS_WITHIN.toNanos()) {
        throw new PacketRefused(
            "not all processes of the container stand still within %d s"
                .formatted(STANDS_WITHIN.toSeconds()));
      }
      Thread.sleep(Duration.ofMillis(1));
      hear(tracing);
    }
  }

  private boolean holdMore(Tracing tracing) throws IOException {
    boolean more = false;
    for (ProcessIdentity process : containers.processes(container)) {
      held.putIfAbsent(process.pid(), process);
      for (long one : process.threads()) {
        if (!traced.contains(one)) {
          more |= take(tracing, one);
        }
      }
    }
    return more;
  }

  /** One that those which are held have begun is held without having been asked for. */
  private boolean take(Tracing tracing, long one) throws KernelException, PacketRefused {
    if (tracing.hold(one)) {
      return traced.add(one);
    }
    Optional<String> tracer = tracerOf(one);
    if (tracer.isEmpty()) {
      return false;
    }
    if (tracer.get().equals(thisThread())) {
      return traced.add(one);
    }
    throw new PacketRefused(
        tracer.get().equals("0")
            ? "processes of the container may not be held, which takes the right SYS_PTRACE"
            : "thread %d of the container is traced already, by process %s"
                .formatted(one, tracer.get()));
  }

  /** Who traces a thread, {@code 0} for nobody; empty when it has ended. */
  private static Optional<String> tracerOf(long one) {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/" + one + "/status"));
      boolean ended = lines.stream().anyMatch(line -> line.matches("State:\\s+[ZXx].*"));
      return ended
          ? Optional.empty()
          : lines.stream()
              .filter(line -> line.startsWith("TracerPid:"))
              .map(line -> line.substring("TracerPid:".length()).strip())
              .findFirst();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static String thisThread() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString();
    } catch (IOException hidden) {
      return "";
    }
  }

  private void hear(Tracing tracing) {
    for (Optional<Tracing.Event> event = tracing.next();
        event.isPresent();
        event = tracing.next()) {
      long one = event.get().thread();
      if (event.get().still()) {
        traced.add(one);
        still.add(one);
      } else {
        traced.remove(one);
        still.remove(one);
      }
    }
  }

  /** How they stand, by what the kernel shows of each. */
  Reading read() {
    List<ProcessIdentity> alive =
        held.values().stream().filter(one -> one.state() != ProcessState.GONE).toList();
    return new Reading(alive.size(), (int) alive.stream().filter(ProcessIdentity::isStill).count());
  }

  /**
   * Lets all go on.
   *
   * @return how they stand then
   */
  Reading end() {
    close();
    long began = System.nanoTime();
    Reading now = read();
    while (now.still() > 0 && System.nanoTime() - began < GOES_WITHIN.toNanos()) {
      try {
        Thread.sleep(BETWEEN);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return now;
      }
      now = read();
    }
    return now;
  }

  /** Ends the thread that traces, with which the kernel ends all that it did. */
  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
