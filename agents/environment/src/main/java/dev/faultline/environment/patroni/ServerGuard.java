package dev.faultline.environment.patroni;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Kills a server when its agent is gone, however that ended.
 *
 * <p>An agent lets go of the server that it starts, so that the server is nobody's child and would
 * outlive agent and lab. Therefore the agent holds a lock on a file for as long as it lives, and
 * beside each server a child of the server waits for that lock. The kernel frees the lock when the
 * agent dies; it also ends the waiting child when the server ends first.
 *
 * @param home the folder of the node
 */
record ServerGuard(Path home) {

  /** The name of the program that the agent starts as its server. */
  static final String NAME = "postgres-guarded";

  private static final String LOCK = "FAULTLINE_AGENT_LIVES";
  private static final String SERVER = "FAULTLINE_SERVER";

  // A constant text that interprets none of our data. With other arguments the program ends soon.
  private static final String SCRIPT =
      """
      #!/bin/sh
      if [ "$1" = -D ]; then
        setpriv --pdeathsig KILL sh -c '
          [ "$PPID" = "$1" ] && exec flock --shared "$FAULTLINE_AGENT_LIVES" sh -c "$0" "$1"' '
          kill -STOP "$0"
          for child in $(cat "/proc/$0/task/$0/children"); do
            [ "$child" = "$PPID" ] || kill -KILL "$child"
          done
          kill -KILL "$0"' $$ </dev/null >/dev/null 2>&1 &
      fi
      exec "$FAULTLINE_SERVER" "$@"
      """;

  /** Writes the program. */
  void write() throws IOException {
    Path file = home.resolve(NAME);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(file, SCRIPT);
  }

  /** The command of an agent that holds the lock for as long as it lives. */
  List<String> holding(List<String> agent) {
    List<String> words =
        new ArrayList<>(List.of("flock", "--no-fork", "--timeout", "10", lock().toString()));
    words.addAll(agent);
    return words;
  }

  /**
   * Variables of the agent, which its server inherits.
   *
   * @param server the program that is guarded
   */
  Map<String, String> environment(Path server) {
    return Map.of(LOCK, lock().toString(), SERVER, server.toString());
  }

  private Path lock() {
    return home.resolve("agent-lives");
  }
}
