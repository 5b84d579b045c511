package dev.faultline.node;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one process for ever: a pid alone is reused, a pid with its start time and boot is not.
 *
 * <p>Pids are those of the pid namespace in which this program runs. Immutable and thread-safe.
 *
 * @param bootId the kernel's random id of the current boot, a lower-case UUID
 * @param pid the process id, positive
 * @param startTicks when the process started, in clock ticks since boot
 */
public record ProcessIdentity(String bootId, long pid, long startTicks) {

  private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Pattern BOOT = Pattern.compile(UUID);
  private static final Pattern TEXT =
      Pattern.compile("(" + UUID + "):([1-9][0-9]{0,9}):(0|[1-9][0-9]{0,17})");

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException when one of them cannot be
   */
  public ProcessIdentity {
    requireNonNull(bootId, "bootId");
    if (!BOOT.matcher(bootId).matches()) {
      throw new IllegalArgumentException("not a boot id: '" + bootId + "'");
    }
    if (pid < 1 || pid > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("not a process id: " + pid);
    }
    if (startTicks < 0) {
      throw new IllegalArgumentException("not a start time: " + startTicks);
    }
  }

  /**
   * The process that has this pid now; empty when there is none, or only a zombie.
   *
   * @throws UncheckedIOException when the process exists but {@code /proc} does not show it to us
   */
  public static Optional<ProcessIdentity> of(long pid) {
    return ProcStat.of(pid)
        .map(stat -> new ProcessIdentity(Boot.ID, pid, stat.startTicks()))
        .filter(identity -> identity.state() != ProcessState.GONE);
  }

  /** This very process. */
  public static ProcessIdentity self() {
    return of(ProcessHandle.current().pid()).orElseThrow();
  }

  /**
   * Reads back what {@link #text()} wrote.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static ProcessIdentity parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "not a process identity: '" + text + "' (expected BOOT-ID:PID:START-TICKS)");
    }
    return new ProcessIdentity(
        requireNonNull(parts.group(1)),
        Long.parseLong(requireNonNull(parts.group(2))),
        Long.parseLong(requireNonNull(parts.group(3))));
  }

  /** The compact form {@code BOOT-ID:PID:START-TICKS}, which holds no white space. */
  public String text() {
    return bootId + ":" + pid + ":" + startTicks;
  }

  /**
   * What has become of this process.
   *
   * <p>A process whose first thread has ended while others live is not gone, although its own entry
   * reads as a zombie: it is in the state of a living thread.
   *
   * @throws UncheckedIOException when the process exists but {@code /proc} does not show it to us:
   *     not to be seen is not to be gone
   */
  public ProcessState state() {
    if (!bootId.equals(Boot.ID)) {
      return ProcessState.GONE;
    }
    return ProcStat.of(pid)
        .filter(stat -> stat.startTicks() == startTicks)
        .flatMap(stat -> stat.ended() ? ProcStat.livingThreadOf(pid) : Optional.of(stat))
        .map(stat -> stat.stopped() ? ProcessState.STOPPED : ProcessState.RUNNING)
        .orElse(ProcessState.GONE);
  }

  /**
   * The numbers of its threads, in order; none when it has ended.
   *
   * @throws UncheckedIOException when {@code /proc} does not show them to us
   */
  public List<Long> threads() {
    return state() == ProcessState.GONE ? List.of() : ProcStat.threadsOf(pid);
  }

  /**
   * Whether none of its threads can run: each is stopped, held by who traces it, or has ended.
   *
   * @throws UncheckedIOException when {@code /proc} does not show them to us
   */
  public boolean isStill() {
    return threads().stream()
        .flatMap(thread -> ProcStat.of(thread).stream())
        .allMatch(stat -> stat.stopped() || stat.ended());
  }

  /**
   * Sends a signal to this process and to no other.
   *
   * <p>Where native access is enabled and the kernel has pid file descriptors (5.3 and newer), a
   * pid that is reused between the check and the signal cannot be hit. Elsewhere {@code kill} is
   * executed right after the check, which leaves a gap of milliseconds.
   */
  public SignalResult signal(PosixSignal signal) {
    try {
      return PidFd.signal(this, signal).orElseGet(() -> KillCommand.signal(this, signal));
    } catch (UncheckedIOException hidden) {
      return new SignalResult.Denied("/proc does not show process " + pid + ": " + hidden);
    }
  }

  /** Read once: it cannot change while this process lives. */
  private static final class Boot {
    private static final String ID = read();

    private static String read() {
      try {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
