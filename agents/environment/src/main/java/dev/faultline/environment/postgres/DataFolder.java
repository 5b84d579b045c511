package dev.faultline.environment.postgres;

import dev.faultline.environment.lives.Folders;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;

/**
 * Where a server keeps everything.
 *
 * @param path the folder
 */
record DataFolder(Path path) {

  // What belongs to a life of the server, not to its data.
  private static final Set<String> NOT_COPIED =
      Set.of(
          "postmaster.pid",
          "postmaster.opts",
          "backup_label",
          "backup_label.old",
          "standby.signal",
          "recovery.signal",
          "promote");
  private static final Set<String> EMPTIED =
      Set.of(
          "pg_dynshmem",
          "pg_notify",
          "pg_replslot",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");
  private static final String OWN_SETTINGS = "postgresql.auto.conf";

  /** Copies the folder of a server that does not run; what was there is replaced. */
  void copyCold(DataFolder from) throws IOException {
    copy(from, Set.of());
  }

  /**
   * Copies the folder of a server that runs and has been told of a backup; what was there is
   * replaced. Its log of changes is not copied, as it is streamed later.
   */
  void copyOnline(DataFolder from) throws IOException {
    copy(from, Set.of("pg_wal"));
    createOwned(path.resolve("pg_wal/archive_status"), Files.getOwner(from.path));
  }

  /** Writes down where a backup began and ended. */
  void label(String text) throws IOException {
    Files.writeString(path.resolve("backup_label"), text);
  }

  /** The next start follows a primary. */
  void beStandby() throws IOException {
    Files.writeString(path.resolve("standby.signal"), "");
  }

  /**
   * Forgets on whom commits waited: whoever copies these settings, or starts with them alone, would
   * wait for one that is not there.
   */
  void forgetSynchronous() throws IOException {
    Path settings = path.resolve(OWN_SETTINGS);
    List<String> kept =
        Files.readAllLines(settings).stream()
            .filter(line -> !line.startsWith("synchronous_standby_names"))
            .toList();
    Files.write(settings, kept);
  }

  private void copy(DataFolder from, Set<String> left) throws IOException {
    Folders.remove(path);
    UserPrincipal owner = Files.getOwner(from.path);
    createOwned(path, owner);
    Files.walkFileTree(from.path, new Copier(from.path, path, owner, left));
    forgetSynchronous();
  }

  /** A server uses no folder but its own user's. */
  private static void createOwned(Path folder, UserPrincipal owner) throws IOException {
    Files.setOwner(Folders.createPrivate(folder), owner);
  }

  private static final class Copier extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;
    private final UserPrincipal owner;
    private final Set<String> left;

    Copier(Path from, Path to, UserPrincipal owner, Set<String> left) {
      this.from = from;
      this.to = to;
      this.owner = owner;
      this.left = left;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (!folder.equals(from)) {
        createOwned(to.resolve(from.relativize(folder)), owner);
      }
      return isLeft(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = file.getFileName().toString();
      if (attributes.isRegularFile()
          && !NOT_COPIED.contains(name)
          && !name.startsWith("pgsql_tmp")) {
        try {
          Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException removedMeanwhile) {
          return FileVisitResult.CONTINUE;
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      // A server that runs removes files.
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    private boolean isLeft(Path folder) {
      return from.equals(folder.getParent())
          && (left.contains(folder.getFileName().toString()) || isEmptied(folder));
    }

    private static boolean isEmptied(Path folder) {
      return EMPTIED.contains(folder.getFileName().toString());
    }
  }
}
