package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.examples.shop.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the journal gets full while something is broken. */
final class DiskFullTest {

  /** The journal sets room aside in pieces of 64 KiB: this leaves a few seconds' worth of one. */
  private static final int LONG = 50_000;

  private static final String MORE_GATES =
      IntStream.range(0, 8)
          .mapToObj("    - {name: alive-%d, command: [\"true\"], equals: 0}\n"::formatted)
          .collect(Collectors.joining());

  @TempDir private Path temp;
  private Path disk;
  private Process victim;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        exit("mount", "-t", "tmpfs", "-o", "size=2m", "faultline-test", disk.toString()) == 0,
        "needs the right to mount a small file system");
    victim = new ProcessBuilder("sleep", "1000").start();
  }

  @AfterEach
  void unmount() throws Exception {
    if (victim != null) {
      victim.destroyForcibly();
      assertThat(exit("umount", "--lazy", disk.toString())).isEqualTo(0);
    }
  }

  private static int exit(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void the_fault_is_undone_at_once_and_the_disk_is_named() throws Exception {
    try (Cli cli = new Cli(temp)) {
      String pidFile = cli.file("idle.pid", victim.pid() + "\n");
      String text =
          Tiny.local("full", 120, 10, pidFile)
              .replace("Nothing depends on it.", "word ".repeat(LONG / 5))
              .replace("  gates:\n", "  gates:\n" + MORE_GATES);
      Running running =
          cli.start(
              Map.of("XDG_STATE_HOME", disk.toString()),
              Cli.command("run", cli.file("full.yaml", text)));
      running.awaitErr("fault freeze-idle is in force");
      fill(disk.resolve("rubbish"));

      Ended run = running.end();

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(10);
      assertThat(run.out()).contains("INTERNAL ERROR full: ", "disk full", "2 of 2 steps proven");
      assertThat(Marked.state(victim.pid())).isEqualTo("S");
      Await.until("no fuse is left", () -> cli.marked().processes().isEmpty());
    }
  }

  private static void fill(Path file) {
    try (OutputStream rubbish = Files.newOutputStream(file)) {
      while (true) {
        rubbish.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }
}
