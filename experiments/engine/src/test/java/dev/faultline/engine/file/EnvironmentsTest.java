package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.model.environment.Local;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentsTest {

  private static final String NAMES_SHOP = Bench.experiment("one", "  environment: shop\n");

  @TempDir Path folder;
  private Bench bench = new Bench(Path.of("."));

  @BeforeEach
  void useTheFolder() {
    bench = new Bench(folder).with("one.yaml", NAMES_SHOP);
  }

  @Test
  void anEnvironmentInTheSameFileIsTaken() throws InvalidFile {
    bench
        .with("both.yaml", NAMES_SHOP + "---\n" + Bench.environment("shop", "same-file"))
        .with("environments/shop.yaml", Bench.environment("shop", "folder"));

    LoadedExperiment found = bench.load("both.yaml").getFirst();

    assertThat(processes(found)).containsExactly("same-file");
    assertThat(found.environmentName()).isEqualTo("shop");
    assertThat(found.base()).isEqualTo(folder.toAbsolutePath());
  }

  @Test
  void theFolderOfEnvironmentsComesBeforeTheFileBeside() throws InvalidFile {
    bench.with("shop.yaml", Bench.environment("shop", "beside"));
    assertThat(processes(bench.load("one.yaml").getFirst())).containsExactly("beside");

    bench.with("environments/shop.yaml", Bench.environment("shop", "folder"));
    LoadedExperiment found = bench.load("one.yaml").getFirst();
    assertThat(processes(found)).containsExactly("folder");
    assertThat(found.base()).isEqualTo(folder.resolve("environments").toAbsolutePath());
  }

  @Test
  void anEnvironmentMayStandInThePlaceOfItsName() throws InvalidFile {
    bench.with(
        "inline.yaml",
        Bench.experiment("one", "  environment: {local: {processes: {in: {pidFile: x}}}}\n"));

    LoadedExperiment found = bench.load("inline.yaml").getFirst();

    assertThat(processes(found)).containsExactly("in");
    assertThat(found.environmentName()).isEqualTo("one");
  }

  @Test
  void aPathInTheFileStartsWhereTheFileIs() throws InvalidFile {
    bench
        .with("path.yaml", Bench.experiment("one", "  environment: ./other/place.yaml\n"))
        .with("other/place.yaml", Bench.environment("anything", "path"));

    assertThat(processes(bench.load("path.yaml").getFirst())).containsExactly("path");
  }

  @Test
  void whatIsAskedForOnTheCommandLineTakesThePlaceOfAll() throws InvalidFile {
    bench
        .with("environments/shop.yaml", Bench.environment("shop", "named"))
        .with("environments/stage.yaml", Bench.environment("stage", "asked"))
        .with("else/where.yaml", Bench.environment("prod", "by-path"));

    assertThat(processes(bench.load("one.yaml", "stage").getFirst())).containsExactly("asked");
    LoadedExperiment byPath = bench.load("one.yaml", bench.path("else/where.yaml")).getFirst();
    assertThat(processes(byPath)).containsExactly("by-path");
    assertThat(byPath.environmentName()).isEqualTo("prod");
    assertThat(byPath.base()).isEqualTo(folder.resolve("else").toAbsolutePath());
  }

  @Test
  void eachExperimentOfAFileGetsItsOwn() throws InvalidFile {
    bench
        .with(
            "two.yaml",
            NAMES_SHOP + "---\n" + Bench.experiment("two", "  environment: {local: {}}\n"))
        .with("shop.yaml", Bench.environment("shop", "beside"));

    assertThat(bench.load("two.yaml"))
        .extracting(LoadedExperiment::name, LoadedExperiment::environmentName)
        .containsExactly(tuple("one", "shop"), tuple("two", "two"));
  }

  @Test
  void aMissingEnvironmentIsShownWhereItIsNamed() {
    bench.with("environments/shopp.yaml", Bench.environment("shopp", "a"));

    assertThat(bench.refusal("one.yaml"))
        .isEqualToNormalizingNewlines(
            """
            one.yaml:5:16: environment 'shop' is not found; did you mean 'shopp'? Looked for it in \
            this file, and beside it in environments/shop.yaml and shop.yaml (spec.environment)
                  environment: shop
                               ^""");
  }

  @Test
  void aMissingEnvironmentOfTheCommandLineHasNoLine() {
    assertThat(bench.refusal("one.yaml", "stage"))
        .isEqualTo(
            "one.yaml: environment 'stage' is not found. Looked for it in this file, and beside it"
                + " in environments/stage.yaml and stage.yaml, and as a path");
    assertThat(bench.refusal("one.yaml", "a\0b")).contains("is not found");
  }

  @Test
  void aFileOfTheNameMustHoldTheEnvironmentOfTheName() {
    bench.with("environments/shop.yaml", Bench.environment("stage", "a"));

    assertThat(bench.refusal("one.yaml"))
        .isEqualTo(
            "environments/shop.yaml: the environment 'shop' is looked for here, and here is stage");
  }

  @Test
  void aFileWithoutEnvironmentIsRefused() {
    bench.with("environments/shop.yaml", NAMES_SHOP);

    assertThat(bench.refusal("one.yaml"))
        .isEqualTo(
            "environments/shop.yaml: no document of kind Environment is in this file; 'shop' names"
                + " it");
  }

  @Test
  void aFileWithSeveralEnvironmentsMustBeNamedByOne() {
    bench.with(
        "many.yaml", Bench.environment("stage", "a") + "---\n" + Bench.environment("prod", "b"));

    assertThat(bench.refusal("one.yaml", bench.path("many.yaml")))
        .isEqualTo(
            "many.yaml: several environments are in this file (prod, stage); give each its own");
  }

  @Test
  void anErrorInTheEnvironmentShowsItsOwnFile() {
    bench.with(
        "environments/shop.yaml", Bench.environment("shop", "a").replace("pidFile", "pidfile"));

    assertThat(bench.refusal("one.yaml"))
        .startsWith("environments/shop.yaml:4:32: unknown key 'pidfile'; did you mean 'pidFile'?");
  }

  @Test
  void aFileOfEnvironmentsAloneHoldsNoExperiment() throws InvalidFile {
    assertThat(bench.with("shop.yaml", Bench.environment("shop", "a")).load("shop.yaml")).isEmpty();
  }

  private static Set<String> processes(LoadedExperiment loaded) {
    return ((Local) loaded.environment().place()).processes().keySet();
  }
}
