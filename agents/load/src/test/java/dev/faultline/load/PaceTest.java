package dev.faultline.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 3, 7.5, 200, 4999, 100_000})
  void requestsAreEvenlySpacedForHours(double rate) {
    Pace pace = new Pace(rate, 0);
    double spacing = 1e9 / rate;

    for (long hour = 0; hour < 24; hour += 7) {
      long first = (long) (hour * 3600 * rate);
      for (long number = first; number < first + 1000; number++) {
        assertThat((double) (pace.due(number + 1) - pace.due(number)))
            .isBetween(spacing - 2, spacing + 2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 3, 200, 4999})
  void everySecondHasItsShare(double rate) {
    Pace pace = new Pace(rate, 0);

    for (long second = 0; second < 10; second++) {
      long wanted = second;
      assertThat(
              LongStream.range(0, (long) (rate * 11))
                  .filter(number -> pace.second(number) == wanted)
                  .count())
          .isEqualTo((long) rate);
    }
  }
}
