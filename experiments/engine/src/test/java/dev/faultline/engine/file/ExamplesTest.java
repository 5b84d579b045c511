package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.faultline.model.document.Environment;
import dev.faultline.model.document.Experiment;
import dev.faultline.model.document.GameDay;
import dev.faultline.model.document.Policy;
import dev.faultline.model.document.Rollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What users copy first. */
final class ExamplesTest {

  private static final Path EXAMPLES = Path.of("../../examples");

  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(EXAMPLES)) {
      return all.filter(path -> path.toString().endsWith(".yaml"))
          .filter(path -> !path.toString().contains("/target/"))
          // For kubectl, not for Faultline.
          .filter(path -> !path.toString().contains("/manifests/"))
          .sorted()
          .toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> eachIsLoaded() throws IOException {
    assertThat(files()).hasSizeGreaterThanOrEqualTo(5);
    return files().stream().map(file -> dynamicTest(file.toString(), () -> load(file)));
  }

  private static void load(Path file) throws InvalidFile {
    assertThat(new Loader().load(file, file.toString()))
        .allSatisfy(
            document -> {
              switch (document) {
                case Experiment experiment ->
                    assertThat(new ExperimentFiles().load(file.toString(), Optional.empty()))
                        .extracting(LoadedExperiment::name)
                        .contains(experiment.metadata().name());
                case Rollout rollout ->
                    assertThat(new ExperimentFiles().load(file.toString(), Optional.empty()))
                        .extracting(LoadedExperiment::name)
                        .contains(rollout.metadata().name());
                case GameDay day ->
                    assertThat(new GameDayFiles(new Loader()).load(file.toString()))
                        .extracting(LoadedGameDay::name)
                        .contains(day.metadata().name());
                case Policy policy ->
                    assertThat(new PolicyFiles(new Loader()).load(file.toString()))
                        .extracting(LoadedPolicy::name)
                        .contains(policy.metadata().name());
                case Environment environment ->
                    assertThat(file.getFileName().toString())
                        .isEqualTo(environment.metadata().name() + ".yaml");
              }
            });
  }
}
