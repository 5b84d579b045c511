package dev.faultline.environment.postgres;

import dev.faultline.environment.lives.Tools;
import dev.faultline.model.world.NotReady;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How programs that refuse to run as root are run all the same.
 *
 * @param prefix what stands before program and arguments
 */
record ServerUser(List<String> prefix) {

  private static final Duration TRIED_WITHIN = Duration.ofSeconds(10);

  // A change of user makes the kernel forget the signal of the parent's death: it is asked for
  // again, and a parent that died in between is noticed.
  private static final String GATE = "[ \"$PPID\" = \"$0\" ] && exec \"$@\"";

  ServerUser {
    prefix = List.copyOf(prefix);
  }

  /** Finds the way that works. */
  interface Choice {
    /**
     * Tries what can be tried.
     *
     * @throws NotReady when no way works
     */
    ServerUser choose(Tools tools) throws NotReady, InterruptedException;
  }

  /**
   * The way that works here: plainly for any user but root; for root in a user namespace, or, where
   * that is forbidden, as nobody.
   *
   * @throws NotReady when this is root, and neither is allowed
   */
  static ServerUser choose(Tools tools) throws NotReady, InterruptedException {
    if (!isRoot()) {
      return new ServerUser(List.of());
    }
    try {
      return tried(inNamespace(), tools);
    } catch (IOException noNamespace) {
      try {
        return tried(nobody(), tools);
      } catch (IOException refused) {
        refused.addSuppressed(noNamespace);
        throw new NotReady(
            ("PostgreSQL refuses to run as root, and root may neither make a user namespace here"
                    + " (%s) nor become nobody (%s): run Faultline as another user, or allow one of"
                    + " them")
                .formatted(noNamespace.getMessage(), refused.getMessage()),
            refused);
      }
    }
  }

  /**
   * In a namespace the program sees itself as nobody, while its files stay root's and need not be
   * handed over. The signal that a child gets when its parent dies survives the step into it.
   */
  static ServerUser inNamespace() {
    return new ServerUser(List.of("unshare", "-U"));
  }

  /**
   * As nobody, whom one right of root's is left: to pass the folders of root that the server's
   * files are in. So these stay shut for all others, and other processes of nobody, which lack that
   * right, can neither trace the server nor read its memory.
   */
  static ServerUser nobody() {
    return new ServerUser(
        List.of(
            "setpriv",
            "--reuid=nobody",
            // Its name differs from system to system.
            "--regid=65534",
            "--clear-groups",
            // Else whoever asks whether it may, such as initdb, is told that it may not.
            "--securebits=+no_setuid_fixup",
            "--inh-caps=-all,+dac_override",
            "--ambient-caps=-all,+dac_override",
            "--bounding-set=-all,+dac_override",
            "--pdeathsig=KILL",
            "--",
            "/bin/sh",
            "-c",
            GATE,
            Long.toString(ProcessHandle.current().pid())));
  }

  /** The user of this number, without any right of root's. */
  static ServerUser numbered(int uid) throws IOException {
    return uid == ownNumber()
        ? new ServerUser(List.of())
        : new ServerUser(
            List.of(
                "setpriv",
                "--reuid=" + Integer.toUnsignedString(uid),
                "--regid=65534",
                "--clear-groups",
                "--inh-caps=-all",
                "--"));
  }

  /** The command, run as that user. */
  List<String> command(List<String> argv) {
    return Stream.concat(prefix.stream(), argv.stream()).toList();
  }

  private static ServerUser tried(ServerUser user, Tools tools)
      throws IOException, InterruptedException {
    tools.run(user.command(List.of("true")), TRIED_WITHIN);
    return user;
  }

  /** Whether this process is root. */
  static boolean isRoot() throws NotReady {
    try {
      return ownNumber() == 0;
    } catch (IOException hidden) {
      throw new NotReady("/proc cannot be read: " + hidden.getMessage(), hidden);
    }
  }

  private static int ownNumber() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }
}
