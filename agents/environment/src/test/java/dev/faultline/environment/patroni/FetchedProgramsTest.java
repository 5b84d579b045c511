package dev.faultline.environment.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.DebianPackages;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.SearchPath;
import dev.faultline.environment.lives.Shelf;
import dev.faultline.environment.lives.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Programs from where they really come from, on a machine that has them not. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class FetchedProgramsTest {

  private final Lives lives = new Lives();

  @TempDir private Path folder;
  private Tools tools;
  private Shelf shelf;

  @BeforeEach
  void requireSources() throws Exception {
    tools = new Tools(lives, folder);
    shelf = new Shelf(folder.resolve("cache"), tools, words -> {});
    try (DebianPackages packages =
        DebianPackages.read(
            Files.createDirectories(folder.resolve("probe")),
            tools,
            Deadline.in(Duration.ofMinutes(1)))) {
      packages.needsOf("postgresql");
    } catch (IOException noSource) {
      Assumptions.abort("needs packages of Debian: " + noSource.getMessage());
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    lives.end();
  }

  @Test
  void unpackedServersMakeADatabaseFarFromWhereTheyBelong() throws Exception {
    ServerSearch real = ServerSearch.ofThisMachine(shelf);
    ServerPrograms programs =
        new ServerSearch(new SearchPath(List.of()), folder, shelf, real.source()).find();

    assertThat(programs.bin()).startsWith(folder);
    String printed =
        tools.run(
            programs.command(programs.bin().resolve("pg_controldata").toString(), "--version"),
            Duration.ofSeconds(20));
    assertThat(printed).startsWith("pg_controldata (PostgreSQL)");
    // It is found by the place of the program.
    assertThat(programs.bin().resolveSibling("../../../share/postgresql")).isDirectory();
  }

  @Test
  void aPythonWithoutPipGetsPatroniAllTheSame() throws Exception {
    Path real =
        SearchPath.ofThisProcess()
            .find("python3")
            .orElseGet(() -> Assumptions.abort("needs python3"));
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path python = bin.resolve("python3");
    Files.writeString(
        python,
        """
        #!/bin/sh
        case "$*" in
          "-m pip "*) echo "No module named pip" >&2; exit 1 ;;
          *version_info*) exec '%s' -c "import sys; print('%s', 'Python %%d.%%d' %% sys.version_info[:2])" ;;
          *) exec '%s' "$@" ;;
        esac
        """
            .formatted(real, python, real));
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));

    PatroniProgram program = new PatroniSearch(new SearchPath(List.of(bin)), shelf).find();

    assertThat(program.argv()).startsWith(python.toString());
    assertThat(program.environment().get("PYTHONPATH")).startsWith(folder.toString());
  }
}
