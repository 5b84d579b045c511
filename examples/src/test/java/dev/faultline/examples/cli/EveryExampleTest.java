package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the examples' README promises of each of them. */
final class EveryExampleTest {

  @TempDir private Path temp;

  static List<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(Cli.example(""))) {
      return files
          .map(file -> "examples/shop/" + file.getFileName())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  @Test
  void all_are_valid_at_once() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended validate =
          cli.run(Stream.concat(Stream.of("validate"), examples().stream()).toArray(String[]::new));

      assertThat(validate.exit()).as(validate.err()).isEqualTo(0);
      assertThat(validate.out().lines())
          .hasSameSizeAs(examples())
          .allSatisfy(line -> assertThat(line).contains("is valid", "environment shop"));
      assertThat(validate.err()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void the_readme_says_how_it_ends(String example) throws Exception {
    assertThat(Files.readString(Cli.example("README.md")))
        .containsPattern(
            "\\| `%s` \\|.*\\| (0, passed|1, failed|4, inconclusive|8, rolled back) \\|"
                .formatted(example.replace("examples/shop/", "")));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void a_plan_is_made_and_nothing_is_started(String example) throws Exception {
    assumeTrue(!example.contains("clock") || hasFakeTime(), "needs libfaketime");
    try (Cli cli = new Cli(temp)) {
      Ended plan = cli.run("plan", example);

      assertThat(plan.exit()).as(plan.err()).isEqualTo(0);
      assertThat(plan.out())
          .containsPattern("in environment shop[a-z-]*, plan ")
          .contains("ends by", "gate ");
      assertThat(plan.err()).isEmpty();
      assertThat(cli.marked().processes()).isEmpty();
      assertThat(cli.stateHome()).doesNotExist();
    }
  }

  /** Whether clocks can be set off here. */
  static boolean hasFakeTime() {
    return Stream.of("lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu", "lib64", "lib", "local/lib")
        .anyMatch(folder -> Files.exists(Path.of("/usr", folder, "faketime", "libfaketime.so.1")));
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "frozen-orders, 0, PASSED",
    "clock-ahead, 0, PASSED",
    "custom-fault, 0, PASSED",
    "no-prometheus, 4, INCONCLUSIVE"
  })
  void a_run_ends_as_the_readme_says(String name, int exit, String verdict) throws Exception {
    assumeTrue(!name.contains("clock") || hasFakeTime(), "needs libfaketime");
    assertThat(Files.readString(Cli.example("README.md")))
        .containsPattern(
            "`%s.yaml` \\|.*\\| %d, %s \\|"
                .formatted(name, exit, verdict.toLowerCase(Locale.ROOT)));
    try (Cli cli = new Cli(temp)) {
      Ended run = cli.run("run", "examples/shop/" + name + ".yaml");

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(exit);
      assertThat(run.out()).contains(verdict + " " + name).contains("steps proven undone");
      assertThat(cli.marked().processes()).isEmpty();
      assertThat(cli.latest().resolve("lab")).doesNotExist();
      assertThat(cli.latest().resolve("report.html")).isNotEmptyFile();
    }
  }
}
