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
   * Posts a request without a body over HTTP, in a connection of its own, as the admin address of
   * Envoy takes them; done when the answer has status 200. No redirect is followed.
   *
   * @param host a name or an address, one of IPv6 without brackets; at most {@value #LONGEST_HOST}
   *     characters
   * @param port from 1 to 65535
   * @param target the path with its query, from the slash on, of what may stand in one; at most
   *     {@value #LONGEST_TARGET} characters
   * @param timeout whole milliseconds, 1 ms to 1 minute
   */
  record Post(String host, int port, String target, Duration timeout) implements FuseAction {

    static final int LONGEST_HOST = 253;
    static final int LONGEST_TARGET = 32 * 1024;
    private static final int LAST_PORT = 65_535;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /**
     * Checks: nothing in it can become another line of the request.
     *
     * @throws IllegalArgumentException when a part is out of its bounds
     */
    public Post {
      if (!host.matches("[A-Za-z0-9.:-]+") || host.length() > LONGEST_HOST) {
        throw new IllegalArgumentException("not a host: '" + host + "'");
      }
      if (port < 1 || port > LAST_PORT) {
        throw new IllegalArgumentException("not a port: " + port);
      }
      if (target.length() > LONGEST_TARGET || !target.matches("/[A-Za-z0-9/?&=%_.~-]*")) {
        throw new IllegalArgumentException("not the target of a request: '" + target + "'");
      }
      Bounds.require("timeout", timeout, Duration.ofMillis(1), LONGEST);
    }

    /** What is sent. */
    byte[] request() {
      String place = host.contains(":") ? "[" + host + "]" : host;
      return """
      POST %s HTTP/1.1\r
      Host: %s:%d\r
      Content-Length: 0\r
      Connection: close\r
      \r
      """
          .formatted(target, place, port)
          .getBytes(StandardCharsets.US_ASCII);
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
