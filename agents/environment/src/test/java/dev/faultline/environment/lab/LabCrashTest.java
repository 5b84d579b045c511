package dev.faultline.environment.lab;

import static dev.faultline.environment.lab.LabKit.processesMentioning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabCrashTest {

  @TempDir private Path folder;

  @Test
  void no_process_of_a_lab_and_no_worker_of_one_outlives_its_killed_controller() throws Exception {
    Process controller =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LabController.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = controller.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      List<String> running = processesMentioning(folder.resolve("run"));
      assertThat(running).hasSize(4).anyMatch(line -> line.contains("--storage.tsdb.path="));

      controller.destroyForcibly().waitFor();

      Await.until("all are dead", () -> processesMentioning(folder).isEmpty());
    } finally {
      controller.destroyForcibly();
    }
  }
}
