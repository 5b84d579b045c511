package dev.faultline.app;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which audit log commands read. */
final class AuditFile {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A copy of a log. Default: the one of this user.")
  private @Nullable Path file;

  /** Where it is. */
  Path path(Console console) {
    return file == null ? AuditTrail.of(console).log().file() : file;
  }

  /** Whether this user has none yet, which is no failure. */
  boolean isMissing(Console console) {
    return file == null && !Files.exists(path(console));
  }
}
