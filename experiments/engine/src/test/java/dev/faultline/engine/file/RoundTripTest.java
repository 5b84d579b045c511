package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.Document;
import dev.faultline.model.document.Experiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file says, the journal says too: file to records to JSON and back loses nothing. */
final class RoundTripTest {

  private static final int CASES = 600;

  private static final Loader LOADER = new Loader();

  @TempDir Path folder;

  @Test
  void everyValidExperimentComesBackEqual() throws Exception {
    Path file = folder.resolve("draft.yaml");
    for (int seed = 0; seed < CASES; seed++) {
      String text = yaml(new Drafts(seed).experiment(), 0);
      Files.writeString(file, text);

      Document read = LOADER.load(file, "draft.yaml").getFirst();
      String journaled = Codec.json().writeValueAsString(read);
      Document again = Codec.json().readValue(journaled, Experiment.class);

      assertThat(again).as("seed %d:%n%s%n%s", seed, text, journaled).isEqualTo(read);
      Files.writeString(file, journaled);
      assertThat(LOADER.load(file, "draft.yaml")).as(journaled).containsExactly(read);
    }
  }

  @Test
  void whatIsWrittenTwiceIsWrittenAlike() throws Exception {
    Path file = folder.resolve("draft.yaml");
    Files.writeString(
        file,
        Bench.experiment("one", "  environment: {local: {}}\n")
            .replace("above: 0", "above: 0, when: [after, before]")
            .replace("{name: one}", "{name: one, labels: {z: a, m: a, b: a, a: a, q: a}}"));

    String written = Codec.json().writeValueAsString(LOADER.load(file, "draft.yaml").getFirst());

    assertThat(written)
        .contains("\"when\":[\"before\",\"after\"]")
        .containsSubsequence("\"a\":", "\"b\":", "\"m\":", "\"q\":", "\"z\":");
  }

  /** Block style outside, flow style within: as people write. */
  private static String yaml(Object value, int depth) {
    return switch (value) {
      case Map<?, ?> map when map.isEmpty() || depth > 3 -> flow(map);
      case Map<?, ?> map -> {
        StringBuilder lines = new StringBuilder();
        map.forEach(
            (key, inner) ->
                lines
                    .append("\n")
                    .append("  ".repeat(depth))
                    .append(key)
                    .append(": ")
                    .append(yaml(inner, depth + 1)));
        yield depth == 0 ? lines.substring(1) + "\n" : lines.toString();
      }
      case List<?> list when depth == 2 && !list.isEmpty() -> {
        StringBuilder lines = new StringBuilder();
        list.forEach(
            inner ->
                lines.append("\n").append("  ".repeat(depth)).append("- ").append(flow(inner)));
        yield lines.toString();
      }
      default -> flow(value);
    };
  }

  private static String flow(Object value) {
    return Codec.json().writeValueAsString(value);
  }
}
