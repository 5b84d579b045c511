package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fuse that cannot be had is said to be none. */
class FuseRefusalTest {

  private static final Duration ARMING = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path folder;
  @AutoClose private final Victims victims = new Victims();
  private final String runId = "test-" + UUID.randomUUID();

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(FuseProcesses.find(runId)).isEmpty();
  }

  @Test
  void aJvmThatCannotBeStartedIsNoFuse() {
    assertThatThrownBy(() -> new FuseLauncher(Path.of("/no/java"), "/").start(order(), ARMING))
        .isInstanceOf(FuseStartException.class)
        .hasMessageContaining("/no/java");
  }

  @Test
  void aFuseThatDoesNotAnswerInTimeIsKilled() {
    assertThatThrownBy(() -> FuseLauncher.likeThisProcess().start(order(), Duration.ofNanos(1)))
        .isInstanceOf(FuseStartException.class)
        .hasMessageContaining("was not armed within");
    assertThat(FuseProcesses.find(runId)).isEmpty();
  }

  @Test
  void rubbishOnStandardInputIsRefusedWithOneLineAndExitTwo() throws Exception {
    Process fuse = victims.java(Fuse.class);
    try (var in = fuse.outputWriter()) {
      in.write("rubbish\n");
    }

    assertThat(fuse.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(fuse.exitValue()).isEqualTo(2);
    assertThat(fuse.inputReader().lines())
        .containsExactly("faultline-fuse: first line is not 'faultline-fuse-order 1'");
  }

  private FuseOrder order() {
    try (Lease lease = Lease.create(folder.resolve("lease"))) {
      return new FuseOrder(
          runId,
          "fault",
          lease.path(),
          LONG,
          Duration.ofMillis(10),
          List.of(new FuseAction.Run(List.of("true"), Map.of(), LONG)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
