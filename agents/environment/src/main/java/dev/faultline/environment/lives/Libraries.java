package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.DebianPackages;
import dev.faultline.environment.lives.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fetches the libraries that unpacked programs want and the system has not.
 *
 * @param packages where they come from
 */
record Libraries(DebianPackages packages, Tools tools, Deadline deadline) {

  private static final int ROUNDS = 5;

  // Only for compiled queries, which labs leave out; larger than all the rest together.
  private static final String COMPILER = "libllvm";

  /** The folders with libraries in an unpacked system. */
  static List<Path> foldersIn(Path root) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String above : List.of("usr/lib", "lib")) {
      Path folder = root.resolve(above);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> inside = Files.list(folder)) {
          inside.filter(name -> name.toString().contains("-linux-gnu")).forEach(folders::add);
        }
      }
    }
    return folders;
  }

  /**
   * Unpacks what programs want beside them, and what that wants.
   *
   * @param root where everything is unpacked
   * @param names the packages that are there already
   * @throws IOException when a library stays missing
   */
  void complete(Path bin, Path root, List<String> names) throws IOException, InterruptedException {
    Set<String> unpacked = new LinkedHashSet<>(names);
    for (int round = 0; round < ROUNDS; round++) {
      ServerPrograms programs = new ServerPrograms(bin, foldersIn(root));
      Set<String> missing = missing(programs);
      if (missing.isEmpty()) {
        return;
      }
      List<String> wanted = notInstalled(needsOf(unpacked));
      wanted.removeAll(unpacked);
      if (wanted.isEmpty()) {
        throw new IOException("no package has " + String.join(", ", missing));
      }
      packages.unpack(wanted, root);
      unpacked.addAll(wanted);
    }
    throw new IOException("libraries want more and more libraries");
  }

  private Set<String> missing(ServerPrograms programs) throws IOException, InterruptedException {
    Set<String> missing = new LinkedHashSet<>();
    for (Path program : programs.files()) {
      tools
          .run(programs.command("ldd", program.toString()), deadline.left())
          .lines()
          .filter(line -> line.contains("not found"))
          .map(line -> line.strip().split("\\s+")[0])
          .forEach(missing::add);
    }
    return missing;
  }

  private Set<String> needsOf(Set<String> names) throws IOException, InterruptedException {
    Set<String> needs = new LinkedHashSet<>();
    for (String name : names) {
      needs.addAll(packages.needsOf(name));
    }
    needs.removeIf(name -> !name.startsWith("lib") || name.startsWith(COMPILER));
    return needs;
  }

  private List<String> notInstalled(Set<String> names) throws InterruptedException {
    List<String> others = new ArrayList<>();
    for (String name : names) {
      if (!statusOf(name).map(status -> status.contains("install ok installed")).orElse(false)) {
        others.add(name);
      }
    }
    return others;
  }

  private Optional<String> statusOf(String name) throws InterruptedException {
    try {
      return Optional.of(
          tools.run(List.of("dpkg-query", "-W", "-f=${Status}", name), deadline.left()));
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }
}
