package dev.faultline.environment.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.environment.lab.LabKit.Told;
import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.DebianPackages;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.SearchPath;
import dev.faultline.environment.lives.Shelf;
import dev.faultline.environment.lives.Tools;
import dev.faultline.model.world.NotReady;
import dev.faultline.model.world.Sighting.Kind;
import dev.faultline.model.world.Wiring;
import dev.faultline.node.ChildOutput;
import dev.faultline.node.ChildSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Programs of packages: those that are installed, and those that really are fetched. */
@Execution(ExecutionMode.CONCURRENT)
class PackagedProgramTest {

  private static final SearchPath NOWHERE = new SearchPath(List.of());

  private final Lives lives = new Lives();
  private final List<String> progress = new ArrayList<>();

  @TempDir private Path folder;
  private Tools tools;
  private Shelf shelf;

  @BeforeEach
  void makeShelf() {
    tools = new Tools(lives, folder);
    shelf = new Shelf(folder.resolve("cache"), tools, progress::add);
  }

  @AfterEach
  void end() throws InterruptedException {
    lives.end();
  }

  private ChildSpec spec(Map<String, String> environment, String... argv) {
    ChildOutput discard = new ChildOutput.Discard();
    return new ChildSpec(List.of(argv), environment, folder, discard, discard);
  }

  private Path script(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void anInstalledProgramIsUsedAsItIs() throws Exception {
    Path program = script(folder.resolve("bin/front"), "exit 0");
    ChildSpec wanted = spec(Map.of("PATH", program.resolveSibling("").toString()), "front", "-v");

    ChildSpec found = PackagedProgram.of(wanted, "front-server", shelf).in(wanted);

    assertThat(found.argv()).containsExactly(program.toString(), "-v");
    assertThat(found.environment()).isEqualTo(wanted.environment());
    assertThat(progress).isEmpty();
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void aServerThatIsOffThePathRunsInALab() throws Exception {
    assumeTrue(
        SearchPath.of("/usr/local/sbin:/usr/sbin:/sbin").find("haproxy").isPresent(),
        "needs haproxy");
    Path config = folder.resolve("front.cfg");
    Files.writeString(
        config,
        """
        defaults
          mode http
          timeout client 5s
          timeout connect 5s
          timeout server 5s
        frontend front
          bind "127.0.0.1:${PORT}"
          monitor-uri /health
        """);
    Told told = new Told();
    try (LabHabitat habitat =
        new LabHabitat(
            LabKit.lab(
                LabKit.tiny("front")
                    .from("haproxy")
                    .variable("PATH", folder.toString())
                    .variable("PORT", "${front.http}")
                    .command("haproxy", "-db", "-f", config.toString())),
            List.of(),
            Wiring.NONE,
            LabKit.place(folder),
            told::accept)) {
      habitat.prepare();
      assertThat(told.words(Kind.PROGRESS)).anyMatch(words -> words.startsWith("front ready in"));
    }
    assertThat(LabKit.processesMentioning(config)).isEmpty();
  }

  @Test
  @Tag("slow")
  void aProgramThatIsNotInstalledIsFetchedOnce() throws Exception {
    requireSources();
    ChildSpec wanted = spec(Map.of("MARK", "1"), "haproxy", "-v");

    ChildSpec found = new PackagedProgram("haproxy", "haproxy", NOWHERE, shelf).in(wanted);

    assertThat(found.argv().getFirst())
        .isEqualTo(folder.resolve("cache/packages/haproxy/usr/sbin/haproxy").toString());
    assertThat(found.environment()).containsEntry("MARK", "1");
    assertThat(printed(found)).startsWith("HAProxy version ");
    assertThat(progress).hasSize(2).first().asString().contains("package haproxy of Debian");
    assertThat(new PackagedProgram("haproxy", "haproxy", NOWHERE, shelf).in(wanted))
        .isEqualTo(found);
    assertThat(progress).hasSize(2);
  }

  /** It wants a library that resolves names, which few have. */
  @Test
  @Tag("slow")
  void librariesThatTheMachineLacksComeAlong() throws Exception {
    requireSources();

    ChildSpec found =
        new PackagedProgram("pgbouncer", "pgbouncer", NOWHERE, shelf)
            .in(spec(Map.of(), "pgbouncer", "--version"));

    assertThat(printed(found)).startsWith("PgBouncer ");
    assumeTrue(!found.environment().isEmpty(), "needs a machine that lacks a library of pgbouncer");
    assertThat(found.environment().get("LD_LIBRARY_PATH")).startsWith(folder.toString());
  }

  @Test
  @Tag("slow")
  void whereNothingHelpsTheWayOutIsTold() throws Exception {
    requireSources();

    assertThatThrownBy(
            () ->
                new PackagedProgram("front", "no-such-front", NOWHERE, shelf)
                    .in(spec(Map.of(), "front")))
        .isInstanceOf(NotReady.class)
        .hasMessageStartingWith("'front' is neither on the PATH nor in /usr/sbin")
        .hasMessageContaining("no-such-front")
        .hasMessageContaining("apt install no-such-front");
    assertThatThrownBy(
            () ->
                new PackagedProgram("front", "haproxy", NOWHERE, shelf).in(spec(Map.of(), "front")))
        .isInstanceOf(NotReady.class)
        .hasMessageContaining("the package 'haproxy' has no 'front'");
  }

  private String printed(ChildSpec spec) throws Exception {
    Stream<String> variables =
        spec.environment().entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue());
    return tools.run(
        Stream.of(Stream.of("env"), variables, spec.argv().stream()).flatMap(w -> w).toList(),
        Duration.ofSeconds(20));
  }

  private void requireSources() throws Exception {
    try (DebianPackages packages =
        DebianPackages.read(
            Files.createDirectories(folder.resolve("probe")),
            tools,
            Deadline.in(Duration.ofMinutes(1)))) {
      packages.needsOf("haproxy");
    } catch (IOException noSource) {
      Assumptions.abort("needs packages of Debian: " + noSource.getMessage());
    }
  }
}
