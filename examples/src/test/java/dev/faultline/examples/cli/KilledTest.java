package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.examples.shop.Await;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that outlives Faultline does not stay frozen when Faultline is killed. */
final class KilledTest {

  @TempDir private Path temp;
  private Cli cli;
  private Process victim;

  @BeforeEach
  void open() throws Exception {
    cli = new Cli(temp);
    victim = new ProcessBuilder("sleep", "1000").start();
  }

  @AfterEach
  void close() {
    cli.close();
    victim.destroyForcibly();
  }

  private void killWhileFrozen(int leaseSeconds) throws Exception {
    String pidFile = cli.file("idle.pid", victim.pid() + "\n");
    Running running =
        cli.start("run", cli.file("mine.yaml", Tiny.local("mine", 60, leaseSeconds, pidFile)));
    running.awaitErr("fault freeze-idle is in force");
    assertThat(Marked.state(victim.pid())).isEqualTo("T");

    assertThat(running.signal("KILL").end().exit()).isEqualTo(137);
    assertThat(Marked.state(victim.pid())).as("frozen as before").isEqualTo("T");
    assertThat(cli.run("status").out())
        .contains("died; 'faultline undo' finishes it", "open: send SIGSTOP to idle");
  }

  @Test
  void the_fuse_lets_it_go_on_when_nobody_comes() throws Exception {
    killWhileFrozen(2);

    Await.until("it goes on", () -> Marked.state(victim.pid()).equals("S"));
    Await.until("the fuse is gone", () -> cli.marked().processes().isEmpty());
    undoneOnceAndForAll();
  }

  @Test
  void undo_lets_it_go_on_at_once() throws Exception {
    killWhileFrozen(100);

    undoneOnceAndForAll();
  }

  private void undoneOnceAndForAll() throws Exception {
    Ended undo = cli.run("undo");
    assertThat(undo.exit()).as(undo.err()).isEqualTo(0);
    assertThat(undo.out()).contains("halted");
    assertThat(Marked.state(victim.pid())).isEqualTo("S");
    assertThat(cli.marked().processes()).as("fuses").isEmpty();
    assertThat(cli.latest().resolve("report.html")).isNotEmptyFile();

    Ended again = cli.run("undo");
    assertThat(again.exit()).isEqualTo(0);
    assertThat(again.err()).isEqualTo("Nothing to undo.\n");
    assertThat(cli.run("status").out()).contains("halted").doesNotContain("open");
  }

  @Test
  void the_next_run_lets_it_go_on_first() throws Exception {
    killWhileFrozen(100);
    String pidFile = Objects.toString(temp.resolve("idle.pid"));

    Ended next =
        cli.run("run", "--json", cli.file("next.yaml", Tiny.local("next", 1, 10, pidFile)));

    assertThat(next.exit()).as(next.err()).isEqualTo(0);
    assertThat(next.err()).contains("undone (state of process idle is");
    assertThat(next.out()).as("events of the new run alone").doesNotContain("foundDead");
    assertThat(Marked.state(victim.pid())).isEqualTo("S");
    assertThat(cli.marked().processes()).isEmpty();
    assertThat(cli.run("status").out()).contains("halted", "passed").doesNotContain("open");
  }
}
