package dev.faultline.environment.route;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.route.RouterTrouble.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The processes in which Nginx serves. A reload that took starts others, and tells the old ones to
 * finish what they have; one that did not leaves them as they are.
 *
 * @param pid the file with the number of their master
 */
public record NginxWorkers(Path pid) {

  /** No worker. */
  static final Seen NOBODY = new Seen(0, Set.of());

  private static final int LONGEST_PID = 64;
  private static final int LONGEST_TITLE = 4096;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /**
   * Those that take new requests.
   *
   * @param master the number of their master
   * @param workers their numbers
   */
  record Seen(long master, Set<Long> workers) {}

  /**
   * Those of now.
   *
   * @throws RouterTrouble when no Nginx runs there
   */
  Seen seen() throws RouterTrouble {
    long master = master();
    ProcessHandle process = ProcessHandle.of(master).orElseThrow(() -> nobody(master));
    return new Seen(
        master,
        process
            .children()
            .map(ProcessHandle::pid)
            .filter(NginxWorkers::takesRequests)
            .collect(Collectors.toSet()));
  }

  /**
   * Waits until only others take new requests.
   *
   * @throws RouterTrouble when that does not come in time
   */
  void awaitOthers(Seen old, Duration within) throws RouterTrouble {
    Deadline deadline = Deadline.in(within);
    while (!isOther(old)) {
      if (deadline.isOver()) {
        throw new RouterTrouble(
            Kind.NOT_TAKEN,
            "Nginx was told to reload, and process %d started no new workers within %d s: see its error log"
                .formatted(old.master(), within.toSeconds()));
      }
      pause();
    }
  }

  private boolean isOther(Seen old) throws RouterTrouble {
    Set<Long> now = seen().workers();
    return !now.isEmpty() && now.stream().noneMatch(old.workers()::contains);
  }

  private static void pause() throws RouterTrouble {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RouterTrouble(Kind.UNCLEAR, "interrupted while Nginx was loading");
    }
  }

  private long master() throws RouterTrouble {
    try (InputStream in = Files.newInputStream(pid)) {
      String text = new String(in.readNBytes(LONGEST_PID), StandardCharsets.ISO_8859_1).strip();
      if (!text.matches("[1-9][0-9]{0,9}")) {
        throw new RouterTrouble(Kind.UNCLEAR, pid + " holds no process number");
      }
      return Long.parseLong(text);
    } catch (IOException none) {
      throw new RouterTrouble(
          Kind.NOBODY, "%s cannot be read: is Nginx running, with 'pid %s'?".formatted(pid, pid));
    }
  }

  private RouterTrouble nobody(long master) {
    return new RouterTrouble(
        Kind.NOBODY, "process %d of %s is gone: Nginx has ended".formatted(master, pid));
  }

  /** One that shuts down, or has just ended, says so in its title. */
  private static boolean takesRequests(long process) {
    try (InputStream in = Files.newInputStream(Path.of("/proc", process + "", "cmdline"))) {
      String title =
          new String(in.readNBytes(LONGEST_TITLE), StandardCharsets.ISO_8859_1)
              .replace('\0', ' ')
              .strip();
      return title.equals("nginx: worker process");
    } catch (IOException gone) {
      return false;
    }
  }
}
