package dev.faultline.environment.lives;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where programs that are not installed are kept once they were fetched.
 *
 * @param cache the absolute folder of all of them
 * @param tools runs what fetches and tries them
 * @param progress is told what takes time
 */
public record Shelf(Path cache, Tools tools, Consumer<String> progress) {

  private static final Duration FETCHED_WITHIN = Duration.ofMinutes(5);

  /** Something that a fetched program must pass. */
  public interface Trial {
    /**
     * Tries what is in a folder.
     *
     * @throws IOException when it will not do
     */
    void of(Path folder) throws IOException, InterruptedException;
  }

  /** A way to come by a program. */
  public interface Source {
    /**
     * Puts it into an empty folder.
     *
     * @throws IOException when it is not to be had this way
     */
    void fetch(Path folder, Tools tools, Deadline deadline)
        throws IOException, InterruptedException;
  }

  /**
   * The folder with a program, fetched unless it is there and passes.
   *
   * @param what the program for people, such as {@code etcd (about 8 MB)}
   * @param place a folder of the cache for each kind, and one in it for each version
   * @throws IOException when it is not to be had
   */
  public Path obtain(String what, Path place, Trial trial, Source source)
      throws IOException, InterruptedException {
    CachedFolder folder =
        new CachedFolder(
            cache.resolve(Optional.ofNullable(place.getParent()).orElse(place)),
            place.getFileName().toString());
    if (passes(trial, folder.path())) {
      return folder.path();
    }
    Deadline deadline = Deadline.in(FETCHED_WITHIN);
    return folder.obtain(
        there -> passes(trial, there),
        fresh -> {
          long began = System.nanoTime();
          progress.accept("fetching %s, once".formatted(what));
          source.fetch(fresh, tools, deadline);
          trial.of(fresh);
          progress.accept("fetched %s in %s".formatted(what, Seconds.since(began)));
        },
        deadline);
  }

  /** Why something is not to be had, with what went wrong before. */
  public static String describe(IOException failure) {
    String message = Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
    for (Throwable earlier : failure.getSuppressed()) {
      message += "; before that: " + earlier.getMessage();
    }
    return message;
  }

  private boolean passes(Trial trial, Path folder) throws InterruptedException {
    try {
      trial.of(folder);
      return true;
    } catch (IOException missingOrBroken) {
      return false;
    }
  }
}
