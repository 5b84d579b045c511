package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.DebianPackages;
import dev.faultline.environment.lives.SearchPath;
import dev.faultline.environment.lives.Shelf;
import dev.faultline.environment.lives.Tools;
import dev.faultline.model.world.NotReady;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds Patroni: on the {@code PATH}, in the cache, or from the index of Python. */
record PatroniSearch(SearchPath installed, Shelf shelf) {

  private static final String RELEASE = "4.1.5";
  private static final Version LEAST = new Version(4, 0);
  private static final Version LEAST_PYTHON = new Version(3, 9);
  private static final Duration SAID_WITHIN = Duration.ofSeconds(20);
  private static final String WHICH_PYTHON =
      "import sys; print(sys.executable, 'Python %d.%d' % sys.version_info[:2])";

  /** The search on this machine. */
  static PatroniSearch ofThisMachine(Shelf shelf) {
    return new PatroniSearch(SearchPath.ofThisProcess(), shelf);
  }

  /**
   * The program.
   *
   * @throws NotReady when there is none, and none is to be had
   */
  PatroniProgram find() throws NotReady, InterruptedException {
    Optional<Path> here = installed.find("patroni");
    String complaint = "there is none on the PATH";
    try {
      if (here.isPresent()) {
        PatroniProgram program = new PatroniProgram(List.of(here.get().toString()), Map.of());
        requireWorks(program);
        return program;
      }
    } catch (IOException unfit) {
      complaint = "%s will not do: %s".formatted(here.get(), unfit.getMessage());
    }
    try {
      return fetched(python());
    } catch (IOException unavailable) {
      throw new NotReady(
          ("the lab needs Patroni %s or newer; %s, and it cannot be fetched: %s. Either of these"
                  + " helps: install Patroni so that 'patroni' is on the PATH; install python3 %s or"
                  + " newer, and let its pip reach an index of packages")
              .formatted(LEAST, complaint, unavailable.getMessage(), LEAST_PYTHON),
          unavailable);
    }
  }

  /**
   * A Python.
   *
   * @param file the interpreter itself, not what chooses one
   */
  private record Python(Path file, Version version) {}

  private Python python() throws IOException, InterruptedException {
    Path name =
        installed
            .find("python3")
            .orElseThrow(() -> new IOException("there is no python3 on the PATH"));
    List<String> question = List.of(name.toString(), "-c", WHICH_PYTHON);
    Version version = Version.of(question, "Python ", shelf.tools());
    version.require(LEAST_PYTHON);
    String printed = shelf.tools().run(question, SAID_WITHIN);
    Path file = Path.of(printed.substring(0, printed.lastIndexOf(" Python ")));
    return new Python(file, version);
  }

  /** Compiled parts fit one version of Python alone. */
  private PatroniProgram fetched(Python python) throws IOException, InterruptedException {
    Path folder =
        shelf.obtain(
            "Patroni %s (about 15 MB)".formatted(RELEASE),
            Path.of("patroni", "%s-python%s".formatted(RELEASE, python.version())),
            there -> requireWorks(within(python, there)),
            (fresh, tools, deadline) -> install(python, fresh, tools, deadline));
    return within(python, folder);
  }

  private static PatroniProgram within(Python python, Path folder) {
    return new PatroniProgram(
        List.of(python.file().toString(), folder.resolve("bin/patroni").toString()),
        Map.of("PYTHONPATH", folder.toString(), "PYTHONNOUSERSITE", "1"));
  }

  private void requireWorks(PatroniProgram program) throws IOException, InterruptedException {
    Stream<String> variables =
        program.environment().entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue());
    List<String> argv =
        Stream.of(Stream.of("env"), variables, program.argv().stream(), Stream.of("--version"))
            .flatMap(words -> words)
            .toList();
    Version.of(argv, "patroni ", shelf.tools()).require(LEAST);
  }

  private static void install(Python python, Path folder, Tools tools, Deadline deadline)
      throws IOException, InterruptedException {
    Path pip = folder.resolve("pip");
    String file = python.file().toString();
    List<String> installer =
        hasPip(file, tools)
            ? List.of(file, "-m", "pip")
            : List.of(file, wheelOfPip(pip, tools, deadline).toString());
    tools.run(
        Stream.concat(
                installer.stream(),
                Stream.of(
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-input",
                    "--target",
                    folder.toString(),
                    "patroni[etcd3]==" + RELEASE,
                    "psycopg[binary]>=3.1"))
            .toList(),
        deadline.left());
  }

  private static boolean hasPip(String python, Tools tools) throws InterruptedException {
    try {
      tools.run(List.of(python, "-m", "pip", "--version"), SAID_WITHIN);
      return true;
    } catch (IOException none) {
      return false;
    }
  }

  /** Debian keeps pip apart from Python; its wheel runs as it is. */
  private static Path wheelOfPip(Path folder, Tools tools, Deadline deadline)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (DebianPackages packages = DebianPackages.read(folder, tools, deadline)) {
      packages.unpack(List.of("python3-pip-whl"), folder);
    }
    try (Stream<Path> files = Files.list(folder.resolve("usr/share/python-wheels"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("pip-.*\\.whl"))
          .findFirst()
          .map(wheel -> wheel.resolve("pip"))
          .orElseThrow(() -> new IOException("the package python3-pip-whl has no wheel of pip"));
    }
  }
}
