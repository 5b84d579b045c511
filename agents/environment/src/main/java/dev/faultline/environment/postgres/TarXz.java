package dev.faultline.environment.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * An archive of the kind {@code .tar.xz}.
 *
 * @param in where it is read from; left open
 */
record TarXz(InputStream in) {

  private static final int OWNER_EXECUTES = 0100;
  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> DATA = PosixFilePermissions.fromString("rw-r--r--");

  /**
   * Unpacks folders, files and symbolic links.
   *
   * @throws IOException when it cannot be read, or when anything in it would land or point outside
   *     the folder
   */
  void unpackInto(Path folder) throws IOException {
    Map<Path, Path> links = new LinkedHashMap<>();
    TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)));
    for (Optional<TarArchiveEntry> next = next(tar); next.isPresent(); next = next(tar)) {
      TarArchiveEntry entry = next.get();
      Path file = inside(folder, folder.resolve(entry.getName()), entry);
      if (entry.isDirectory()) {
        Files.createDirectories(file);
      } else if (entry.isSymbolicLink()) {
        links.put(file, Path.of(entry.getLinkName()));
        inside(folder, file.resolveSibling(entry.getLinkName()), entry);
      } else if (entry.isFile()) {
        write(tar, entry, file);
      } else {
        throw new IOException("'%s' is of a kind not expected".formatted(entry.getName()));
      }
    }
    // Last, so that nothing can be written through a link.
    for (Map.Entry<Path, Path> link : links.entrySet()) {
      Files.createDirectories(link.getKey().resolveSibling(""));
      Files.createSymbolicLink(link.getKey(), link.getValue());
    }
  }

  private static Optional<TarArchiveEntry> next(TarArchiveInputStream tar) throws IOException {
    return Optional.ofNullable(tar.getNextEntry());
  }

  private static Path inside(Path folder, Path file, TarArchiveEntry entry) throws IOException {
    Path normal = file.normalize();
    if (!normal.startsWith(folder.normalize())) {
      throw new IOException("'%s' leads out of the folder".formatted(entry.getName()));
    }
    return normal;
  }

  private static void write(InputStream tar, TarArchiveEntry entry, Path file) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.copy(tar, file);
    boolean program = (entry.getMode() & OWNER_EXECUTES) != 0;
    Files.setPosixFilePermissions(file, EnumSet.copyOf(program ? PROGRAM : DATA));
  }
}
