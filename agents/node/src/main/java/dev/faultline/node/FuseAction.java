package dev.faultline.node;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One step of an undo that a {@link Fuse} performs. It must be idempotent: it may be repeated. */
public sealed interface FuseAction {

  /** Sends a signal; a process that is gone needs none, which counts as done. */
  record Signal(ProcessIdentity process, PosixSignal signal) implements FuseAction {
    public Signal {
      requireNonNull(process, "process");
      requireNonNull(signal, "signal");
    }
  }

  /**
   * Lets a process have so many descriptors again; a process that is gone needs none.
   *
   * @param limit how many, at least
   */
  record Descriptors(ProcessIdentity process, long limit) implements FuseAction {
    /** Refuses a limit that is none. */
    public Descriptors {
      requireNonNull(process, "process");
      if (limit < 0) {
        throw new IllegalArgumentException("not a limit: " + limit);
      }
    }
  }

  /**
   * Executes a program without a shell; done when it exits with 0.
   *
   * @param argv the program and its arguments, 1 to {@value #MAX_WORDS}; a program without a slash
   *     is looked up in the {@code PATH} of the fuse; the working directory is {@code /}
   * @param environment what to add to the environment of the fuse, at most {@value #MAX_WORDS}
   * @param timeout whole milliseconds, 1 ms to 10 minutes; then the program is killed and the
   *     action has failed
   */
  record Run(List<String> argv, Map<String, String> environment, Duration timeout)
      implements FuseAction {

    static final int MAX_WORDS = 256;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException when a part is out of its bounds or no program could take it
     */
    public Run {
      argv = List.copyOf(argv);
      environment = Collections.unmodifiableMap(new TreeMap<>(environment));
      if (argv.isEmpty() || argv.getFirst().isEmpty()) {
        throw new IllegalArgumentException("no program to run");
      }
      if (argv.size() > MAX_WORDS || environment.size() > MAX_WORDS) {
        throw new IllegalArgumentException("more than " + MAX_WORDS + " arguments or variables");
      }
      argv.forEach(Run::requireWord);
      environment.forEach(Run::requireVariable);
      Bounds.require("timeout", timeout, Duration.ofMillis(1), LONGEST);
    }

    private static void requireVariable(String name, String value) {
      requireWord(name);
      requireWord(value);
      if (name.isEmpty() || name.contains("=")) {
        throw new IllegalArgumentException("not a name of a variable: '" + name + "'");
      }
    }

    private static void requireWord(String word) {
      if (word.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(word)) {
        throw new IllegalArgumentException("holds what no program can be given: '" + word + "'");
      }
    }
  }

  /**
   * Gives commands to a program that takes them at a Unix socket, one line and one connection each,
   * as HAProxy does; done when each answer is blank. The first other answer ends it.
   *
   * @param socket its absolute path, at most {@value #LONGEST_SOCKET} bytes
   * @param lines the commands in order, 1 to {@value #MAX_LINES}, as {@link
   *     CommandSocket#requireOneCommand} takes them
   * @param timeout for all of them together: whole milliseconds, 1 ms to 1 minute
   */
  record Say(Path socket, List<String> lines, Duration timeout) implements FuseAction {

    static final int MAX_LINES = 64;
    static final int LONGEST_SOCKET = 107;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException when a part is out of its bounds or no single command
     */
    public Say {
      lines = List.copyOf(lines);
      String file = socket.toString();
      if (!socket.isAbsolute()
          || file.getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET
          || !StandardCharsets.UTF_8.newEncoder().canEncode(file)) {
        throw new IllegalArgumentException("not an absolute path of a socket: '" + file + "'");
      }
      if (lines.isEmpty() || lines.size() > MAX_LINES) {
        throw new IllegalArgumentException("1 to " + MAX_LINES + " commands, not " + lines.size());
      }
      lines.forEach(CommandSocket::requireOneCommand);
      Bounds.require("timeout", timeout, Duration.ofMillis(1), LONGEST);
    }
  }

  /**
   * Puts a text into a file that is Faultline's, whole and at once, and then has it loaded; where
   * one of the two fails, both are done again, so that a text that comes late is loaded too. The
   * file may have been gone; what is somebody else's by now stays, nothing is loaded, and the
   * action has failed. The text is in the order, so that it is at hand whatever became of the
   * disk's other files.
   *
   * @param file which, and how its texts begin
   * @param text what it is to hold, at most {@value OwnedFile#LONGEST} bytes
   * @param load the program that has it loaded
   */
  record Write(OwnedFile file, String text, Run load) implements FuseAction {
    /**
     * Checks.
     *
     * @throws IllegalArgumentException when the text is none of that file's
     */
    public Write {
      byte[] _ = file.checked(text);
    }
  }
}
