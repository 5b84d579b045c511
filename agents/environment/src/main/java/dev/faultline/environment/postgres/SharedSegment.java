package dev.faultline.environment.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The piece of System V shared memory by which a server notices another one in its folder. It stays
 * behind when the server is killed.
 *
 * @param key by which the server asked for it
 * @param id the kernel's number for it
 */
record SharedSegment(int key, int id) {

  private static final Path ALL = Path.of("/proc/sysvipc/shm");
  private static final int LINE = 7;
  private static final int KEY = 0;
  private static final int ID = 1;
  private static final int ATTACHED = 6;
  private static final int OWNER = 7;
  private static final int BOUND_SECONDS = 5;

  /** The one that the server in a data folder has, or had when it died. */
  static Optional<SharedSegment> of(Path data) {
    try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
      return lines
          .skip(LINE - 1L)
          .map(line -> line.strip().split("\\s+"))
          .filter(words -> words.length == 2)
          .map(
              words ->
                  new SharedSegment((int) Long.parseLong(words[0]), Integer.parseInt(words[1])))
          .findFirst();
    } catch (IOException | NumberFormatException noServer) {
      return Optional.empty();
    }
  }

  /** Whether it is there and nobody uses it. */
  boolean isLeftBehind() {
    return ownerOfLeft().isPresent();
  }

  /** The number of the user whose it is, when it is there and nobody uses it. */
  private Optional<Integer> ownerOfLeft() {
    try {
      return Files.readAllLines(ALL).stream()
          .skip(1)
          .map(line -> line.strip().split("\\s+"))
          .filter(
              words ->
                  words[KEY].equals(Integer.toString(key))
                      && words[ID].equals(Integer.toString(id))
                      && words[ATTACHED].equals("0"))
          .map(words -> Integer.parseUnsignedInt(words[OWNER]))
          .findFirst();
    } catch (IOException hidden) {
      return Optional.empty();
    }
  }

  /**
   * Removes it, if nobody uses it.
   *
   * @throws IOException when it stays
   */
  void remove() throws IOException, InterruptedException {
    Optional<Integer> owner = ownerOfLeft();
    if (owner.isEmpty()) {
      return;
    }
    // In a container root may not remove what is another user's.
    List<String> remove = List.of("ipcrm", "-m", Integer.toString(id));
    Process ipcrm =
        new ProcessBuilder(ServerUser.numbered(owner.get()).command(remove))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!ipcrm.waitFor(BOUND_SECONDS, TimeUnit.SECONDS) || isLeftBehind()) {
        throw new IOException("shared memory segment %d could not be removed".formatted(id));
      }
    } finally {
      ipcrm.destroyForcibly();
    }
  }
}
