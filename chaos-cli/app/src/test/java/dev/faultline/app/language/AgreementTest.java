package dev.faultline.app.language;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Quantity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Schema and loader judge what is made of right files by one small change. */
@Execution(ExecutionMode.CONCURRENT)
final class AgreementTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> STRANGERS =
      List.of("null", "true", "7", "\"a b\"", "\"5s\"", "[]", "{}");

  @TempDir private Path folder;

  private interface Change {
    void to(Spot spot, JsonNode document) throws IOException;
  }

  /** Makes a change at one spot of each definition that any file of the corpus uses. */
  private static Set<String> eachDefinition(Change change) throws IOException {
    Language language = Language.read();
    Set<String> seen = new TreeSet<>();
    for (List<JsonNode> file : Corpus.files().values()) {
      for (JsonNode document : file) {
        Class<?> kind = requireNonNull(language.kinds().get(document.get("kind").asString()));
        for (Spot spot : Spot.of(language, kind, document)) {
          if (seen.add(spot.id())) {
            change.to(spot, document);
          }
        }
      }
    }
    return seen;
  }

  @Test
  void whatTheLoaderTakesTheSchemaTakes() throws IOException {
    Judges judges = new Judges(folder);
    List<String> falseAlarms = new ArrayList<>();
    int[] refused = {0};
    eachDefinition(
        (spot, document) -> {
          JsonNode before = spot.parent().get(spot.step());
          for (String stranger : STRANGERS) {
            spot.parent().set(spot.step(), JSON.readTree(stranger));
            List<String> said = judges.schemaSays(document);
            // The loader need not be asked about what the schema takes.
            if (!said.isEmpty() && judges.loads(document)) {
              falseAlarms.add("%s: %s: %s".formatted(spot.id(), stranger, said));
            }
            refused[0] += said.isEmpty() ? 0 : 1;
          }
          spot.parent().set(spot.step(), before);
        });
    assertThat(falseAlarms).isEmpty();
    assertThat(refused[0]).isGreaterThan(300);
  }

  @Test
  void aKeyTooManyIsRefusedByBothAndOneTooFewByTheSchemaOnlyWhereTheLoaderDoes()
      throws IOException {
    Judges judges = new Judges(folder);
    eachDefinition(
        (spot, document) -> {
          JsonNode before = spot.parent().remove(spot.step());
          boolean fits = judges.schemaSays(document).isEmpty();
          boolean loads = judges.loads(document);
          assertThat(fits || !loads).as("without %s: %s", spot.step(), document).isTrue();
          spot.parent().set(spot.step(), before);
          spot.parent().put("zzz", "unknown");
          assertThat(judges.schemaSays(document)).as("beside %s", spot.step()).isNotEmpty();
          assertThat(judges.loads(document)).as("beside %s", spot.step()).isFalse();
          spot.parent().remove("zzz");
        });
  }

  @Test
  void theRecordsKeepTheRangesThatTheirJavadocPromises() throws IOException {
    Judges judges = new Judges(folder);
    Map<String, Field> ranged = new TreeMap<>();
    Places.of(Language.read()).all().stream()
        .filter(place -> place.field().isPresent())
        .forEach(place -> ranged.put(place.id(), place.field().get()));
    int[] tried = {0};
    eachDefinition(
        (spot, document) -> {
          JsonNode before = spot.parent().get(spot.step());
          for (JsonNode outside : outside(requireNonNull(ranged.get(spot.id())))) {
            spot.parent().set(spot.step(), outside);
            assertThat(judges.loads(document)).as("%s: %s", spot.id(), outside).isFalse();
            tried[0]++;
          }
          spot.parent().set(spot.step(), before);
        });
    assertThat(tried[0]).isGreaterThan(25);
  }

  private static List<JsonNode> outside(Field field) {
    List<JsonNode> values = new ArrayList<>();
    Contract contract = field.contract();
    contract
        .least()
        .filter(least -> least.value() > 0 || contract.above())
        .ifPresent(
            least ->
                values.add(contract.above() ? node(field, least, 1) : node(field, least, 0.9)));
    contract.most().ifPresent(most -> values.add(node(field, most, 1.1)));
    return values;
  }

  private static JsonNode node(Field field, Quantity limit, double factor) {
    double number = Double.parseDouble(limit.text().replaceAll("[^0-9.]", "")) * factor;
    String unit = limit.text().replaceAll("[0-9.]", "");
    return field.form() instanceof Form.Whole
        ? JSON.getNodeFactory().numberNode((long) (factor < 1 ? Math.ceil(number) - 1 : number + 1))
        : JSON.getNodeFactory().stringNode("%.3f%s".formatted(number, unit));
  }
}
