package dev.faultline.app;

import dev.faultline.engine.audit.Act;
import dev.faultline.engine.audit.AuditLog;
import dev.faultline.engine.audit.AuditRecord;
import dev.faultline.engine.audit.Who;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes down what whoever gives this command does. */
record AuditTrail(Console console, AuditLog log, Who who) {

  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

  static AuditTrail of(Console console) {
    return new AuditTrail(
        console,
        new AuditLog(Setup.store(console), InstantSource.system()),
        new Who(Setup.user(), host(console.env()), actor(console.env())));
  }

  /** Before something is done that must not be done without a record. */
  void require(Act act) throws IOException {
    AuditRecord _ = log.append(who, act);
  }

  /** After something that must not fail because of its record, as a halt; says whether it is. */
  boolean tell(Act act) {
    try {
      require(act);
      return true;
    } catch (IOException unwritten) {
      console.error(
          "the audit log has no record of this",
          Failures.words(unwritten),
          "see 'faultline audit verify'");
      return false;
    }
  }

  /** What this machine is called. */
  static String host(Map<String, String> env) {
    try {
      return Files.readString(HOST).strip();
    } catch (IOException elsewhere) {
      return env.getOrDefault("HOSTNAME", "a machine without a name");
    }
  }

  /** Who stands behind the user. */
  static Optional<String> actor(Map<String, String> env) {
    return actors(env).findFirst();
  }

  /** All who may: what build servers say, and sudo, which one of them may be behind. */
  static Stream<String> actors(Map<String, String> env) {
    return Stream.of(
            named(env, "GITHUB_ACTIONS", "github", "GITHUB_ACTOR"),
            named(env, "GITLAB_CI", "gitlab", "GITLAB_USER_LOGIN"),
            named(env, "JENKINS_URL", "jenkins", "BUILD_USER_ID"),
            named(env, "SUDO_USER", "sudo", "SUDO_USER"))
        .flatMap(Optional::stream);
  }

  private static Optional<String> named(
      Map<String, String> env, String sign, String word, String variable) {
    String name = env.getOrDefault(variable, "");
    return env.getOrDefault(sign, "").isEmpty() || name.isBlank()
        ? Optional.empty()
        : Optional.of(word + ":" + name);
  }
}
