package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

  /** All that was shown, without colours and movements. */
  private static String read(String shown) {
    return shown.replaceAll("\u001b\\[[?0-9]*[a-zA-Z]", "");
  }

  @Test
  void a_run_is_shown_as_it_stands_below_what_is_told() throws Exception {
    String file = cli.file("tiny.yaml", Tiny.lab("tiny", 3));
    Map<String, String> env = Map.of("TERM", "xterm", "COLUMNS", "60", "LINES", "20");

    Ended run = onTerminal(env, "", "run", file).end();

    assertThat(run.exit()).as(run.out()).isEqualTo(0);
    assertThat(run.out())
        .contains("\u001b[?2026h", "\u001b[32mPASSED tiny\u001b[0m")
        .doesNotContain("\u001b[?1049h");
    assertThat(read(run.out()))
        .contains("├ ✓ prepare", "● idle", "s left", "✓ alive  0  equal to 0", "lease 10s of 10s")
        .containsPattern(" [0-9.]+s  fault freeze-idle is in force");
    assertThat(read(run.out()).lines().filter(line -> !line.contains("  report ")))
        .allMatch(line -> line.length() <= 60);
    assertThat(run.out().substring(run.out().lastIndexOf("\u001b[?2026l")))
        .as("the view is gone at the end, and the cursor is there")
        .doesNotContain("lease");
    assertThat(count(run.out(), "\u001b[?25l")).isEqualTo(count(run.out(), "\u001b[?25h"));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void where_the_locale_knows_no_more_the_view_is_ascii() throws Exception {
    String file = cli.file("tiny.yaml", Tiny.lab("tiny", 2));
    Map<String, String> env = Map.of("TERM", "xterm", "LC_ALL", "C", "COLUMNS", "80");

    Ended run = onTerminal(env, "", "run", file).end();

    assertThat(read(run.out())).contains("|-+ prepare", "`-o recovery");
  }

  @Test
  void a_person_who_wants_lines_only_gets_them_and_so_does_a_dumb_terminal() throws Exception {
    String file = cli.file("tiny.yaml", Tiny.lab("tiny", 1));

    Ended lines = onTerminal(Map.of("TERM", "xterm"), "", "run", "--no-live", file).end();
    Ended dumb = onTerminal(Map.of("TERM", "dumb"), "", "run", file).end();

    assertThat(lines.out()).contains("\u001b[32mPASSED tiny").doesNotContain("\u001b[?2026h");
    assertThat(dumb.out()).contains("PASSED tiny").doesNotContain("\u001b");
  }

  @Test
  void nobody_gets_colours_who_does_not_want_them() throws Exception {
    String file = cli.file("tiny.yaml", Tiny.lab("tiny", 1));

    Ended run = onTerminal(Map.of("TERM", "xterm", "NO_COLOR", "1"), "", "run", file).end();

    assertThat(run.exit()).as(run.out()).isEqualTo(0);
    assertThat(run.out()).contains("PASSED tiny").doesNotContainPattern("\u001b\\[[0-9;]*m");
  }

  @Test
  void a_run_of_another_process_is_watched_to_its_end() throws Exception {
    String file = cli.file("tiny.yaml", Tiny.lab("tiny", 8));
    Running run = cli.start("run", file).awaitErr("is in force");

    Running watching = onTerminal(Map.of("TERM", "xterm"), "", "watch", "--exit-code");
    watching.awaitOut("s left");
    Ended watched = watching.end();

    assertThat(run.end().exit()).isEqualTo(0);
    assertThat(watched.exit()).as(watched.out()).isEqualTo(0);
    assertThat(read(watched.out()))
        .contains("fault freeze-idle is in force", "exit code   0 (passed)");
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
    assertThat(running.out())
        .as("the plan is there to be read")
        .contains("freeze at idle", "SIGCONT");
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
