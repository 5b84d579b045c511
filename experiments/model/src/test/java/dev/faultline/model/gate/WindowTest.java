package dev.faultline.model.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far back a signal looks decides how long a baseline and a recovery must be. */
final class WindowTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "up                                               | 0",
        "rate(x[5s])                                      | 5",
        "rate(x[5m]) / rate(y[1h])                        | 3600",
        "rate(x[1h30m])                                   | 5400",
        "rate(x[ 30s ])                                   | 30",
        "increase(x[1d]) + increase(x[2w])                | 1209600",
        "increase(x[2y])                                  | 63072000",
        "rate(x[1500ms])                                  | 1",
        "max_over_time(up[30m:1m])                        | 1800",
        "max_over_time(rate(x[5m])[30m:1m])               | 2100",
        "max_over_time(rate(x[5m])[30m:])                 | 2100",
        "rate(x{path=~\"[5h]+\"}[10s])                    | 10",
        "rate(x{path=~'[5h]'}[10s])                       | 10",
        "rate(x{path=~`[5h]`}[10s])                       | 10",
        "rate(x{path=~\"a\\\"[5h]\"}[10s])                | 10",
        "rate(x{a='\"',b='[5h]'}[10s])                    | 10",
        "rate(x[10s]) # not rate(x[5h])                   | 10",
        "rate(x{a=\"#\"}[10s])                            | 10",
        "sum(x[broken                                     | 0",
        "increase(x[999999999d])                          | 86399999913600",
        "x[99999999999999999999s]                         | 0"
      })
  void theLongestRangeOfAnExpressionIsFound(String expression, long seconds) {
    assertThat(Prometheus.of(expression).window().toSeconds()).isEqualTo(seconds);
  }

  @Test
  void aRangeOfSamplesLooksBackFurther() {
    Prometheus range =
        new Prometheus(
            "rate(x[5s])",
            Optional.of(Duration.ofSeconds(30)),
            Optional.of(Duration.ofSeconds(2)),
            Optional.empty());

    assertThat(range.window()).isEqualTo(Duration.ofSeconds(35));
    assertThat(range.queries())
        .containsExactly(
            new Query.PromRange("rate(x[5s])", Duration.ofSeconds(30), Duration.ofSeconds(2)));
  }

  @Test
  void aRatioLooksAsFarBackAsTheLongerOfItsQueries() {
    assertThat(new Ratio("rate(x[5s])", "rate(x[10s])").window()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void theLoadLooksBackFiveSecondsAndACommandNotAtAll() {
    assertThat(Load.of("p99").window()).isEqualTo(Duration.ofSeconds(5));
    assertThat(Command.of(List.of("true")).window()).isZero();
  }
}
