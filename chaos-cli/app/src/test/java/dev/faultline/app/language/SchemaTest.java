package dev.faultline.app.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class SchemaTest {

  /**
   * What the loader says where draft 7, or this schema, has nothing to say: what one key, or the
   * kind of a fault, means for another. What is wrong with a value is the loader's to say too.
   */
  private static final Pattern BEYOND_THE_SCHEMA =
      Pattern.compile(
          "stands here twice|one of these is missing: (below|url)|needs a target|needs 'for'|names"
              + " no environment|there is none; add|a lab needs at least one|at least one"
              + " fault|needs a rate|how the process is found");

  private static final Pattern WRONG_WORD_OR_UNIT =
      Pattern.compile(
          "unknown (word|figure|failover)|has no unit|is not a"
              + " (duration|quantity|rate|port|percentage)|without quotes");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> whatIsShownToPeopleIsValid() throws IOException {
    Judges judges = new Judges(folder);
    Map<String, List<JsonNode>> files = Corpus.files();
    assertThat(files).hasSizeGreaterThan(15);
    return files.entrySet().stream()
        .map(
            file ->
                dynamicTest(
                    file.getKey(),
                    () ->
                        assertThat(file.getValue())
                            .isNotEmpty()
                            .allSatisfy(
                                document -> assertThat(judges.schemaSays(document)).isEmpty())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys.txt", "missing.txt", "types.txt"})
  void keysAndFormsThatTheLoaderRefusesTheSchemaRefuses(String list) throws IOException {
    Judges judges = new Judges(folder);
    List<Corpus.Wrong> all = Corpus.wrong(list);
    assertThat(all).hasSizeGreaterThan(15);
    assertThat(all.stream().filter(wrong -> judges.schemaTakes(wrong.file())))
        .allSatisfy(
            taken ->
                assertThat(taken.message()).as(taken.title()).containsPattern(BEYOND_THE_SCHEMA));
  }

  @Test
  void wordsAndUnitsThatTheLoaderRefusesTheSchemaRefuses() throws IOException {
    Judges judges = new Judges(folder);
    assertThat(Corpus.wrong("values.txt"))
        // How long a duration is no pattern can tell.
        .filteredOn(wrong -> !wrong.title().contains("beyond all clocks"))
        .filteredOn(wrong -> WRONG_WORD_OR_UNIT.matcher(wrong.message()).find())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            wrong -> assertThat(judges.schemaTakes(wrong.file())).as(wrong.title()).isFalse());
  }

  @Test
  void itKeepsToItsOwnDraft() {
    com.networknt.schema.Schema draft =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(
                com.networknt.schema.SchemaLocation.of("http://json-schema.org/draft-07/schema"));
    String schema = Schema.of(Language.read()).toString();

    assertThat(draft.validate(schema, InputFormat.JSON)).isEmpty();
    assertThat(draft.validate("{\"type\": 5}", InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void oneKindHasOnlyItsOwnWords() {
    String environment = Schema.of(Language.read(), "Environment").toString();

    assertThat(environment).contains("environment.Lab").doesNotContain("gate.Gate");
  }

  @Test
  void everyKeyIsDescribed() {
    assertThat(Places.of(Language.read()).all())
        .hasSizeGreaterThan(100)
        .allSatisfy(place -> assertThat(place.text()).as(place.words()).isNotEmpty());
  }
}
