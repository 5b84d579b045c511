package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lever that stops all. */
final class HaltTest {

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

  private Running frozen(String name) throws Exception {
    return cli.start("run", cli.file(name + ".yaml", Tiny.lab(name, 600)))
        .awaitErr("fault freeze-idle is in force");
  }

  @Test
  void all_that_is_on_is_undone_and_nothing_begins_until_it_is_resumed() throws Exception {
    Running one = frozen("one");
    Running other = frozen("other");

    Ended halt = cli.run("halt", "--why", "customers complain");

    assertThat(halt.exit()).as(halt.err()).isEqualTo(0);
    assertThat(halt.out()).contains("one: halted", "other: halted");
    for (Running run : new Running[] {one, other}) {
      Ended ended = run.end();
      assertThat(ended.exit()).as(ended.err()).isEqualTo(6);
      assertThat(ended.out()).contains("halted by", "customers complain", "2 of 2 steps proven");
    }
    Path short1 = Path.of(cli.file("short.yaml", Tiny.lab("short", 1)));
    Ended refused = cli.run("run", short1.toString());
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("nothing was touched", "halted by", "customers complain");
    assertThat(cli.runs()).hasSize(2);
    assertThat(cli.run("resume").exit()).isEqualTo(0);
    assertThat(cli.run("run", short1.toString()).exit()).isEqualTo(0);
    assertThat(cli.marked().processes()).isEmpty();
  }

  @Test
  void one_run_is_halted_and_the_other_goes_on() throws Exception {
    Running one = frozen("one");
    Running other = frozen("other");

    assertThat(cli.run("halt", "none").exit()).isEqualTo(2);
    String id =
        cli.runs().stream()
            .map(run -> run.getFileName().toString())
            .filter(name -> name.endsWith("-one"))
            .findFirst()
            .orElseThrow();
    Ended halt = cli.run("halt", id);

    assertThat(halt.exit()).as(halt.err()).isEqualTo(0);
    assertThat(one.end().exit()).isEqualTo(6);
    assertThat(other.process().isAlive()).isTrue();
    assertThat(cli.run("halt", "--all").exit()).isEqualTo(0);
    assertThat(other.end().exit()).isEqualTo(6);
  }

  @Test
  void what_died_before_is_undone_too_and_a_file_that_cannot_be_read_halts() throws Exception {
    Running one = frozen("one");
    one.signal("KILL").end();

    Ended halt = cli.run("halt");

    assertThat(halt.exit()).as(halt.err()).isEqualTo(0);
    assertThat(halt.out()).contains("halted");
    assertThat(cli.run("undo").err()).contains("Nothing to undo.");
    Files.writeString(cli.stateHome().resolve("faultline/halt.json"), "{");
    Ended refused = cli.run("run", cli.file("short.yaml", Tiny.lab("short", 1)));
    assertThat(refused.exit()).isEqualTo(3);
  }
}
