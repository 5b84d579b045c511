package dev.faultline.environment.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/**
 * A file that holds a secret, which is read anew for each use and kept nowhere.
 *
 * <p>Only its owner may read or write it, unless the platform has mounted it: what Kubernetes and
 * others put below {@code /run/secrets} has the mode that they give it.
 *
 * @param key the key of the environment that names it, for messages
 * @param file as the user wrote it
 * @param base the folder that it is in, unless it is absolute
 */
public record SecretFile(String key, String file, Path base) {

  private static final int LONGEST = 65_536;
  private static final List<Path> MOUNTED =
      List.of(Path.of("/run/secrets"), Path.of("/var/run/secrets"));
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /** Why a secret cannot be had; holds nothing of the file's content. */
  public static final class NoSecret extends Exception {
    private static final long serialVersionUID = 1;

    NoSecret(String words) {
      super(words);
    }

    /** The reason in words. */
    public String words() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Its content without blanks around it.
   *
   * @param what what it should hold, for messages
   */
  public String read(String what) throws NoSecret {
    try {
      Path path = base.resolve(file);
      requirePrivate(path);
      return read(path, what);
    } catch (IOException | InvalidPathException failure) {
      throw new NoSecret(
          "%s %s cannot be read (%s)".formatted(key, file, failure.getClass().getSimpleName()));
    }
  }

  private String read(Path path, String what) throws IOException, NoSecret {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      String secret = new String(bytes, StandardCharsets.UTF_8).strip();
      if (secret.isEmpty() || bytes.length > LONGEST) {
        throw new NoSecret("%s %s holds no %s".formatted(key, file, what));
      }
      return secret;
    }
  }

  /** Opening a pipe would wait for its writer. */
  private void requirePrivate(Path path) throws IOException, NoSecret {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new NoSecret("%s %s is not a regular file".formatted(key, file));
    }
    if (MOUNTED.stream().anyMatch(path.toAbsolutePath().normalize()::startsWith)) {
      return;
    }
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains)) {
      throw new NoSecret(
          "%s %s may be read or written by others: chmod 600 %s".formatted(key, file, file));
    }
  }
}
