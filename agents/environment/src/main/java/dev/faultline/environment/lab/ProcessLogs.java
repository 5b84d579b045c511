package dev.faultline.environment.lab;

import dev.faultline.environment.lives.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the processes of a lab printed: while the lab lives, in its folder; afterwards the end of
 * each, in the folder of the run.
 *
 * @param run the folder of the run
 */
public record ProcessLogs(Path run) {

  /** Of each process at most the last so many bytes are kept, and of at most so many processes. */
  static final int BYTES = 256 * 1024;

  static final int MOST = 64;

  private static final int DEPTH = 3;
  private static final String ENDING = ".log";
  private static final Set<PosixFilePermission> PRIVATE =
      EnumSet.copyOf(PosixFilePermissions.fromString("rw-------"));

  /** The files by the names of their processes, of a lab that lives or of what was kept of it. */
  public Map<String, Path> files() throws IOException {
    Map<String, Path> living = of(run.resolve("lab"));
    return living.isEmpty() ? of(kept()) : living;
  }

  /** Keeps the end of each log of a lab that is over, and whose folder will be removed. */
  void keep() throws IOException {
    Map<String, Path> logs = of(run.resolve("lab"));
    int room = MOST;
    for (Map.Entry<String, Path> log : logs.entrySet()) {
      if (room-- > 0 && Files.size(log.getValue()) > 0) {
        Folders.createPrivate(kept());
        copyEnd(log.getValue(), kept().resolve(log.getKey() + ENDING));
      }
    }
  }

  /** Forgets what was kept: of a run that passed, nobody asks what its processes printed. */
  public void forget() throws IOException {
    Folders.remove(kept());
  }

  /** Where they are kept. */
  public Path kept() {
    return run.resolve("logs");
  }

  private static void copyEnd(Path from, Path to) throws IOException {
    Files.deleteIfExists(to);
    Files.createFile(to, PosixFilePermissions.asFileAttribute(PRIVATE));
    try (RandomAccessFile log = new RandomAccessFile(from.toFile(), "r");
        OutputStream copy = Files.newOutputStream(to)) {
      long skipped = Math.max(0, log.length() - BYTES);
      if (skipped > 0) {
        copy.write(
            "[%d bytes before this were not kept]%n"
                .formatted(skipped)
                .getBytes(StandardCharsets.UTF_8));
      }
      byte[] end = new byte[(int) (log.length() - skipped)];
      log.seek(skipped);
      log.readFully(end);
      copy.write(end);
    }
  }

  /** A process prints into {@code NAME.log}, a node of a database into {@code NAME/log}. */
  private static Map<String, Path> of(Path folder) throws IOException {
    Map<String, Path> found = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (Stream<Path> files = Files.find(folder, DEPTH, (file, what) -> what.isRegularFile())) {
      files.forEach(
          file -> {
            String name = String.valueOf(file.getFileName());
            Path parent = file.getParent();
            if (folder.equals(parent) && name.endsWith(ENDING)) {
              found.put(name.substring(0, name.length() - ENDING.length()), file);
            } else if (name.equals("log") && parent != null && !folder.equals(parent)) {
              found.put(String.valueOf(parent.getFileName()), file);
            }
          });
    }
    found.values().removeIf(file -> !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    return found;
  }
}
