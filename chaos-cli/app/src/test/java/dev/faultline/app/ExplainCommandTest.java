package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.app.language.Examples;
import dev.faultline.app.language.Language;
import dev.faultline.app.language.Place;
import dev.faultline.app.language.Places;
import dev.faultline.model.codec.Words;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.gate.Signal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExplainCommandTest {

  @TempDir private Path temp;

  private Called explain(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "explain";
    System.arraycopy(words, 0, all, 1, words.length);
    return Called.faultline(temp, all);
  }

  @Test
  void aFaultIsExplainedWithItsKeysAndAnExample() {
    Called kill = explain("kill");

    assertThat(kill.exit()).isZero();
    assertThat(kill.out())
        .startsWith(
            "experiment.spec.faults.kill\n  Ends a process, or the first one of a container")
        .contains("One of: kill, freeze, ")
        .contains("signal     kill | term | int, default kill")
        .containsPattern("Example\n +- kill: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gate                         | experiment.spec.gates           | list of mapping, required
          Gates.Lasting                | experiment.spec.gates.lasting   | duration
          experiment.gates.load        | experiment.spec.gates.load      | errors |
          lease                        | experiment.spec.lease           | at least 2s, at most 1h, default 10s
          experiment.spec.faults.every | experiment.spec.faults.every    | at least 500ms
          inconclusive                 | experiment.spec.gates.noData.inconclusive | Nothing can be said.
          patroni.nodes                | environment.spec.lab.databases.patroni.nodes | whole number, at least 2, at most 5, default 2
          """)
  void aWordIsFoundByItsNameItsEndOrItsWholePath(String typed, String path, String told) {
    assertThat(explain(typed).out().replaceAll("\\s+", " ")).startsWith(path + " ").contains(told);
  }

  @Test
  void whatStandsInSeveralPlacesIsToldWithAllOfThem() {
    assertThat(explain("timeout").out())
        .contains("stands in", "faultline explain experiment.spec.gates.sql.timeout");
    assertThat(explain("load").out())
        .startsWith("experiment.spec.gates.load")
        .contains("Called so too", "experiment.spec.load");
  }

  @ParameterizedTest
  @ValueSource(strings = {"freze", "faults.freze", "FREEZES"})
  void aMistypedWordIsNear(String typed) {
    assertThat(explain(typed).exit()).isEqualTo(2);
    assertThat(explain(typed).err()).contains("did you mean 'freeze'?");
  }

  @Test
  void theOverviewHasEveryFaultAndSignal() {
    String out = explain().out();

    assertThat(Words.of(Fault.class).keySet())
        .allSatisfy(word -> assertThat(out).contains("    " + word));
    assertThat(Words.of(Signal.class).keySet())
        .allSatisfy(word -> assertThat(out).contains("    " + word));
  }

  @Test
  void everyWordThatStandsForOthersHasAnExampleFromAPageThatLoads() {
    Language language = Language.read();
    Examples examples = Examples.of(language);
    List<Place> words =
        Places.of(language).all().stream().filter(place -> place.beside().size() > 1).toList();

    assertThat(words).hasSizeGreaterThan(20);
    assertThat(words)
        .allSatisfy(
            place ->
                assertThat(examples.of(place.id(), place.path().getLast()))
                    .as("a file of docs/ that shows %s", place.words())
                    .isPresent());
  }

  @Test
  void everyPathOfTheListCanBeAskedFor() {
    List<String> paths = explain("--list").out().lines().toList();

    Places places = Places.of(Language.read());
    assertThat(paths).hasSizeGreaterThan(200).doesNotHaveDuplicates();
    assertThat(paths).allSatisfy(path -> assertThat(places.meant(path)).hasSize(1));
  }
}
