package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.DebianPackages;
import dev.faultline.environment.lives.Libraries;
import dev.faultline.environment.lives.SearchPath;
import dev.faultline.environment.lives.Shelf;
import dev.faultline.environment.lives.Tools;
import dev.faultline.model.world.NotReady;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a PostgreSQL with all that Patroni calls: installed, in the cache, or as packages of
 * Debian.
 *
 * @param versions the folder in which Debian installs one folder for each version
 */
record ServerSearch(SearchPath installed, Path versions, Shelf shelf, Shelf.Source source) {

  private static final Path DEBIAN = Path.of("usr/lib/postgresql");
  private static final Pattern SERVER = Pattern.compile("postgresql-\\d+");

  /** The search where packages of Debian are the way to come by it. */
  static ServerSearch ofThisMachine(Shelf shelf) {
    return new ServerSearch(
        SearchPath.ofThisProcess(), Path.of("/").resolve(DEBIAN), shelf, ServerSearch::fetch);
  }

  /**
   * The programs.
   *
   * @throws NotReady when there are none, and none are to be had
   */
  ServerPrograms find() throws NotReady, InterruptedException {
    List<String> complaints = new ArrayList<>();
    try {
      for (Path bin : installedFolders()) {
        try {
          ServerPrograms programs = ServerPrograms.in(bin);
          programs.requireWork(shelf.tools());
          return programs;
        } catch (IOException unfit) {
          complaints.add(unfit.getMessage());
        }
      }
      return unpackedIn(
          shelf.obtain(
              "PostgreSQL with its tools (about 20 MB)",
              Path.of("postgresql", "debian"),
              folder -> unpackedIn(folder).requireWork(shelf.tools()),
              source));
    } catch (IOException unavailable) {
      throw new NotReady(
          ("Patroni needs PostgreSQL with pg_basebackup and pg_rewind; %s, and it cannot be fetched:"
                  + " %s. Either of these helps: install PostgreSQL's server and client; let apt-get"
                  + " reach a mirror with the package 'postgresql'")
              .formatted(
                  complaints.isEmpty()
                      ? "there is none on the PATH"
                      : String.join("; ", complaints),
                  unavailable.getMessage()),
          unavailable);
    }
  }

  /** Where the program on the path really lies, with its siblings, and what is not on the path. */
  private List<Path> installedFolders() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path program : installed.find("postgres").stream().toList()) {
      folders.add(program.toRealPath().resolveSibling(""));
    }
    folders.addAll(newestFirst(versions));
    return folders.stream().distinct().toList();
  }

  private static ServerPrograms unpackedIn(Path folder) throws IOException {
    List<Path> found = newestFirst(folder.resolve(DEBIAN));
    if (found.isEmpty()) {
      throw new IOException("no PostgreSQL in " + folder);
    }
    return new ServerPrograms(found.getFirst(), Libraries.foldersIn(folder));
  }

  private static List<Path> newestFirst(Path versions) throws IOException {
    if (!Files.isDirectory(versions)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(versions)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("\\d{1,4}"))
          .sorted(
              Comparator.comparingInt(
                      (Path folder) -> Integer.parseInt(folder.getFileName().toString()))
                  .reversed())
          .map(folder -> folder.resolve("bin"))
          .toList();
    }
  }

  private static void fetch(Path folder, Tools tools, Deadline deadline)
      throws IOException, InterruptedException {
    try (DebianPackages packages = DebianPackages.read(folder, tools, deadline)) {
      String server =
          packages.needsOf("postgresql").stream()
              .filter(name -> SERVER.matcher(name).matches())
              .findFirst()
              .orElseThrow(() -> new IOException("the package 'postgresql' names no version"));
      List<String> names = List.of(server, server.replace("postgresql-", "postgresql-client-"));
      packages.unpack(names, folder);
      new Libraries(packages, tools, deadline).complete(unpackedIn(folder).files(), folder, names);
    }
  }
}
