package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BacktestCommandTest {

  private static final String FILE =
      """
      apiVersion: faultline.dev/v1
      kind: Experiment
      metadata: {name: past}
      spec:
        environment:
          local: {processes: {idle: {pidFile: idle.pid}}}
      PROMETHEUS
        gates: [{name: up, prometheus: 'min(up)', above: 0}]
        faults: [{freeze: {}, target: {process: idle}, for: 1s}]
      """;

  @TempDir private Path folder;

  private Called backtest(String prometheus, String... options) throws IOException {
    Path file =
        Files.writeString(folder.resolve("past.yaml"), FILE.replace("PROMETHEUS", prometheus));
    String[] words = new String[options.length + 2];
    words[0] = "backtest";
    words[1] = file.toString();
    System.arraycopy(options, 0, words, 2, options.length);
    return Called.faultline(folder, words);
  }

  private static String at(int port) {
    return "    prometheus: {url: \"http://127.0.0.1:%d\"}".formatted(port);
  }

  @Test
  void whatHasNoPrometheusHasNoPast() throws IOException {
    Called called = backtest("", "--from", "24h");

    assertThat(called.exit()).isEqualTo(2);
    assertThat(called.err()).contains("environment past has no Prometheus");
  }

  @Test
  void aPrometheusThatDoesNotAnswerIsNamed() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    Called called = backtest(at(nobody), "--from", "1m", "--step", "15s");

    assertThat(called.exit()).as(called.out()).isEqualTo(5);
    assertThat(called.out()).contains("5 looks", "source unreachable 5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --from yesterday                                            | --from yesterday is no moment
          --from 2026-03-14T09:00                                     | is no moment
          --from -5s                                                  | is no moment
          --from 2026-03-14T09:00Z --to 2026-03-14T09:00Z             | there is no time from
          --from 365d --step 1s                                       | looks are too many
          --from 24h --step 0s                                        | --step 0s is no length of time
          --from 24h --incident 2026-03-14T09:00Z                     | --incident 2026-03-14T09:00Z is no time
          --from 24h --incident 2026-03-14T09:00Z/2026-03-14T08:00Z   | has no length
          """)
  void timesThatAreNoneAreRefused(String options, String words) throws IOException {
    Called called = backtest(at(9), options.split(" +"));

    assertThat(called.exit()).as(called.out()).isEqualTo(2);
    assertThat(called.err()).contains(words);
  }
}
