package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadMansSwitchTest {

  private static final Duration LEASE = Duration.ofSeconds(1);

  /**
   * A process with a switch: {@code arm}, {@code renew} and {@code close} are lines of its input.
   */
  static final class Armed {
    public static void main(String[] arguments) throws Exception {
      Optional<DeadMansSwitch> armed = Optional.empty();
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line) {
          case "arm" -> armed = DeadMansSwitch.arm(LEASE);
          case "renew" -> armed.orElseThrow().renew();
          default -> armed.orElseThrow().close();
        }
        System.out.println(line);
      }
    }
  }

  @BeforeEach
  void onLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux");
  }

  private static Process start() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Armed.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void tell(Process process, String line) throws Exception {
    process.outputWriter().write(line + "\n");
    process.outputWriter().flush();
    assertThat(process.inputReader().readLine()).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoDoesNotRenewIsKilledStoppedOrNot(boolean stopped) throws Exception {
    Process process = start();
    try {
      tell(process, "arm");
      if (stopped) {
        ProcessIdentity.of(process.pid()).ifPresent(victim -> victim.signal(PosixSignal.STOP));
      }

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(137);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whoRenewsOrDisarmsLives() throws Exception {
    Process process = start();
    try {
      tell(process, "arm");
      long end = System.nanoTime() + 2 * LEASE.toNanos();
      while (System.nanoTime() < end) {
        tell(process, "renew");
      }
      tell(process, "close");

      assertThat(process.waitFor(2 * LEASE.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
      tell(process, "renew");
    } finally {
      process.destroyForcibly();
    }
  }
}
