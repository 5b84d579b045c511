package dev.faultline.policy;

import dev.faultline.testkit.BeingBuilt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The Open Policy Agent of this machine: on the PATH, or as {@code ./verify} has built it. */
final class RealOpa {

  private RealOpa() {}

  /** Where it is, or is about to be; the test is skipped where it is not. */
  static Path program() throws InterruptedException {
    String cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .orElseGet(() -> System.getProperty("user.home") + "/.cache");
    BeingBuilt.await(Path.of(cache, "faultline-tests/opa/opa.building"));
    Optional<Path> found =
        Stream.concat(
                Stream.of(System.getenv("PATH").split(":")),
                Stream.of(cache + "/faultline-tests/opa"))
            .map(folder -> Path.of(folder, "opa"))
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(found.isPresent(), "no opa here; it is built where Go is");
    return found.orElseThrow();
  }
}
