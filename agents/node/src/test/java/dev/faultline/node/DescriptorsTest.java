package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a shell that opens a file, under a number of its choice, whenever it is told to. */
class DescriptorsTest {

  private static final String SCRIPT =
      "while read -r number; do"
          + " if eval \"exec $number</dev/null\"; then echo open; else echo refused; fi; done";

  private Process shell;
  private ProcessIdentity victim;
  private BufferedReader answers;
  private Writer orders;

  @BeforeEach
  void start() throws IOException {
    shell =
        new ProcessBuilder("bash", "-c", SCRIPT)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    victim = ProcessIdentity.of(shell.pid()).orElseThrow();
    answers = shell.inputReader();
    orders = shell.outputWriter();
  }

  @AfterEach
  void end() throws Exception {
    shell.destroyForcibly().waitFor();
  }

  private String open(int number) throws IOException {
    orders.write(number + "\n");
    orders.flush();
    return answers.readLine();
  }

  @Test
  void aProcessOpensAsManyAsAreLeftAndAllOfThemAfterwards() throws Exception {
    assertThat(open(3)).isEqualTo("open");
    assertThat(open(7)).as("with a gap from 4 to 6").isEqualTo("open");
    Descriptors before = Descriptors.of(victim).orElseThrow();

    assertThat(Descriptors.leave(victim, 1)).contains(5L);

    assertThat(Descriptors.of(victim).orElseThrow())
        .satisfies(
            is -> {
              assertThat(is.limit()).isEqualTo(5);
              assertThat(is.free()).isEqualTo(1);
              assertThat(is.open()).isEqualTo(before.open());
            });
    assertThat(open(4)).isEqualTo("open");
    assertThat(open(5)).isEqualTo("refused");

    assertThat(Descriptors.giveBack(victim, before.limit())).contains(before.limit());

    assertThat(open(5)).isEqualTo("open");
    assertThat(Descriptors.of(victim).orElseThrow().limit()).isEqualTo(before.limit());
  }

  @Test
  void givingBackNeverTakesAndLeavingNeverGives() throws Exception {
    long before = Descriptors.of(victim).orElseThrow().limit();

    assertThat(Descriptors.giveBack(victim, 3)).contains(before);
    assertThat(Descriptors.leave(victim, Math.toIntExact(Math.min(before, 90_000))))
        .hasValueSatisfying(is -> assertThat(is).isLessThanOrEqualTo(before));
    assertThat(Descriptors.giveBack(victim, Long.MAX_VALUE)).isPresent();
  }

  @Test
  void aProcessThatIsGoneNeedsNone() throws Exception {
    shell.destroyForcibly().waitFor();

    assertThat(Descriptors.of(victim)).isEmpty();
    assertThat(Descriptors.leave(victim, 0)).isEmpty();
    assertThat(Descriptors.giveBack(victim, 100)).isEmpty();
  }

  @Test
  void aFuseGivesThemBack(@TempDir Path folder) throws Exception {
    long before = Descriptors.of(victim).orElseThrow().limit();
    try (Lease lease = Lease.create(folder.resolve("lease"))) {
      FuseOrder order =
          new FuseOrder(
              "test-" + UUID.randomUUID(),
              "none",
              lease.path(),
              Duration.ofMillis(500),
              Duration.ofMillis(10),
              List.of(new FuseAction.Descriptors(victim, before)));
      Armed fuse = FuseLauncher.likeThisProcess().start(order, Duration.ofSeconds(30));
      assertThat(Descriptors.leave(victim, 0)).isPresent();

      // Nobody renews the lease.
      Await.state(fuse.identity(), ProcessState.GONE);

      assertThat(Descriptors.of(victim).orElseThrow().limit()).isEqualTo(before);
      assertThat(fuse.fired().orElseThrow().allDone()).isTrue();
    }
  }
}
