package dev.faultline.environment.lab;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.DebianPackages;
import dev.faultline.environment.lives.Libraries;
import dev.faultline.environment.lives.SearchPath;
import dev.faultline.environment.lives.Shelf;
import dev.faultline.environment.lives.Tools;
import dev.faultline.model.world.NotReady;
import dev.faultline.node.ChildSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The program of a process where the file names the Debian package that has it: the installed one,
 * or one that was unpacked into the cache with the libraries that the machine lacks.
 *
 * @param name the program, without a folder
 * @param debian the package
 * @param installed where it is looked for first
 * @param shelf where it is kept when it was fetched
 */
record PackagedProgram(String name, String debian, SearchPath installed, Shelf shelf) {

  private static final Duration LOOKED_WITHIN = Duration.ofSeconds(20);

  /** The program of a process, looked for on its {@code PATH} and where servers are installed. */
  static PackagedProgram of(ChildSpec spec, String debian, Shelf shelf) {
    SearchPath path =
        Optional.ofNullable(spec.environment().get("PATH"))
            .map(SearchPath::of)
            .orElseGet(SearchPath::ofThisProcess);
    return new PackagedProgram(spec.argv().getFirst(), debian, path.withServers(), shelf);
  }

  /**
   * The same command with the program's file, and with what that needs; fetches it if need be.
   *
   * @throws NotReady when there is none, and none is to be had
   */
  ChildSpec in(ChildSpec spec) throws NotReady, InterruptedException {
    Optional<Path> here = installed.find(name);
    if (here.isPresent()) {
      return with(spec, here.get(), Map.of());
    }
    try {
      Path folder =
          shelf.obtain(
              "%s, the package %s of Debian".formatted(name, debian),
              Path.of("packages", debian),
              this::requireWhole,
              this::fetch);
      return with(spec, file(folder), Libraries.environment(Libraries.foldersIn(folder)));
    } catch (IOException unavailable) {
      throw new NotReady(
          ("'%s' is neither on the PATH nor in /usr/sbin, and the package '%s' cannot be fetched:"
                  + " %s. Either of these helps: apt install %s; let apt-get reach a mirror with"
                  + " that package")
              .formatted(name, debian, Shelf.describe(unavailable), debian),
          unavailable);
    }
  }

  private static ChildSpec with(ChildSpec spec, Path file, Map<String, String> needed) {
    List<String> argv = new ArrayList<>(spec.argv());
    argv.set(0, file.toString());
    Map<String, String> environment = new HashMap<>(needed);
    environment.putAll(spec.environment());
    return new ChildSpec(argv, environment, spec.directory(), spec.stdout(), spec.stderr());
  }

  private Path file(Path folder) throws IOException {
    SearchPath inside =
        new SearchPath(
            List.of("usr/sbin", "usr/bin", "sbin", "bin").stream().map(folder::resolve).toList());
    return inside
        .find(name)
        .orElseThrow(() -> new IOException("the package '%s' has no '%s'".formatted(debian, name)));
  }

  private void requireWhole(Path folder) throws IOException, InterruptedException {
    Set<String> missing =
        Libraries.missing(
            file(folder), Libraries.foldersIn(folder), shelf.tools(), Deadline.in(LOOKED_WITHIN));
    if (!missing.isEmpty()) {
      throw new IOException("no package has " + String.join(", ", missing));
    }
  }

  private void fetch(Path folder, Tools tools, Deadline deadline)
      throws IOException, InterruptedException {
    try (DebianPackages packages = DebianPackages.read(folder, tools, deadline)) {
      packages.unpack(List.of(debian), folder);
      new Libraries(packages, tools, deadline)
          .complete(List.of(file(folder)), folder, List.of(debian));
    }
  }
}
