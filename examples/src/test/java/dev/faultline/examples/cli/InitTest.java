package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code init} writes runs as it is. */
@ResourceLock("shared memory of databases")
final class InitTest {

  private static final Path SCRIPT = Path.of("/usr/bin/script");

  @TempDir private Path temp;
  private Cli cli;

  @BeforeEach
  void open() {
    cli = new Cli(temp);
  }

  @AfterEach
  void close() {
    cli.close();
  }

  /** Writes a template; gives the command that it names. */
  private String[] init(String template) throws Exception {
    Ended init = cli.run("init", temp.resolve("chaos").toString(), "--template", template);
    assertThat(init.exit()).as(init.err()).isZero();
    return init.out().strip().replace("faultline ", "").split(" ");
  }

  private static void assertPassed(Ended run) {
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("PASSED");
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"lab", "ci", "database"})
  void whatFaultlineStartsItselfPassesAsItIsWritten(String template) throws Exception {
    String[] next = init(template);
    if (template.equals("ci")) {
      assertThat(next).containsSequence("--yes", "--out", "reports");
      next[next.length - 1] = temp.resolve("reports").toString();
    }

    assertPassed(cli.run(next));
    assertThat(cli.marked().processes()).isEmpty();
    if (template.equals("ci")) {
      assertThat(temp.resolve("reports/junit.xml")).isNotEmptyFile();
    }
  }

  @Tag("slow")
  @Test
  void aProcessThatRunsAlreadyIsFrozenAndLetGo() throws Exception {
    int port = freePort();
    Running server =
        cli.start(
            Map.of(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-m",
                "jdk.httpserver",
                "-b",
                "127.0.0.1",
                "-p",
                String.valueOf(port)));
    server.awaitOut("URL http");
    String[] next = init("local");
    Path local = temp.resolve("chaos/local.yaml");
    Files.writeString(local, Files.readString(local).replace(":8080/", ":" + port + "/"));
    Files.writeString(temp.resolve("chaos/service.pid"), server.process().pid() + "\n");

    Ended doctor = cli.run("doctor", next[1]);
    assertThat(doctor.out()).contains("runs as " + server.process().pid());
    assertPassed(cli.run("run", next[1], "--yes"));
    assertThat(Marked.state(server.process().pid())).isEqualTo("S");
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void onATerminalItAsks() throws Exception {
    assumeTrue(Files.isExecutable(SCRIPT), "needs 'script' of util-linux");
    Path folder = temp.resolve("asked");
    String line =
        Cli.command("init", folder.toString()).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Running running =
        cli.start(
            Map.of("TERM", "xterm", "COLUMNS", "80"),
            List.of(SCRIPT.toString(), "-qec", line, "/dev/null"));
    running.awaitOut("Template [lab]: ");
    running.type("local\n");
    running.awaitOut("Name of your service [service]: ");
    running.type("api\n");
    running.awaitOut("File that holds the number of its process [service.pid]: ");
    running.type("\n");
    running.awaitOut("Address that answers while all is well");
    running.type("http://127.0.0.1:9/health\n");
    running.awaitOut("Prometheus");
    running.type("\n");

    Ended init = running.end();

    assertThat(init.exit()).as(init.out()).isZero();
    assertThat(init.out()).contains("faultline run " + folder.resolve("freeze.yaml"));
    assertThat(folder.resolve("local.yaml"))
        .content()
        .contains("api: {pidFile: \"service.pid\"}", "load: {http: \"http://127.0.0.1:9/health\"");
  }
}
