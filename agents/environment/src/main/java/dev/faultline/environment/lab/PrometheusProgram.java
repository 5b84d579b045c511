package dev.faultline.environment.lab;

import dev.faultline.environment.lives.CachedFolder;
import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.Seconds;
import dev.faultline.environment.lives.Shelf;
import dev.faultline.environment.lives.Tools;
import dev.faultline.model.world.NotReady;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a real Prometheus: on the {@code PATH}, in the cache, or from a source, from which it goes
 * into the cache.
 *
 * <p>What is in the cache is whole: it gets there by one rename, and two runs at once take turns.
 * It is asked for its version each time, and fetched again when it does not answer.
 */
final class PrometheusProgram {

  private static final Duration FETCHED_WITHIN = Duration.ofMinutes(5);
  private static final Duration VERSION_WITHIN = Duration.ofSeconds(20);
  private static final int OLDEST_MAJOR = 2;
  private static final Pattern VERSION = Pattern.compile("prometheus, version ((\\d+)\\.\\S+)");

  private final String onPath;
  private final List<PrometheusSource> sources;
  private final Path cache;
  private final Tools tools;
  private final Consumer<String> progress;

  /**
   * Nothing is looked for yet.
   *
   * @param onPath the name under which it may be on the {@code PATH}
   * @param sources where it is to be had otherwise, the best one first
   * @param cache where it is kept
   * @param progress is told what takes time
   */
  PrometheusProgram(
      String onPath,
      List<PrometheusSource> sources,
      Path cache,
      Tools tools,
      Consumer<String> progress) {
    this.onPath = onPath;
    this.sources = List.copyOf(sources);
    this.cache = cache.toAbsolutePath();
    this.tools = tools;
    this.progress = progress;
  }

  /** The sources that make sense on this machine. */
  static List<PrometheusSource> sourcesOfThisMachine() {
    return Stream.concat(
            Stream.of(new DebianPackage()),
            ReleaseArchive.forMachine(
                System.getProperty("os.name", ""), System.getProperty("os.arch", ""))
                .stream())
        .toList();
  }

  /**
   * The program: a name on the {@code PATH}, or a file.
   *
   * @throws NotReady when there is none, and none is to be had
   */
  String find() throws NotReady, InterruptedException {
    List<String> complaints = new ArrayList<>();
    try {
      version(onPath);
      return onPath;
    } catch (IOException absent) {
      complaints.add("'%s' on the PATH: %s".formatted(onPath, absent.getMessage()));
    }
    for (PrometheusSource source : sources) {
      Path file = cache.resolve(source.name()).resolve("prometheus");
      if (works(file)) {
        return file.toString();
      }
    }
    Deadline deadline = Deadline.in(FETCHED_WITHIN);
    for (PrometheusSource source : sources) {
      try {
        return install(source, deadline).toString();
      } catch (IOException unavailable) {
        complaints.add("%s: %s".formatted(source.name(), Shelf.describe(unavailable)));
      }
    }
    throw new NotReady(
        """
        the lab needs Prometheus, and there is none:
          %s
        Any of these helps: install Prometheus 2 or newer so that 'prometheus' is on the PATH; \
        put its program at %s; let apt-get reach a mirror with the package 'prometheus'"""
            .formatted(
                String.join("\n  ", complaints), cache.resolve("debian").resolve("prometheus")));
  }

  private Path install(PrometheusSource source, Deadline deadline)
      throws IOException, InterruptedException {
    return new CachedFolder(cache, source.name())
        .obtain(
            home -> works(home.resolve("prometheus")),
            fresh -> fetch(source, fresh, deadline),
            deadline)
        .resolve("prometheus");
  }

  private void fetch(PrometheusSource source, Path fresh, Deadline deadline)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    progress.accept(source.announcement());
    source.fetch(fresh, tools, deadline);
    String version = version(fresh.resolve("prometheus").toString());
    progress.accept("prometheus %s fetched in %s".formatted(version, Seconds.since(began)));
  }

  private boolean works(Path file) throws InterruptedException {
    try {
      return Files.isExecutable(file) && !version(file.toString()).isEmpty();
    } catch (IOException broken) {
      progress.accept("prometheus in the cache is broken: " + broken.getMessage());
      return false;
    }
  }

  private String version(String program) throws IOException, InterruptedException {
    String printed = tools.run(List.of(program, "--version"), VERSION_WITHIN);
    Matcher version = VERSION.matcher(printed);
    if (!version.find()) {
      throw new IOException("'%s' is not Prometheus".formatted(program));
    }
    if (Integer.parseInt(version.group(2)) < OLDEST_MAJOR) {
      throw new IOException("version %s is too old".formatted(version.group(1)));
    }
    return version.group(1);
  }
}
