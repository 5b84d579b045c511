package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Pipelines and pages that people copy name commands and options that there are. */
final class PipelinesTest {

  private static final Path HOME = Path.of("../..");
  private static final Pattern CALL =
      Pattern.compile("(?m)(?:^ {4}|- |sh '|run: |^ +)faultline ([a-z]+ ?[^'\\n]*)");
  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
  private static final YAMLMapper MAPPER = new YAMLMapper();

  static Stream<Path> files() {
    return Stream.of(
            "docs/ci.md",
            "examples/ci/github-workflow.yml",
            "examples/ci/gitlab-ci.yml",
            "examples/ci/Jenkinsfile",
            "deploy/github-action/action.yml")
        .map(HOME::resolve);
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyCommandIsOne(Path file) throws IOException {
    List<String> calls =
        CALL.matcher(Files.readString(file)).results().map(found -> found.group(1)).toList();
    assertThat(calls).isNotEmpty();
    for (String call : calls) {
      List<String> words =
          Arrays.stream(call.split(" "))
              .map(word -> word.equals("\"${arguments[@]}\"") ? "--soft-fail" : word)
              .filter(word -> !word.isBlank())
              .toList();
      CommandLine line = Commands.all(Console.system());
      line.parseArgs(words.toArray(String[]::new));
    }
  }

  @Test
  void everyOptionOfTheActionIsOneOfTheCommand() throws IOException {
    JsonNode action = MAPPER.readTree(text("deploy/github-action/action.yml"));
    JsonNode step = action.at("/runs/steps/0");
    String script = step.get("run").asString();
    List<String> options =
        Pattern.compile("--[a-z][a-z-]+")
            .matcher(script)
            .results()
            .map(found -> found.group())
            .toList();

    assertThat(action.at("/runs/using").asString()).isEqualTo("composite");
    assertThat(options).hasSize(5);
    CommandLine gate = Commands.all(Console.system()).getSubcommands().get("gate");
    assertThat(Objects.requireNonNull(gate).getCommandSpec().optionsMap().keySet())
        .containsAll(options);
    assertThat(script).doesNotContain("${{");
    assertThat(step.get("env").valueStream().map(JsonNode::asString))
        .hasSameSizeAs(action.get("inputs").propertyNames())
        .allMatch(
            value -> action.get("inputs").has(value.replace("${{ inputs.", "").replace(" }}", "")));
  }

  @Test
  void theyGoFromStagingOverExperimentsAndAnApprovalToProduction() throws IOException {
    JsonNode jobs = MAPPER.readTree(text("examples/ci/github-workflow.yml")).get("jobs");
    assertThat(jobs.at("/experiments/needs").asString()).isEqualTo("staging");
    assertThat(jobs.at("/production/needs").asString()).isEqualTo("experiments");
    assertThat(jobs.at("/production/environment").asString()).isEqualTo("production");

    JsonNode lab = MAPPER.readTree(text("examples/ci/gitlab-ci.yml"));
    assertThat(lab.get("stages").valueStream().map(JsonNode::asString))
        .containsExactly("staging", "experiments", "production");
    assertThat(lab.at("/production/when").asString()).isEqualTo("manual");
    assertThat(lab.at("/experiments/artifacts/reports").propertyNames())
        .containsExactlyInAnyOrder("junit", "codequality");

    assertThat(text("examples/ci/Jenkinsfile"))
        .containsSubsequence("'Staging'", "'Experiments'", "'Approval'", "input", "'Production'");
  }

  @Test
  void whatThePageShowsIsYaml() throws IOException {
    List<String> shown =
        YAML.matcher(text("docs/ci.md")).results().map(block -> block.group(1)).toList();
    assertThat(shown).hasSizeGreaterThan(1);
    for (String block : shown) {
      assertThat(MAPPER.readTree(block).isContainer()).as(block).isTrue();
    }
  }

  private static String text(String name) throws IOException {
    return Files.readString(HOME.resolve(name));
  }
}
