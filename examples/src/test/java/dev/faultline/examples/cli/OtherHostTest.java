package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.environment.remote.Sshd;
import dev.faultline.examples.shop.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments on a machine behind a real server of SSH, as a user runs them. */
@Tag("slow")
final class OtherHostTest {

  @TempDir private static Path there;
  @TempDir private Path temp;

  private static Sshd sshd;
  private static boolean serves;

  private Cli cli;
  private Process victim;

  @BeforeAll
  static void aServer() throws Exception {
    sshd = Sshd.start(there, "127.0.0.1", Optional.empty());
    serves = true;
  }

  private static void serve() throws Exception {
    if (!serves) {
      sshd = sshd.again();
      serves = true;
    }
  }

  @AfterAll
  static void noServer() {
    if (sshd != null) {
      sshd.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    serve();
    cli = new Cli(temp);
    victim = new ProcessBuilder("sleep", "1000").start();
    Files.writeString(there.resolve("victim.pid"), Long.toString(victim.pid()));
  }

  @AfterEach
  void close() {
    cli.close();
    victim.destroyForcibly();
  }

  /** A file beside the keys that its environment names. */
  private String experiment(int seconds, int lease) throws Exception {
    String text =
        Tiny.experiment("there", seconds, lease, Sshd.environment(there).indent(4))
            .replace("target: {process: idle}", "target: {process: victim}");
    return Files.writeString(there.resolve("there.yaml"), text).toString();
  }

  @Test
  void a_fault_on_another_host_is_planned_shown_and_taken_back() throws Exception {
    String file = experiment(2, 10);

    Ended plan = cli.run("plan", file);
    Ended run = cli.run("run", file);

    assertThat(plan.exit()).as(plan.out() + plan.err()).isZero();
    assertThat(plan.out()).contains("web1", "victim");
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out() + run.err()).contains("PASSED there", "process victim on web1: stopped");
    assertThat(Marked.state(victim.pid())).isEqualTo("S");
    assertThat(cli.run("undo").err()).isEqualTo("Nothing to undo.\n");
  }

  @Test
  void killed_it_is_finished_by_undo_once_the_host_can_be_reached() throws Exception {
    String file = experiment(60, 100);
    Running running = cli.start("run", file);
    running.awaitErr("fault freeze-victim is in force");
    assertThat(Marked.state(victim.pid())).isEqualTo("T");

    assertThat(running.signal("KILL").end().exit()).isEqualTo(137);
    sshd.close();
    serves = false;
    Ended tooEarly = cli.run("undo");
    assertThat(tooEarly.exit()).as(tooEarly.out() + tooEarly.err()).isEqualTo(7);
    assertThat(tooEarly.out() + tooEarly.err())
        .containsIgnoringWhitespaces("host web1", "Connection refused");
    assertThat(Marked.state(victim.pid())).isEqualTo("T");

    serve();
    Ended undo = cli.run("undo");
    assertThat(undo.exit()).as(undo.out() + undo.err()).isZero();
    assertThat(Marked.state(victim.pid())).isEqualTo("S");
    assertThat(cli.run("undo").err()).isEqualTo("Nothing to undo.\n");
    Await.until("nothing runs for it", () -> cli.marked().processes().isEmpty());
  }

  @Test
  void a_host_that_cannot_be_reached_is_refused_before_anything_is_done() throws Exception {
    String file = experiment(2, 10);
    String elsewhere =
        Files.readString(Path.of(file)).replaceFirst("\"port\": \\d+", "\"port\": 1");
    Files.writeString(Path.of(file), elsewhere);

    Ended run = cli.run("run", file);

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(5);
    assertThat(run.err()).containsIgnoringWhitespaces("host web1", "Connection refused");
    assertThat(Marked.state(victim.pid())).isEqualTo("S");
  }

  @Test
  void by_sudo_it_ends_by_itself_when_faultline_is_killed() throws Exception {
    assumeTrue(sudoAsksNothing(), "needs a sudo that asks for no password");
    String file = experiment(60, 3);
    Files.writeString(
        Path.of(file),
        Files.readString(Path.of(file)).replace("\"web1\": {", "\"web1\": {\"sudo\": true, "));
    Running running = cli.start("run", file);
    running.awaitErr("fault freeze-victim is in force");

    assertThat(running.signal("KILL").end().exit()).isEqualTo(137);

    Await.until("it goes on", () -> Marked.state(victim.pid()).equals("S"));
    assertThat(cli.run("undo").exit()).isZero();
  }

  private static boolean sudoAsksNothing() throws Exception {
    try {
      return new ProcessBuilder("sudo", "-n", "true").start().waitFor() == 0;
    } catch (IOException none) {
      return false;
    }
  }
}
