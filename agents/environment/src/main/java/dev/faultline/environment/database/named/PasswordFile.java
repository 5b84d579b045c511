package dev.faultline.environment.database.named;

import dev.faultline.environment.secret.SecretFile;
import java.nio.file.Path;

/**
 * A file that holds a password, which is read anew for each use and kept nowhere.
 *
 * @param file as the user wrote it
 * @param base the folder that it is in, unless it is absolute
 */
record PasswordFile(String file, Path base) {

  /** Why a password cannot be had; holds nothing of the file's content. */
  static final class NoPassword extends Exception {
    private static final long serialVersionUID = 1;

    NoPassword(SecretFile.NoSecret why) {
      super(why.words(), why);
    }
  }

  /** Its content without blanks around it. */
  String read() throws NoPassword {
    try {
      return new SecretFile("passwordFile", file, base).read("password");
    } catch (SecretFile.NoSecret why) {
      throw new NoPassword(why);
    }
  }
}
