package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreOptionsTest {

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"often", "5", "5/s", "", "0s", "999ms", "61s", "-5s"})
  void whatIsNoTimeBetweenCheckInsIsRefused(String checkIn) {
    Called start =
        Called.faultline(
            temp,
            "schedule",
            "start",
            temp.toString(),
            "--store",
            "jdbc:postgresql://localhost/ops",
            "--check-in=" + checkIn);

    assertThat(start.exit()).as(start.err()).isEqualTo(2);
    assertThat(start.err()).contains("--check-in takes no '%s'".formatted(checkIn), "1s to 1m");
  }
}
