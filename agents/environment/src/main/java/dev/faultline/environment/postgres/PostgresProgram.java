package dev.faultline.environment.postgres;

import dev.faultline.environment.lives.CachedFolder;
import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.Seconds;
import dev.faultline.model.world.NotReady;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The programs of PostgreSQL, unpacked once from the archive on the class path.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code share}
 */
record PostgresProgram(Path home) {

  private static final Duration UNPACKED_WITHIN = Duration.ofMinutes(2);

  /**
   * Finds the programs in the cache, or puts them there.
   *
   * @param cache where they are kept, or will be
   * @param progress is told what takes time
   * @throws NotReady when there are none for this machine, or they cannot be unpacked
   */
  static PostgresProgram find(Path cache, Consumer<String> progress)
      throws NotReady, InterruptedException {
    String resource = "/postgres-linux-%s.txz".formatted(machine(System.getProperty("os.arch")));
    URL archive = PostgresProgram.class.getResource(resource);
    if (archive == null) {
      throw new NotReady(
          ("the lab needs PostgreSQL, and %s is not on the class path: start Faultline from a build"
                  + " that was made on a machine like this one (%s)")
              .formatted(resource, System.getProperty("os.arch")));
    }
    try {
      return find(archive, cache, progress);
    } catch (IOException failure) {
      throw new NotReady(
          "PostgreSQL cannot be unpacked into %s: %s".formatted(cache, failure.getMessage()),
          failure);
    }
  }

  private static PostgresProgram find(URL archive, Path cache, Consumer<String> progress)
      throws IOException, InterruptedException {
    CachedFolder folder = new CachedFolder(cache.toAbsolutePath(), version(archive));
    if (isWhole(folder.path())) {
      return new PostgresProgram(folder.path());
    }
    return new PostgresProgram(
        folder.obtain(
            PostgresProgram::isWhole,
            fresh -> unpack(archive, fresh, progress),
            Deadline.in(UNPACKED_WITHIN)));
  }

  Path postgres() {
    return home.resolve("bin/postgres");
  }

  Path initdb() {
    return home.resolve("bin/initdb");
  }

  private static String machine(String architecture) {
    return switch (architecture) {
      case "aarch64", "arm64" -> "arm_64";
      default -> "x86_64";
    };
  }

  /** Another archive is another version, whatever it is called. */
  private static String version(URL archive) throws IOException {
    return archive.openConnection() instanceof JarURLConnection jar
        ? String.format(Locale.ROOT, "%08x", jar.getJarEntry().getCrc())
        : "unknown";
  }

  private static void unpack(URL archive, Path folder, Consumer<String> progress)
      throws IOException {
    long began = System.nanoTime();
    progress.accept("unpacking PostgreSQL, once (about 60 MB)");
    try (InputStream in = archive.openStream()) {
      new TarXz(in).unpackInto(folder);
    }
    if (!isWhole(folder)) {
      throw new IOException("the archive has no program bin/postgres");
    }
    progress.accept("PostgreSQL unpacked in " + Seconds.since(began));
  }

  private static boolean isWhole(Path folder) {
    return Optional.of(new PostgresProgram(folder))
        .filter(found -> Files.isExecutable(found.postgres()))
        .filter(found -> Files.isExecutable(found.initdb()))
        .isPresent();
  }
}
