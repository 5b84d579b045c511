package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Burn rates, probes and ways to Prometheus that make no sense. */
final class GateRefusalsTest {

  @TempDir Path folder;

  private String refusal(String text) {
    return new Bench(folder).with("one.yaml", text).refusal("one.yaml").lines().findFirst().get();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "burnRate: {bad: b, total: t, objective: 99%}"
            + "| 6:38: the query has no window; write it as rate(requests_total[$window])",
        "burnRate: {bad: $window, objective: 99%} | 6:22: give 'bad' and 'total', or 'errors'"
            + " alone",
        "burnRate: {bad: $window, total: $window, errors: $window, objective: 99%}"
            + "| 6:22: give 'bad' and 'total', or 'errors' alone",
        "burnRate: {errors: $window} | 6:22: 'objective' is missing",
        "burnRate: {errors: $window, objective: 100%} | 6:61: an objective is a share such as"
            + " 99.9%",
        "burnRate: {errors: $window, objective: 5s} | 6:61: an objective is a share such as 99.9%",
        "burnRate: {errors: $window, objective: 99%, windows: [{long: 5s, short: 5s, factor: 2}]}"
            + "| 'long' must be longer than 'short'",
        "burnRate: {errors: $window, objective: 99%, windows: [{long: 5s, factor: 2}]}"
            + "| 'short' is missing",
        "burnRate: {errors: $window, objective: 99%, windows: [{long: 5s, short: 1s, factor: 2s}]}"
            + "| 'factor' is a number above 0",
        "burnRate: {errors: $window, objective: 99%, windows: [{long: 5s, short: 1s, factor:"
            + " 100}]}| nothing burns faster than 100×: a factor of 100 is never reached; choose a"
            + " smaller",
        "burnRate: {errors: $window, objective: 99%}, equals: 0"
            + "| 'burnRate' brings its own bound along; remove 'equals'",
        "http: ftp://x, equals: 200 | 'ftp://x' is not an address; write it as http://",
        "http: {url: http://x, method: get}, equals: 200 | a method is written in capitals",
        "http: {url: http://x, body: hi}, equals: 200 | a GET carries no body; add 'method: POST'",
        "http: {url: http://x, timeout: 1h}, equals: 200 | 'timeout' must be from 10ms to 1m",
        "http: {url: http://x, read: ok, pointer: /a}, equals: 1 | 'pointer' belongs to 'read:"
            + " json'",
        "http: {url: http://x, read: json}, equals: 1 | 'read: json' needs 'pointer'",
        "http: {url: http://x, pointer: a/b}, equals: 1 | 'a/b' is no pointer; write it as /queues",
        "http: {url: http://x, pointer: /a~2}, equals: 1 | '/a~2' is no pointer",
        "http: {url: http://x, read: latency}, below: 5 | is written like 300ms, not 5",
        "http: http://x, below: 1% | is written like 7, not 1%",
        "http: http://x | one of these is missing: below, above, between, equals",
        "sql: {database: d, select: x, timeout: 500us}, below: 5 | 'timeout' must be from 10ms to"
            + " 1m",
        "sql: {database: d, select: x, timeout: 1h}, below: 5 | 'timeout' must be from 10ms to 1m",
      })
  void aGateThatMakesNoSenseIsRefused(String gate, String message) {
    String text =
        Bench.experiment("one", "  environment: {local: {}}\n")
            .replace("prometheus: up, above: 0", gate);

    assertThat(refusal(text)).startsWith("one.yaml:6:").contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "url: 'http://a:b@p' | no name or password stands in an address; use 'user'",
        "url: http://p, user: ann | 'user' and 'passwordFile' belong together",
        "url: http://p, passwordFile: x | 'user' and 'passwordFile' belong together",
        "url: http://p, user: ann, passwordFile: x, bearerTokenFile: t"
            + "| one way to say who asks is enough: bearerTokenFile stands here too",
        "url: http://p, bearerTokenFile: t, headers: {authorization: x}"
            + "| one way to say who asks is enough: bearerTokenFile stands here too",
        "url: http://p, tls: {caFile: x} | 'tls' needs an address that begins with https://",
        "url: https://p, tls: {certFile: x} | 'certFile' and 'keyFile' belong together",
        "url: https://p, tls: {keyFile: x} | 'certFile' and 'keyFile' belong together",
        "url: https://p, tls: {caFile: x, insecureSkipVerify: true}"
            + "| with 'insecureSkipVerify' nobody is checked; remove it, or 'caFile'",
        "url: http://p, oauth2: {tokenUrl: x, clientId: c, clientSecretFile: z}"
            + "| 'x' is not an address; write it as https://login.example/oauth2",
        "url: http://p, oauth2: {tokenUrl: http://x, clientId: c} | 'clientSecretFile' is missing",
      })
  void aWayToPrometheusThatMakesNoSenseIsRefused(String prometheus, String message) {
    String place = "  environment: {local: {}, prometheus: {%s}}\n".formatted(prometheus);

    assertThat(refusal(Bench.experiment("one", place))).startsWith("one.yaml:5:").contains(message);
  }

  @Test
  void aPasswordInTheAddressIsNotShown() {
    String place = "  environment: {local: {}, prometheus: {url: 'http://ann:s3cret@p'}}\n";

    assertThat(
            new Bench(folder).with("one.yaml", Bench.experiment("one", place)).refusal("one.yaml"))
        .doesNotContain("s3cret");
  }

  /** The name before the password is shown as it stands, whatever a replacement makes of it. */
  @ParameterizedTest
  @ValueSource(strings = {"ga${", "$1", "ann$", "a\\", "a\\\\b"})
  void aPasswordIsHiddenBehindAnyName(String user) {
    String refusal =
        new Bench(folder)
            .with("one.yaml", "a: http://%s:s3cret@p \u001a\n".formatted(user))
            .refusal("one.yaml");

    assertThat(refusal).contains("a: http://%s:******@p".formatted(user)).doesNotContain("s3cret");
  }
}
