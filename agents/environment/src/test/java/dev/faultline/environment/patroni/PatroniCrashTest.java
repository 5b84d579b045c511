package dev.faultline.environment.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.environment.postgres.Remains;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PatroniCrashTest {

  @TempDir private Path folder;

  @Test
  void noProcessOfAClusterOutlivesItsKilledController() throws Exception {
    PatroniKit.requirePrograms(folder);
    Process controller =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PatroniController.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = controller.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      List<String> running = PatroniKit.livingIn(folder);
      assertThat(running)
          .as("agents, etcd, servers with their processes and guards")
          .hasSizeGreaterThan(15)
          .anyMatch(line -> line.contains("patroni.yml"))
          .anyMatch(line -> line.contains("--listen-client-urls"));

      controller.destroyForcibly().waitFor();

      Await.until("all are dead", () -> PatroniKit.livingIn(folder).isEmpty());
    } finally {
      controller.destroyForcibly();
      new Remains(folder.resolve("lab")).remove();
    }
  }
}
