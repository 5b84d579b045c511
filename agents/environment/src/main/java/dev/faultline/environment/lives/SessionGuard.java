package dev.faultline.environment.lives;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Ends what processes have started themselves, when this JVM dies: the kernel kills a process of
 * ours then, but not its workers.
 *
 * <p>A shell in a session of its own reads which groups of processes live. The end of its input,
 * which the kernel sees to, is the end of these groups. Thread-safe.
 */
final class SessionGuard implements AutoCloseable {

  // A constant text; all that it reads are numbers. What reads "bye" has nothing to do any more.
  private static final String SCRIPT =
      """
      groups=
      while read -r word group; do
        case $word in
          with) groups="$groups $group" ;;
          without)
            left=
            for one in $groups; do [ "$one" = "$group" ] || left="$left $one"; done
            groups=$left ;;
          bye) exit 0 ;;
        esac
      done
      for group in $groups; do kill -s KILL -- "-$group"; done
      """;

  private final Process shell;

  private SessionGuard(Process shell) {
    this.shell = shell;
  }

  /** Starts the shell. */
  static SessionGuard start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("setsid", "--", "/bin/sh", "-c", SCRIPT))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    return new SessionGuard(builder.start());
  }

  /** From now on the group that a process leads ends with this JVM. */
  synchronized void with(ProcessIdentity leader) throws IOException {
    say("with " + leader.pid());
  }

  /** That group has ended: its number may become another's. */
  synchronized void without(ProcessIdentity leader) {
    sayIfThere("without " + leader.pid());
  }

  /** Ends the shell, and no group. */
  @Override
  public synchronized void close() {
    sayIfThere("bye");
    shell.destroy();
  }

  private void sayIfThere(String line) {
    try {
      say(line);
    } catch (IOException gone) {
      // A shell that is no more ends nothing.
    }
  }

  private void say(String line) throws IOException {
    OutputStream in = shell.getOutputStream();
    in.write((line + "\n").getBytes(US_ASCII));
    in.flush();
  }
}
