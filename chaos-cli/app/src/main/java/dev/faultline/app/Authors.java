package dev.faultline.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who runs a plan, and so is its author: by all the names that are known of him. More names can
 * only keep more approvals from counting.
 */
final class Authors {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LONGEST = 1024;

  private Authors() {}

  /** The user of the system; whom a build server, or sudo, works for; whom git would name. */
  static Set<String> names(Map<String, String> env) {
    Set<String> names = new LinkedHashSet<>();
    names.add(Setup.user());
    AuditTrail.actors(env)
        .map(actor -> actor.substring(actor.indexOf(':') + 1))
        .forEach(names::add);
    git().ifPresent(names::add);
    return names;
  }

  private static Optional<String> git() {
    try {
      Process process =
          new ProcessBuilder("git", "config", "user.email")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream out = process.getInputStream()) {
        process.getOutputStream().close();
        boolean ended = process.waitFor(PATIENCE);
        return ended && process.exitValue() == 0
            ? Optional.of(new String(out.readNBytes(LONGEST), StandardCharsets.UTF_8).strip())
                .filter(mail -> !mail.isEmpty())
            : Optional.empty();
      } finally {
        Process _ = process.destroyForcibly();
      }
    } catch (IOException noGit) {
      return Optional.empty();
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
