package dev.faultline.environment.remote;

import dev.faultline.environment.lives.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run keeps the leases of its fuses on a host: in memory, so that a disk that is filled
 * does not keep a fuse from acting, and nothing outlives a reboot; else below the user's home.
 */
final class StateFolder {

  private static final Path MEMORY = Path.of("/dev/shm");

  private StateFolder() {}

  /**
   * The folder of a run, which is there then, for its user alone.
   *
   * @param state where the user keeps the state of programs, if that was said
   */
  static Path of(String run, Optional<String> state) throws IOException {
    if (!run.matches("[A-Za-z0-9._-]{1,64}") || run.startsWith(".")) {
      throw new IOException("not the identity of a run: '" + run + "'");
    }
    Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Path inMemory = MEMORY.resolve("faultline-" + user);
    return Folders.createPrivate((isOurs(inMemory, user) ? inMemory : home(state)).resolve(run));
  }

  /** Anybody may make a folder of that name there: only one that is ours alone will do. */
  private static boolean isOurs(Path folder, Object user) {
    try {
      Folders.createPrivate(folder);
      Map<String, Object> facts =
          Files.readAttributes(folder, "unix:uid,permissions", LinkOption.NOFOLLOW_LINKS);
      return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          && user.equals(facts.get("uid"))
          && PosixFilePermissions.fromString("rwx------").equals(facts.get("permissions"));
    } catch (IOException none) {
      return false;
    }
  }

  private static Path home(Optional<String> state) {
    return state
        .filter(path -> path.startsWith("/"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state"))
        .resolve("faultline/hosts");
  }
}
