package dev.faultline.environment.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A file that only this user may read.
 *
 * @param path where it is; its folder exists
 */
public record SecretFile(Path path) {

  private static final int BYTES = 16;

  /** A password that nobody guesses, of digits and letters. */
  public static String newSecret() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Writes it; nobody sees a part of it. */
  public void write(String text) throws IOException {
    Path unfinished =
        Files.createTempFile(
            path.resolveSibling(""),
            "secret",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, text);
    Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
  }
}
