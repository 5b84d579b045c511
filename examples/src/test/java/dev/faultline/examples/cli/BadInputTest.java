package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be done is said in a sentence, with the way out, and nothing is touched. */
final class BadInputTest {

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

  private Ended refused(int exit, String... arguments) throws Exception {
    Ended run = cli.run(arguments);
    assertThat(run.exit()).as(run.err()).isEqualTo(exit);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: ").doesNotContain("Exception", "\tat ");
    assertThat(cli.marked().processes()).isEmpty();
    return run;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rnu x.yaml                  | did you mean run? see 'faultline --help'
          run --ot x x.yaml           | did you mean --out? see 'faultline run --help'
          run                         | see 'faultline run --help'
          run --seed many x.yaml      | see 'faultline run --help'
          run none.yaml               | none.yaml: there is no such file
          validate none.yaml          | none.yaml: there is no such file
          report none                 | see 'faultline status'
          """)
  void what_is_not_understood_ends_with_2_and_says_what_may_be_meant(String line, String words)
      throws Exception {
    assertThat(refused(2, line.split(" ")).err()).contains(words);
  }

  @Test
  void a_mistake_in_a_file_is_shown_where_it_is_and_the_other_files_are_read() throws Exception {
    String wrong = cli.file("wrong.yaml", Tiny.lab("wrong", 1).replace("freeze:", "freze:"));
    String right = cli.file("right.yaml", Tiny.lab("right", 1));

    Ended validate = cli.run("validate", wrong, right);

    assertThat(validate.exit()).isEqualTo(2);
    assertThat(validate.err())
        .containsPattern("error: .*wrong.yaml:1[0-9]:[0-9]+: ")
        .contains("'freeze'")
        .contains("^");
    assertThat(validate.out()).contains(right + ": experiment right is valid");
    refused(2, "run", wrong);
    refused(2, "plan", wrong);
  }

  @Test
  void an_unknown_environment_is_named() throws Exception {
    assertThat(refused(2, "run", "examples/shop/frozen-orders.yaml", "--environment", "sjop").err())
        .contains("did you mean 'shop'?");
  }

  @Test
  void an_unknown_target_is_not_ready_and_says_what_may_be_meant() throws Exception {
    String file =
        cli.file("tiny.yaml", Tiny.lab("tiny", 1).replace("process: idle}", "process: idel}"));

    assertThat(refused(5, "plan", file).err()).contains("did you mean 'idle'?");
    Ended run = cli.run("run", file);
    assertThat(run.exit()).as(run.err()).isEqualTo(5);
    assertThat(run.out() + run.err()).contains("did you mean 'idle'?");
    assertThat(cli.marked().processes()).isEmpty();
  }

  @Test
  void a_taken_port_is_not_ready() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String lab =
          """
              lab:
                processes:
                  idle: {command: [sleep, "1000"], ports: {http: %d}}
          """
              .formatted(taken.getLocalPort());
      String file = cli.file("taken.yaml", Tiny.experiment("taken", 1, 10, lab));

      Ended run = cli.run("run", file);

      assertThat(run.exit()).as(run.err()).isEqualTo(5);
      assertThat(run.out()).contains("NOT READY taken: ").contains("" + taken.getLocalPort());
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  @Test
  void without_prometheus_nothing_is_touched() throws Exception {
    Process idle = new ProcessBuilder("sleep", "1000").start();
    try {
      String pidFile = cli.file("idle.pid", idle.pid() + "\n");
      String file =
          cli.file(
              "blind.yaml",
              Tiny.local("blind", 30, 10, pidFile)
                  .replace("  local:", "  prometheus: {url: \"http://127.0.0.1:1\"}\n    local:")
                  .replace("command: [\"true\"]", "prometheus: up")
                  .replace("equals: 0", "above: 0"));

      Ended run = cli.run("run", file);

      assertThat(run.exit()).as(run.err()).isEqualTo(5);
      assertThat(run.out()).contains("NOT READY blind: gate alive");
      assertThat(run.err()).doesNotContain("is in force");
      assertThat(Marked.state(idle.pid())).isEqualTo("S");
    } finally {
      idle.destroyForcibly();
    }
  }

  @Test
  void a_state_folder_that_is_a_file_is_not_ready() throws Exception {
    Path file = Files.writeString(temp.resolve("in-the-way"), "");
    String tiny = cli.file("tiny.yaml", Tiny.lab("tiny", 1));

    Ended run =
        cli.start(Map.of("XDG_STATE_HOME", file.toString()), Cli.command("run", tiny)).end();

    assertThat(run.exit()).as(run.err()).isEqualTo(5);
    assertThat(run.err()).contains("error: ", "in-the-way", "XDG_STATE_HOME");
  }

  @Test
  void reports_that_would_have_no_place_are_refused_before_the_run() throws Exception {
    String tiny = cli.file("tiny.yaml", Tiny.lab("tiny", 1));
    String file = cli.file("file", "");

    for (String out : List.of(file, file + "/below", "/proc/reports")) {
      Ended run = refused(2, "run", tiny, "--out", out);
      assertThat(run.err()).contains("nothing was run", "--out");
    }
    assertThat(cli.runs()).isEmpty();
  }
}
