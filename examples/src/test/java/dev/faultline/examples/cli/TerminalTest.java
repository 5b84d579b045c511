package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a terminal, which {@code script} of util-linux provides. */
final class TerminalTest {

  private static final Path SCRIPT = Path.of("/usr/bin/script");

  @TempDir private Path temp;
  private Cli cli;
  private Process victim;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Files.isExecutable(SCRIPT), "needs 'script' of util-linux");
    cli = new Cli(temp);
    victim = new ProcessBuilder("sleep", "1000").start();
  }

  @AfterEach
  void close() {
    if (victim != null) {
      cli.close();
      victim.destroyForcibly();
    }
  }

  private Running onTerminal(Map<String, String> env, String end, String... arguments)
      throws Exception {
    String line =
        Cli.command(arguments).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    return cli.start(env, List.of(SCRIPT.toString(), "-qec", line + end, "/dev/null"));
  }

  @Test
  void the_gates_are_shown_as_they_read_now_in_colours() throws Exception {
    String file = cli.file("tiny.yaml", Tiny.lab("tiny", 2));

    Ended run = onTerminal(Map.of("TERM", "xterm", "COLUMNS", "60"), "", "run", file).end();

    assertThat(run.exit()).as(run.out()).isEqualTo(0);
    assertThat(run.out())
        .contains("\u001b[32mPASSED tiny\u001b[0m")
        .containsPattern("\r\u001b\\[K +[0-9.]+s  faults · alive 0");
    assertThat(
            run.out()
                .lines()
                .filter(line -> !line.contains("  report "))
                .map(line -> line.replaceAll("\u001b\\[[0-9]*[mK]", "\r")))
        .allSatisfy(line -> assertThat(line.split("\r")).allMatch(part -> part.length() <= 60));
  }

  @Test
  void nobody_gets_colours_who_does_not_want_them() throws Exception {
    String file = cli.file("tiny.yaml", Tiny.lab("tiny", 1));

    Ended run = onTerminal(Map.of("TERM", "xterm", "NO_COLOR", "1"), "", "run", file).end();

    assertThat(run.exit()).as(run.out()).isEqualTo(0);
    assertThat(run.out()).contains("PASSED tiny").doesNotContain("\u001b");
  }

  @Test
  void messages_that_go_to_a_file_have_no_colours_there() throws Exception {
    Path log = temp.resolve("log");
    String file = cli.file("tiny.yaml", Tiny.lab("tiny", 1));

    Ended run = onTerminal(Map.of("TERM", "xterm"), " 2>'" + log + "'", "run", file).end();

    assertThat(run.out()).contains("\u001b[32mPASSED");
    assertThat(Files.readString(log)).contains("is in force").doesNotContain("\u001b", "\r");
  }

  @Test
  void a_person_who_says_no_is_not_disturbed() throws Exception {
    String pidFile = cli.file("idle.pid", victim.pid() + "\n");
    String file = cli.file("mine.yaml", Tiny.local("mine", 1, 10, pidFile));
    Running running = onTerminal(Map.of("TERM", "xterm"), "", "run", file);
    running.awaitOut("Run mine? [y/N] ");
    assertThat(running.out()).as("the plan is there to be read").contains("SIGSTOP");
    running.type("n\n");

    Ended run = running.end();

    assertThat(run.exit()).as(run.out()).isEqualTo(3);
    assertThat(run.out()).contains("nothing was touched");
    assertThat(cli.runs()).isEmpty();
    assertThat(Marked.state(victim.pid())).isEqualTo("S");
  }

  @Test
  void a_person_who_says_yes_gets_the_run() throws Exception {
    String pidFile = cli.file("idle.pid", victim.pid() + "\n");
    String file = cli.file("mine.yaml", Tiny.local("mine", 1, 10, pidFile));
    Running running = onTerminal(Map.of("TERM", "xterm"), "", "run", file);
    running.awaitOut("Run mine? [y/N] ");
    running.type("y\n");

    Ended run = running.end();

    assertThat(run.exit()).as(run.out()).isEqualTo(0);
    assertThat(run.out()).contains("PASSED");
    assertThat(Marked.state(victim.pid())).isEqualTo("S");
  }
}
