package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.Whereabouts;
import dev.faultline.reports.stage.Located;
import dev.faultline.reports.stage.Origin;
import dev.faultline.reports.stage.Problem;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a build has checked out. Build servers show findings beside files that are named from its
 * root.
 *
 * @param root its root, absolute
 */
record Checkout(Path root) {

  /** The one that the build server names; otherwise the folder that the command was called in. */
  static Checkout of(Map<String, String> env) {
    return new Checkout(
        Stream.of("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "WORKSPACE")
            .map(name -> env.getOrDefault(name, ""))
            .filter(path -> path.startsWith("/"))
            .findFirst()
            .map(Path::of)
            .orElseGet(() -> Path.of(""))
            .toAbsolutePath()
            .normalize());
  }

  Located at(String file, Optional<InvalidFile.Place> place) {
    return place
        .map(found -> new Located(named(file), found.line(), found.column()))
        .orElseGet(() -> Located.whole(named(file)));
  }

  Origin origin(String file, Whereabouts where) {
    Map<String, Located> gates = new LinkedHashMap<>();
    where.gates().forEach((name, place) -> gates.put(name, at(file, Optional.of(place))));
    return new Origin(at(file, Optional.of(where.experiment())), gates);
  }

  Problem problem(InvalidFile invalid) {
    return Problem.invalid(at(invalid.file(), invalid.place()), invalid.problem());
  }

  private String named(String file) {
    try {
      Path path = Path.of(file).toAbsolutePath().normalize();
      Path shown = path.startsWith(root) ? root.relativize(path) : path;
      return shown.toString().replace(File.separatorChar, '/');
    } catch (InvalidPathException impossible) {
      return file;
    }
  }
}
