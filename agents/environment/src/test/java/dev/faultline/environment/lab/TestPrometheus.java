package dev.faultline.environment.lab;

import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Tools;
import java.nio.file.Path;
import java.util.Optional;

/** A real Prometheus for tests that run it themselves. */
public final class TestPrometheus {

  private TestPrometheus() {}

  /**
   * Its program, from where labs keep it; it is fetched when it is not there.
   *
   * @param folder for what is written meanwhile
   */
  public static Path program(Path folder) throws Exception {
    Path cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(name -> !name.isEmpty())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    Lives lives = new Lives();
    try {
      return Path.of(
          new PrometheusProgram(
                  "/nowhere/prometheus",
                  PrometheusProgram.sourcesOfThisMachine(),
                  cache.resolve("faultline/prometheus"),
                  new Tools(lives, folder),
                  _ -> {})
              .find());
    } finally {
      lives.end();
    }
  }
}
