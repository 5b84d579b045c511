package dev.faultline.environment.lives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fetches the libraries that unpacked programs want and the system has not.
 *
 * @param packages where they come from
 */
public record Libraries(DebianPackages packages, Tools tools, Deadline deadline) {

  private static final int ROUNDS = 5;

  // Only for compiled queries, which labs leave out; larger than all the rest together.
  private static final String COMPILER = "libllvm";
  private static final String NOT_DYNAMIC = "not a dynamic executable";

  /** The folders with libraries in an unpacked system. */
  public static List<Path> foldersIn(Path root) throws IOException {
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
   * @param programs their files
   * @param root where everything is unpacked
   * @param names the packages that are there already
   * @throws IOException when a library stays missing
   */
  public void complete(List<Path> programs, Path root, List<String> names)
      throws IOException, InterruptedException {
    Set<String> unpacked = new LinkedHashSet<>(names);
    for (int round = 0; round < ROUNDS; round++) {
      Set<String> missing = new LinkedHashSet<>();
      for (Path program : programs) {
        missing.addAll(missing(program, foldersIn(root), tools, deadline));
      }
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

  /**
   * The libraries that a program wants and does not find; none for one that is no binary or has all
   * in itself.
   *
   * @param folders where it looks beside the system's own
   * @throws IOException when it cannot be told, as without {@code ldd}
   */
  public static Set<String> missing(
      Path program, List<Path> folders, Tools tools, Deadline deadline)
      throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of("env"));
    environment(folders).forEach((name, value) -> argv.add(name + "=" + value));
    argv.addAll(List.of("ldd", program.toString()));
    try {
      return tools
          .run(argv, deadline.left())
          .lines()
          .filter(line -> line.contains("not found"))
          .map(line -> line.strip().split("\\s+")[0])
          .collect(Collectors.toCollection(LinkedHashSet::new));
    } catch (IOException failure) {
      if (String.valueOf(failure.getMessage()).contains(NOT_DYNAMIC)) {
        return Set.of();
      }
      throw failure;
    }
  }

  /** The variables that let a program find libraries in folders. */
  public static Map<String, String> environment(List<Path> folders) {
    return folders.isEmpty()
        ? Map.of()
        : Map.of(
            "LD_LIBRARY_PATH",
            folders.stream().map(Path::toString).collect(Collectors.joining(":")));
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
