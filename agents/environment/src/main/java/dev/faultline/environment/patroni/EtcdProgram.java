package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.DebianPackages;
import dev.faultline.environment.lives.SearchPath;
import dev.faultline.environment.lives.Shelf;
import dev.faultline.environment.lives.Tools;
import dev.faultline.model.world.NotReady;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds etcd: on the {@code PATH}, in the cache, or as a package of Debian. */
record EtcdProgram(SearchPath installed, Shelf shelf, Shelf.Source source) {

  private static final Version LEAST = new Version(3, 4);
  private static final Path FILE = Path.of("usr/bin/etcd");

  /** The program where packages of Debian are the way to come by it. */
  static EtcdProgram ofThisMachine(Shelf shelf) {
    return new EtcdProgram(SearchPath.ofThisProcess(), shelf, EtcdProgram::fetch);
  }

  /**
   * The program's file.
   *
   * @throws NotReady when there is none, and none is to be had
   */
  Path find() throws NotReady, InterruptedException {
    Optional<Path> here = installed.find("etcd");
    String complaint = "there is none on the PATH";
    try {
      if (here.isPresent()) {
        requireWorks(here.get());
        return here.get();
      }
    } catch (IOException unfit) {
      complaint = "%s will not do: %s".formatted(here.get(), unfit.getMessage());
    }
    try {
      return shelf
          .obtain(
              "etcd (about 8 MB)",
              Path.of("etcd", "debian"),
              folder -> requireWorks(folder.resolve(FILE)),
              source)
          .resolve(FILE);
    } catch (IOException unavailable) {
      throw new NotReady(
          ("Patroni needs etcd %s or newer; %s, and it cannot be fetched: %s. Either of these helps:"
                  + " install etcd; let apt-get reach a mirror with the package 'etcd-server'")
              .formatted(LEAST, complaint, unavailable.getMessage()),
          unavailable);
    }
  }

  private void requireWorks(Path file) throws IOException, InterruptedException {
    Version.of(List.of(file.toString(), "--version"), "etcd Version: ", shelf.tools())
        .require(LEAST);
  }

  private static void fetch(Path folder, Tools tools, Deadline deadline)
      throws IOException, InterruptedException {
    try (DebianPackages packages = DebianPackages.read(folder, tools, deadline)) {
      try {
        packages.unpack(List.of("etcd-server"), folder);
      } catch (IOException otherRelease) {
        packages.unpack(List.of("etcd"), folder);
      }
    }
  }
}
