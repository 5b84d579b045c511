package dev.faultline.environment.database.named;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * A file that holds a password, which is read anew for each use and kept nowhere.
 *
 * @param file as the user wrote it
 * @param base the folder that it is in, unless it is absolute
 */
record PasswordFile(String file, Path base) {

  private static final int LONGEST = 4096;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /** Why a password cannot be had; holds nothing of the file's content. */
  static final class NoPassword extends Exception {
    private static final long serialVersionUID = 1;

    NoPassword(String words) {
      super(words);
    }
  }

  /** Its content without blanks around it. */
  String read() throws NoPassword {
    try {
      Path path = base.resolve(file);
      requirePrivate(path);
      return read(path);
    } catch (IOException | InvalidPathException failure) {
      throw new NoPassword(
          "passwordFile %s cannot be read (%s)"
              .formatted(file, failure.getClass().getSimpleName()));
    }
  }

  private String read(Path path) throws IOException, NoPassword {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      String password = new String(bytes, StandardCharsets.UTF_8).strip();
      if (password.isEmpty() || bytes.length > LONGEST) {
        throw new NoPassword("passwordFile %s holds no password".formatted(file));
      }
      return password;
    }
  }

  private void requirePrivate(Path path) throws IOException, NoPassword {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new NoPassword("passwordFile %s is not a regular file".formatted(file));
    }
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains)) {
      throw new NoPassword(
          "passwordFile %s may be read or written by others: chmod 600 %s".formatted(file, file));
    }
  }
}
