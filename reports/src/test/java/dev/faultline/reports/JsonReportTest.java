package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.faultline.model.event.Entry;
import dev.faultline.model.summary.RunSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JsonReportTest {

  private final Schema schema = schema();

  private static Schema schema() {
    try (InputStream file =
        Objects.requireNonNull(JsonReport.class.getResourceAsStream(JsonReport.SCHEMA))) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static String render(RunSummary run) {
    return EveryFormatTest.render(new JsonReport(), run);
  }

  private static JsonNode read(Journal run) {
    return JsonMapper.shared().readTree(render(run.summary()));
  }

  @Test
  void everyRunKeepsToTheSchema() {
    Runs.all()
        .forEach(
            (name, run) ->
                assertThat(schema.validate(render(run.summary()), InputFormat.JSON))
                    .as(name)
                    .isEmpty());
  }

  @Test
  void everyBeginningOfARunKeepsToTheSchema() {
    List<Entry> entries = Rich.run().entries();
    for (int length = 1; length <= entries.size(); length++) {
      String text = render(RunSummary.of(entries.subList(0, length)));
      assertThat(schema.validate(text, InputFormat.JSON)).as("%s events", length).isEmpty();
    }
  }

  @Test
  void theSchemaRefusesWhatItDoesNotName() {
    String text = render(Runs.passed().summary()).replace("\"undos\"", "\"undoings\"");
    assertThat(schema.validate(text, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void textIsKeptUnchangedAndWrittenInAscii() {
    assertThat(render(Hostile.run().summary()).chars())
        .allMatch(letter -> letter == '\n' || (letter >= ' ' && letter < 0x7f));
    assertThat(read(Hostile.run()).at("/verdict/reasons/0/subject").asString())
        .isEqualTo(Hostile.TEXT);
  }

  @Test
  void figuresAreNumbersInSeconds() {
    JsonNode recovery = read(Runs.frozen()).get("recovery");
    assertThat(recovery.at("/impact/atSeconds").asDouble()).isEqualTo(24.4);
    assertThat(recovery.get("timeToRecoverSeconds").asDouble()).isEqualTo(28);
    assertThat(recovery.has("timeToMitigateSeconds")).isFalse();
  }

  @Test
  void aRolloutTellsItsStepsItsEvidenceAndItsExposure() {
    JsonNode rollout = read(Rollouts.rolledBack()).get("rollout");
    assertThat(rollout.get("ending").asString()).isEqualTo("rolled-back");
    assertThat(rollout.get("proof").asString()).isEqualTo("all");
    assertThat(rollout.get("timeToShiftBackSeconds").asDouble()).isEqualTo(0.11);
    assertThat(rollout.at("/steps/0/decision").asString()).isEqualTo("went-on");
    assertThat(rollout.at("/steps/2/decision").asString()).isEqualTo("not-reached");
    assertThat(rollout.at("/comparisons/0/worse").asBoolean()).isTrue();
    assertThat(rollout.get("stoppingLine").asDouble()).isEqualTo(Math.log(200), offset(1e-9));
    assertThat(read(Rollouts.promoted()).at("/rollout/promotedAtSeconds").asDouble())
        .isGreaterThan(400);
    assertThat(read(Runs.frozen()).has("rollout")).isFalse();
  }

  @Test
  void everyBeginningOfARolloutKeepsToTheSchema() {
    List<Entry> entries = Rollouts.rolledBack().entries();
    for (int length = 1; length <= entries.size(); length += 3) {
      String text = render(RunSummary.of(entries.subList(0, length)));
      assertThat(schema.validate(text, InputFormat.JSON)).as("%s events", length).isEmpty();
    }
    String hostile = render(Rollouts.hostile(Hostile.TEXT).summary());
    assertThat(schema.validate(hostile, InputFormat.JSON)).isEmpty();
  }

  @Test
  void aRunWithoutAnEndHasNoVerdict() {
    assertThat(read(Runs.died()).has("verdict")).isFalse();
    assertThat(read(Runs.died()).at("/undos/open").size()).isEqualTo(2);
  }

  @Test
  void anInfiniteValueIsSaidToBeOne() {
    assertThat(read(Hostile.run()).at("/gates/0/points/2/infinite").asString()).isEqualTo("+");
  }
}
