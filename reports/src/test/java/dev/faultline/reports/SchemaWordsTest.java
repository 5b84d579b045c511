package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Outcome;
import dev.faultline.judge.Unit;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.world.Sighting;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A word that is added to the model must be added to the schema of the JSON report. */
final class SchemaWordsTest {

  @Test
  void theSchemaKnowsEveryWordOfTheModel() throws Exception {
    String schema;
    try (InputStream file =
        Objects.requireNonNull(JsonReport.class.getResourceAsStream(JsonReport.SCHEMA))) {
      schema = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(StopReason.values()).allMatch(reason -> schema.contains(quoted(reason)));
    assertThat(EndsBy.Layer.values()).allMatch(layer -> schema.contains(quoted(layer)));
    assertThat(Sighting.Kind.values()).allMatch(kind -> schema.contains(quoted(kind)));
    assertThat(Unit.values()).allMatch(unit -> schema.contains(quoted(unit)));
    assertThat(Arrays.stream(Outcome.values()).map(Outcome::words))
        .allMatch(words -> schema.contains('"' + words + '"'));
  }

  private static String quoted(Enum<?> word) {
    return '"' + word.name().toLowerCase(Locale.ROOT).replace('_', '-') + '"';
  }
}
