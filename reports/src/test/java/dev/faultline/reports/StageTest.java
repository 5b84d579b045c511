package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.faultline.judge.Outcome;
import dev.faultline.reports.stage.Located;
import dev.faultline.reports.stage.Problem;
import dev.faultline.reports.stage.Stage;
import dev.faultline.reports.stage.Standing;
import dev.faultline.reports.stage.Strictness;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the documents about several runs hold to, whatever stands in them. */
final class StageTest {

  private static final String COMMANDS =
      "x\n::error file=a,line=1::spoofed\r\n::add-mask::x%0A::stop-commands::y | z |<script>";

  static Stream<StageFormat> formats() {
    return StageFormat.all().stream();
  }

  private static List<Stage> stages() {
    return List.of(
        Stages.all(),
        Stages.hostile(Hostile.TEXT),
        Stages.hostile(COMMANDS),
        Stages.refused(
            Problem.invalid(new Located("a b/ü#[1].yaml", 3, 9), "unknown key (spec.gates[0](x)")),
        Stages.of(Stages.STRICT));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aStageRenderedTwiceIsTheSameInWholeCharacters(StageFormat format) {
    for (Stage stage : stages()) {
      String text = Stages.render(format, stage);
      assertThat(Stages.render(format, stage)).isEqualTo(text).isNotBlank();
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
    }
  }

  @Test
  void sarifKeepsToTheSchemaOfOasis() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(StageTest.class.getResourceAsStream("sarif-schema-2.1.0.json"))) {
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
              .getSchema(new String(file.readAllBytes(), StandardCharsets.UTF_8));
      for (Stage stage : stages()) {
        String text = Stages.render(new SarifReport(), stage);
        assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();
      }
      String wrong = Stages.render(new SarifReport(), Stages.all()).replace("ruleIndex", "rule_no");
      assertThat(schema.validate(wrong, InputFormat.JSON)).isNotEmpty();
    }
  }

  @Test
  void aBreachedGateStandsAtItsLine() {
    JsonNode results =
        sarif(
            Stages.of(
                Stages.STRICT, Stages.ran("frozen", Runs.frozen().summary(), Standing.ALONE)));
    JsonNode breached =
        results
            .valueStream()
            .filter(one -> one.get("ruleId").asString().equals("gate-breached"))
            .findFirst()
            .orElseThrow();
    JsonNode place = breached.at("/locations/0/physicalLocation");
    assertThat(place.at("/artifactLocation/uri").asString()).isEqualTo("chaos/frozen.yaml");
    assertThat(place.at("/region/startLine").asInt()).isEqualTo(11);
    assertThat(breached.get("level").asString()).isEqualTo("error");
    assertThat(results.valueStream().map(one -> one.at("/partialFingerprints/faultline~1v1")))
        .doesNotHaveDuplicates();
  }

  private static JsonNode sarif(Stage stage) {
    return JsonMapper.shared()
        .readTree(Stages.render(new SarifReport(), stage))
        .at("/runs/0/results");
  }

  @Test
  void namesOfFilesAreAddressesAndBracketsNoLinks() {
    Problem odd = Problem.invalid(new Located("a b/ü#[1].yaml", 3, 9), "see [x](http://evil)");
    JsonNode result = sarif(Stages.refused(odd)).get(0);
    assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asString())
        .isEqualTo("a%20b/%C3%BC%23%5B1%5D.yaml");
    assertThat(result.at("/message/text").asString()).doesNotContain("](");
  }

  @Test
  void junitKeepsToTheSchemaInUse() throws SAXException, IOException {
    for (Stage stage : stages().subList(0, 4)) {
      SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
          .newSchema(StageTest.class.getResource("junit.xsd"))
          .newValidator()
          .validate(new StreamSource(new StringReader(Stages.render(new StageJunit(), stage))));
    }
  }

  @Test
  void everyProblemHasAFingerprintOfItsOwnForGitLab() {
    for (Stage stage : stages()) {
      JsonNode all = JsonMapper.shared().readTree(Stages.render(new CodeQuality(), stage));
      assertThat(all.size()).isEqualTo(stage.problems().size());
      assertThat(all.valueStream().map(one -> one.get("fingerprint").asString()))
          .doesNotHaveDuplicates();
      assertThat(all.valueStream().map(one -> one.get("severity").asString()))
          .isSubsetOf("info", "minor", "major", "critical", "blocker");
      assertThat(all.valueStream().map(one -> one.at("/location/lines/begin").asInt()))
          .allMatch(line -> line > 0);
    }
  }

  @Test
  void theTableHasAsManyCellsInEachRowAndNoMarkupOfOthers() {
    for (Stage stage : stages()) {
      String text = Stages.render(new StageSummary(), stage);
      assertThat(text.replaceAll("</?(details|summary)>", "")).doesNotContain("<");
      assertThat(text).doesNotContain("@everyone");
      List<Long> cells =
          text.lines()
              .filter(line -> line.startsWith("|"))
              .map(line -> line.chars().filter(letter -> letter == '|').count())
              .distinct()
              .toList();
      assertThat(cells.size()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void gitHubHearsNoMoreThanItShowsOfEachLevel() {
    Problem[] many =
        IntStream.range(0, 25)
            .mapToObj(i -> Problem.invalid(new Located("a.yaml", i + 1, 1), "problem " + i))
            .toArray(Problem[]::new);
    List<String> lines = GithubAnnotations.of(Stages.refused(many));
    assertThat(lines).hasSize(10).last().asString().contains("16 more");
    assertThat(GithubAnnotations.of(Stages.refused(Arrays.copyOf(many, 10))))
        .hasSize(10)
        .last()
        .asString()
        .endsWith("::problem 9");
  }

  @Test
  void noTextOfOthersIsACommandOfGitHub() {
    for (String text : List.of(COMMANDS, Hostile.TEXT)) {
      List<String> lines = GithubAnnotations.of(Stages.hostile(text));
      assertThat(lines)
          .isNotEmpty()
          .allMatch(line -> line.matches("::(error|warning|notice) [^\\r\\n]*"))
          .allMatch(
              line ->
                  line.substring(0, line.indexOf("::", 2))
                      .matches("::\\w+ (file=[^:,]*,line=\\d+,col=\\d+,)?title=[^:,]*"));
    }
  }

  @Test
  void aSummaryThatIsTooLongIsCutBetweenLines() {
    String text = "ü".repeat(100).concat("\n").repeat(10_000);
    String fitted = GithubSummary.fitted(text, GithubSummary.MOST);
    assertThat((long) fitted.getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(GithubSummary.MOST)
        .isGreaterThan(GithubSummary.MOST - 300);
    assertThat(fitted).endsWith("ü\n\n\n… the rest is in summary.md\n");
    assertThat(GithubSummary.fitted("short", 5)).isEqualTo("short");
    assertThat(GithubSummary.fitted("short", 4)).isEmpty();
    assertThat(GithubSummary.fitted("short", -1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PASSED, PASSED, 0, 0",
    "PASSED, FAILED, 1, 0",
    "INCONCLUSIVE, FAILED, 1, 0",
    "ROLLED_BACK, FAILED, 8, 0",
    "INCONCLUSIVE, PASSED, 4, 0",
    "FAILED, HALTED, 6, 6",
    "FAILED, INTERNAL_ERROR, 10, 10",
    "INTERNAL_ERROR, UNDO_NOT_PROVEN, 7, 7",
    "FAILED, NOT_READY, 1, 5",
    "FAILED, REFUSED, 1, 3",
  })
  void theWeightiestCountsAndSoftLetsPassOnlyWhatSpeaksOfTheSystem(
      Outcome first, Outcome second, int strict, int soft) {
    assertThat(code(Stages.STRICT, first, second)).isEqualTo(strict);
    assertThat(code(Stages.SOFT, first, second)).isEqualTo(soft);
  }

  private static int code(Strictness strictness, Outcome first, Outcome second) {
    return Stages.of(strictness, Stages.ended("a", first), Stages.ended("b", second)).exitCode();
  }

  @Test
  void invalidFilesAreToldWhateverIsLetPass() {
    Stage stage = Stages.refused(Problem.invalid(Located.whole("a.yaml"), "no YAML"));
    assertThat(stage.exitCode()).isEqualTo(2);
    assertThat(stage.softened()).isFalse();
    assertThat(Stages.render(new StageSummary(), stage)).contains("❌ Faultline: invalid file");
  }

  @Test
  void aRegressionIsWhatATestShowsBetweenRunsThatCanBeCompared() {
    Standing worse = Standing.beside(Runs.passed().summary(), Runs.frozen().summary());
    assertThat(worse.regressed()).as(worse.words()).isTrue();
    assertThat(worse.words()).contains("worse, and no chance: load ");
    Stage stage =
        Stages.of(
            new Strictness(false, true), Stages.ran("passed", Runs.passed().summary(), worse));
    assertThat(stage.exitCode()).isEqualTo(1);
    Stage told = Stages.of(Stages.STRICT, stage.trials().getFirst());
    assertThat(told.exitCode()).isZero();
    assertThat(Stages.render(new StageSummary(), told)).contains("worse, and no chance");

    Standing other =
        Standing.beside(
            Failovers.all().values().iterator().next().summary(), Runs.frozen().summary());
    assertThat(other.regressed()).isFalse();
    assertThat(other.words()).contains("not comparable: the experiments differ");
    assertThat(Standing.ALONE.words()).isEqualTo("no accepted run to compare with");
  }
}
