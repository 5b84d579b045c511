package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ManPagesTest {

  @TempDir private Path temp;

  private final CommandLine root = Commands.all(Console.system());

  @BeforeEach
  void write() throws IOException {
    ManPages.write(root.getCommandSpec(), temp);
  }

  private List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.filter(file -> file.toString().endsWith(".1")).sorted().toList();
    }
  }

  @Test
  void eachCommandHasAPageWithAnExampleAndItsOptions() throws IOException {
    assertThat(temp.resolve("faultline.1"))
        .content()
        .contains(".SH \"EXIT STATUS\"", "faultline\\-run\\fR(1)");
    for (String command : root.getSubcommands().keySet()) {
      assertThat(temp.resolve("faultline-" + command + ".1"))
          .content()
          .as(command)
          .contains(
              ".SH \"EXAMPLE\"",
              "faultline " + command.replace("-", "\\-"),
              "\\fB\\-\\-help\\fR",
              ".SH \"SEE ALSO\"");
    }
  }

  @Test
  void eachCommandThatActsSaysItsExitCodes() throws IOException {
    for (Path page : pages()) {
      boolean only =
          Stream.of("audit", "lab", "policy", "schedule")
              .anyMatch(name -> page.endsWith("faultline-%s.1".formatted(name)));
      if (!only) {
        assertThat(page).content().contains(".SH \"EXIT STATUS\"");
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> theProgramsThatReadThemFindNothingWrong() {
    return Stream.of(
            List.of("groff", "-man", "-Tutf8", "-ww", "-z"),
            List.of("mandoc", "-Tlint", "-Wwarning"),
            List.of("man", "--warnings", "-E", "UTF-8", "-l"))
        .map(argv -> dynamicTest(argv.getFirst(), () -> readAll(argv)));
  }

  private void readAll(List<String> argv) throws Exception {
    boolean there =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, argv.getFirst())));
    assumeTrue(there, "needs " + argv.getFirst());
    for (Path page : pages()) {
      List<String> command = new ArrayList<>(argv);
      command.add(page.toString());
      Path said = Files.createTempFile(temp, "said", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(
                  argv.getFirst().equals("mandoc") ? said.toFile() : temp.resolve("text").toFile())
              .redirectError(ProcessBuilder.Redirect.appendTo(said.toFile()))
              .start();
      assertThat(process.waitFor(Duration.ofSeconds(60))).isTrue();
      // A date would make the same sources give other pages.
      assertThat(Files.readString(said).lines().filter(line -> !line.contains("missing date")))
          .as(page.getFileName().toString())
          .isEmpty();
      Files.delete(said);
    }
  }
}
