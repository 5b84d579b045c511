package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start does not need it does not load. */
final class StartUpTest {

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"--help", "run --help", "validate FILE"})
  void whatOnlyOtherCommandsNeedIsNotLoaded(String line) throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("one.yaml"),
            """
            apiVersion: faultline.dev/v1
            kind: Environment
            metadata: {name: one}
            spec: {local: {}}
            """);
    Path loaded = temp.resolve("loaded");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + loaded,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.faultline.app.Main"));
    command.addAll(List.of(line.replace("FILE", file.toString()).split(" ")));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("out").toFile())
            .start();
    assertThat(process.waitFor(Duration.ofMinutes(2))).isTrue();
    assertThat(process.exitValue()).as(Files.readString(temp.resolve("out"))).isZero();

    assertThat(Files.readString(loaded))
        .contains("dev.faultline.app.ExplainCommand ")
        .doesNotContain("dev.faultline.app.language.")
        .doesNotContain("dev.faultline.app.shell.")
        .doesNotContain("dev.faultline.app.start.")
        .doesNotContain("dev.faultline.app.machine.");
  }
}
