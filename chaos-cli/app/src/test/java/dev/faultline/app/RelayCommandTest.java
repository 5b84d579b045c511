package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.delay.Distribution;
import dev.faultline.node.relay.Relay;
import dev.faultline.node.relay.RelayFault;
import dev.faultline.node.relay.StreamFault;
import dev.faultline.node.relay.Way;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class RelayCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(page(out), page(err), false, Map.of(), Path.of("nowhere"));

  private static Page page(ByteArrayOutputStream bytes) {
    return new Page(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 100);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static RelayFault fault(String line) {
    assertThat(RelayWords.read(line)).isInstanceOf(RelayOrder.Put.class);
    return ((RelayOrder.Put) RelayWords.read(line)).fault();
  }

  @Test
  void aLineSaysEverythingOfAFault() {
    assertThat(
            RelayWords.read(
                "latency 100ms jitter 10ms distribution pareto correlation 25% direction to-target"
                    + " share 10% seed 7 as slow"))
        .isEqualTo(
            new RelayOrder.Put(
                "slow",
                new RelayFault(
                    new StreamFault.Latency(
                        Duration.ofMillis(100), Duration.ofMillis(10), Distribution.PARETO, 0.25),
                    EnumSet.of(Way.TO_TARGET),
                    0.1,
                    7)));
  }

  @Test
  void eachFaultHasAWord() {
    assertThat(fault("bandwidth 64Ki")).isEqualTo(of(new StreamFault.Bandwidth(65_536)));
    assertThat(fault("reset")).isEqualTo(of(new StreamFault.Reset(Duration.ZERO)));
    assertThat(fault("reset 5s")).isEqualTo(of(new StreamFault.Reset(Duration.ofSeconds(5))));
    assertThat(fault("refuse")).isEqualTo(of(new StreamFault.Refuse()));
    assertThat(fault("blackhole")).isEqualTo(of(new StreamFault.Blackhole()));
    assertThat(fault("half-close")).isEqualTo(of(new StreamFault.HalfClose()));
    assertThat(fault("slice 10 pause 5ms"))
        .isEqualTo(of(new StreamFault.Slice(10, Duration.ofMillis(5))));
    assertThat(fault("limit 1000")).isEqualTo(of(new StreamFault.Limit(1000)));
    assertThat(RelayKind.values()).hasSameSizeAs(StreamFault.class.getPermittedSubclasses());
  }

  private static RelayFault of(StreamFault fault) {
    return RelayFault.of(fault);
  }

  @ParameterizedTest
  @CsvSource({
    "latncy 5ms, did you mean 'latency'?",
    "latency, latency needs a value",
    "latency 5, latency '5' cannot be",
    "latency 5ms jiter 1ms, did you mean 'jitter'?",
    "latency 5ms jitter, jitter needs a value",
    "latency 5ms jitter 1ms jitter 2ms, jitter stands there twice",
    "latency 5ms distribution gauss, unknown distribution 'gauss'",
    "slice 0, at least 1",
    "limit 1.5, limit '1.5' cannot be",
    "refuse share 200%, share '200%' cannot be",
    "refuse direction out, unknown direction 'out'",
    "refuse seed x, seed 'x' is not a whole number"
  })
  void whatCannotBeIsExplained(String line, String words) {
    assertThatThrownBy(() -> RelayWords.read(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relay",
        "relay --to nowhere",
        "relay --to 127.0.0.1:0",
        "relay --to 127.0.0.1:99999",
        "relay --to 5432 --latency fast",
        "relay --to 5432 --jitter 5ms",
        "relay --to 5432 --slice 0",
        "relay --to 5432 --latncy 5ms"
      })
  void aWrongOptionIsRefused(String line) {
    assertThat(Main.run(console, line.split(" "))).isEqualTo(2);
    assertThat(err()).startsWith("error: ");
  }

  @Test
  void aPortThatIsTakenIsNotReady() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertThat(Main.run(console, "relay", "--listen", port, "--to", port)).isEqualTo(5);
      assertThat(err()).contains("port " + port);
    }
  }

  @Test
  void linesChangeWhatIsInForce() throws IOException {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Relay relay = Relay.start(here, new InetSocketAddress(here.getAddress(), 1))) {
      RelayShell shell = new RelayShell(relay, console);

      assertThat(follow(shell, "latency 5ms\n\nslice 3 as thin\nstatus\nclear latency\n")).isTrue();
      assertThat(relay.faults()).containsExactly("thin");
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("accepted 0", "latency: connections 0", "thin: ");
      assertThat(follow(shell, "clear\nwhat\nrefuse")).isFalse();
      assertThat(relay.faults()).containsExactly("refuse");
      assertThat(err()).contains("unknown order 'what'");
    }
  }

  private static boolean follow(RelayShell shell, String lines) throws IOException {
    return shell.follow(new BufferedReader(new StringReader(lines)));
  }

  @Test
  void optionsBecomeFaults() throws UsageError {
    RelayOptions options = new RelayOptions();
    new CommandLine(options)
        .parseArgs(
            "--latency=300ms",
            "--jitter=30ms",
            "--blackhole",
            "--share=50%",
            "--direction=to-target");
    assertThat(options.orders())
        .containsExactly(
            RelayWords.read("latency 300ms jitter 30ms direction to-target share 50%"),
            RelayWords.read("blackhole direction to-target share 50%"));
  }
}
