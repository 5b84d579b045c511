package dev.faultline.environment.route;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processes in which Nginx serves, and by which share each of them splits. What a file says
 * proves nothing: Nginx goes on as before when it refuses to load it.
 *
 * @param pid the file with the number of their master
 */
public record NginxWorkers(Path pid) {

  private static final int LONGEST_PID = 64;
  private static final int LONGEST_TITLE = 4096;
  private static final int LARGEST_MAP = 8 << 20;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final String MASTER = "nginx: master process";
  private static final String WORKER = "nginx: worker process";
  // A range of addresses, shared, of no file.
  private static final Pattern ZONE =
      Pattern.compile("([0-9a-f]{1,16})-([0-9a-f]{1,16}) rw-s \\S+ \\S+ \\S+ +/dev/zero.*");

  /**
   * What the workers have loaded that take new requests: one thing, save while workers end or
   * begin.
   *
   * @throws RouterTrouble when no Nginx runs there, or a worker does not show what it has loaded
   */
  Set<NginxMark> served(NginxMarks marks) throws RouterTrouble {
    long master = master();
    Set<NginxMark> loaded = new LinkedHashSet<>();
    requireRunning(master);
    for (long worker : workers(master)) {
      requireRunning(worker);
      Optional<List<Long>> zones = zones(worker);
      if (zones.isPresent()) {
        loaded.add(marks.read(zones.get()).orElseThrow(() -> notLoaded(marks)));
      }
    }
    return loaded;
  }

  /**
   * Waits until all workers that take new requests have loaded the same.
   *
   * @throws RouterTrouble when that does not come in time
   */
  void await(NginxMarks marks, NginxMark mark, Duration within) throws RouterTrouble {
    Deadline deadline = Deadline.in(within);
    while (!served(marks).equals(Set.of(mark))) {
      if (deadline.isOver()) {
        throw new RouterTrouble(
            Kind.NOT_TAKEN,
            "Nginx was told to reload, and goes on as before after %d s: see its error log"
                .formatted(within.toSeconds()));
      }
      pause();
    }
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
    long master = number();
    if (!title(master).startsWith(MASTER)) {
      throw new RouterTrouble(
          Kind.NOBODY, "process %d of %s is gone: Nginx has ended".formatted(master, pid));
    }
    return master;
  }

  private long number() throws RouterTrouble {
    try (InputStream in = Files.newInputStream(pid)) {
      String text = new String(in.readNBytes(LONGEST_PID), StandardCharsets.ISO_8859_1).strip();
      if (!text.matches("[1-9][0-9]{0,9}")) {
        throw new RouterTrouble(Kind.UNCLEAR, pid + " holds no process number");
      }
      return Long.parseLong(text);
    } catch (AccessDeniedException denied) {
      throw new RouterTrouble(Kind.DENIED, "this user may not read " + pid);
    } catch (IOException none) {
      throw new RouterTrouble(
          Kind.NOBODY, "%s cannot be read: is Nginx running, with 'pid %s'?".formatted(pid, pid));
    }
  }

  private static void requireRunning(long process) throws RouterTrouble {
    if (ProcessIdentity.of(process).filter(is -> is.state() == ProcessState.STOPPED).isPresent()) {
      throw new RouterTrouble(Kind.SILENT, "process %d of Nginx is stopped".formatted(process));
    }
  }

  /** One that shuts down says so in its title, and one that has not begun has its master's. */
  private static List<Long> workers(long master) {
    return ProcessHandle.of(master).stream()
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid)
        .filter(child -> title(child).equals(WORKER))
        .toList();
  }

  private static String title(long process) {
    try (InputStream in = Files.newInputStream(proc(process, "cmdline"))) {
      return new String(in.readNBytes(LONGEST_TITLE), StandardCharsets.ISO_8859_1)
          .replace('\0', ' ')
          .strip();
    } catch (IOException gone) {
      return "";
    }
  }

  /** The sizes of what it shares with its siblings, in KiB; nothing when it has ended. */
  private static Optional<List<Long>> zones(long process) throws RouterTrouble {
    try (InputStream in = Files.newInputStream(proc(process, "maps"))) {
      String map = new String(in.readNBytes(LARGEST_MAP), StandardCharsets.ISO_8859_1);
      // One that is about to end has no memory any more.
      return map.isEmpty() ? Optional.empty() : Optional.of(sizes(map));
    } catch (AccessDeniedException denied) {
      throw new RouterTrouble(
          Kind.DENIED,
          "this user may not see the memory of process %d, a worker of Nginx: run Faultline as root, or as the user of Nginx"
              .formatted(process));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static List<Long> sizes(String map) {
    return map.lines()
        .map(ZONE::matcher)
        .filter(Matcher::matches)
        .map(range -> (address(range.group(2)) - address(range.group(1))) / 1024)
        .toList();
  }

  private static long address(String hexadecimal) {
    return Long.parseUnsignedLong(hexadecimal, 16);
  }

  private static Path proc(long process, String file) {
    return Path.of("/proc", Long.toString(process), file);
  }

  private static RouterTrouble notLoaded(NginxMarks marks) {
    return new RouterTrouble(
        Kind.NOT_TAKEN,
        "Nginx runs without the file of upstream %s: let its http block include it, and reload it"
            .formatted(marks.name()));
  }
}
