package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.plan.Plan;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file for {@code run --plan} is a whole plan, or is refused before anything is done. */
final class AgreementTest {

  private static final Plan PLAN =
      new Plan(
          "orders",
          "0123456789abcdef",
          7,
          Duration.ofSeconds(10),
          new Plan.Times(
              Duration.ofSeconds(1),
              Duration.ofSeconds(2),
              Duration.ofSeconds(3),
              Duration.ofSeconds(1)),
          Optional.empty(),
          List.of(
              new Plan.PlannedFault(
                  "kill",
                  "kills",
                  true,
                  Duration.ZERO,
                  Optional.empty(),
                  Duration.ZERO,
                  1,
                  Duration.ZERO,
                  List.of(new Plan.PlannedTarget("web", "", List.of())),
                  List.of(new EndsBy(EndsBy.Layer.FUSE, Optional.empty(), "its fuse")))),
          List.of(new Plan.PlannedGate("errors", "bad", "below 1%", Optional.empty())),
          List.of());

  @TempDir private Path folder;

  private Path file(String json) throws IOException {
    return Files.writeString(folder.resolve("plan.json"), json);
  }

  private static String why(Path file) {
    UsageError refused = catchThrowableOfType(UsageError.class, () -> Agreement.read(file));
    assertThat(refused).isNotNull();
    assertThat(refused.what()).isEqualTo(file + " is not a plan of this Faultline");
    assertThat(refused.fix()).contains("faultline plan FILE -o PLAN");
    return refused.why();
  }

  @Test
  void aPlanComesBackAsItWasWritten() throws Exception {
    assertThat(Agreement.read(file(Codec.json().writeValueAsString(PLAN)))).isEqualTo(PLAN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"hash\":\"0123456789abcdef\", | hash",
        "\"seed\":7, | seed",
        "\"lease\":\"10s\", | lease",
        "\"baseline\":\"1s\", | times.baseline",
        "\"words\":\"kills\", | faults[0].words",
        "\"instant\":true, | faults[0].instant",
        "\"repeats\":1, | faults[0].repeats",
        "\"start\":\"0ms\", | faults[0].start",
        "\"layer\":\"fuse\", | faults[0].endsBy[0].layer",
        "\"bound\":\"below 1%\" | gates[0].bound",
      })
  void aPlanThatLacksAPartAnywhereIsRefused(String part, String place) throws Exception {
    String json = Codec.json().writeValueAsString(PLAN);
    assertThat(json).contains(part);

    String without = json.replace(part, "").replace(",}", "}");

    assertThat(why(file(without))).isEqualTo("it lacks what every plan has (%s)".formatted(place));
  }

  @Test
  void whatIsNoPlanIsRefusedWithTheReason() throws Exception {
    assertThat(why(file("null"))).isEqualTo("it lacks what every plan has");
    assertThat(why(file("{\"plan\":1}"))).startsWith("it lacks what every plan has");
    String newer = Codec.json().writeValueAsString(PLAN).replaceFirst("\\{", "{\"later\":1,");
    assertThat(why(file(newer))).contains("\"later\"");
    assertThat(why(folder.resolve("gone.json"))).contains("no such file");
  }

  @Test
  void aFileThatWouldFillTheMemoryIsNotRead() throws Exception {
    Path large = folder.resolve("large.json");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength((64L << 20) + 1);
    }
    assertThat(why(large)).isEqualTo("it is larger than 64 MiB");
  }
}
