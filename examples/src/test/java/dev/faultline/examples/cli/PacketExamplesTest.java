package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples on packets, on the network namespace that their script makes. */
@Tag("slow")
@ResourceLock("networks of examples/hosts")
final class PacketExamplesTest {

  private static final Path FOLDER = Cli.home().resolve("examples/hosts");

  @TempDir private Path temp;

  @BeforeEach
  void up() throws Exception {
    Ended up = new HostScript("network", temp).up();
    assertThat(up.exit()).as(up.out() + up.err()).isZero();
  }

  @AfterEach
  void down() throws Exception {
    Ended _ = new HostScript("network", temp).run("down");
    assertThat(Path.of("/run/netns/faultline-shop")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "slow-line, 0, PASSED, latency 100ms ± 10ms",
    "lossy-line, 0, PASSED, loss 5%",
    "cut-line, 0, PASSED, partition",
    "dns-outage, 0, PASSED, dns answered servfail for *.shop.internal"
  })
  void a_run_ends_as_the_readme_says(String name, int exit, String verdict, String fault)
      throws Exception {
    assertThat(Files.readString(FOLDER.resolve("README.md")))
        .containsPattern(
            "`%s.yaml` \\|.*\\| %d, %s \\|"
                .formatted(name, exit, verdict.toLowerCase(Locale.ROOT)));
    try (Cli cli = new Cli(temp)) {
      Ended run = cli.run("run", "examples/hosts/" + name + ".yaml");

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(exit);
      assertThat(run.out()).contains(verdict + " " + name, "steps proven undone");
      assertThat(run.err().replaceAll("\\s+", " "))
          .contains(fault + " on the packets of faultline-shop: in force; ");
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  @Test
  void without_ports_the_server_is_still_reached() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = cli.run("run", "examples/hosts/no-ports.yaml");

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
      assertThat(run.out()).contains("PASSED no-ports", "1 of 1 steps proven undone");
      assertThat(run.err().replaceAll("\\s+", " ")).contains("5000 ports held, 0 free");
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  @Test
  void killed_at_once_it_leaves_a_line_that_is_whole() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Running run = cli.start("run", "examples/hosts/cut-line.yaml");
      run.awaitErr("packets lost").signal("KILL").process().waitFor();

      Ended undo = cli.run("undo");
      assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
      assertThat(cli.marked().processes()).isEmpty();
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("10.77.77.2", 8080), 5000);
      }
    }
  }
}
