package dev.faultline.engine.file;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Lab.LabProcess;
import dev.faultline.model.environment.LabDatabase.Patroni;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExtendsTest {

  private static final String BASE =
      """
      apiVersion: faultline.dev/v1
      kind: Environment
      metadata: {name: base}
      spec:
        lab:
          databases:
            db: {postgres: {replication: synchronous}}
          processes:
            web:
              command: [web, --old]
              env: {A: one, B: two}
      """;

  @TempDir Path folder;
  private Bench bench = new Bench(Path.of("."));

  @BeforeEach
  void writeTheBase() {
    bench =
        new Bench(folder)
            .with("one.yaml", Bench.experiment("one", "  environment: mine\n"))
            .with("environments/base.yaml", BASE);
  }

  private static String extending(String name, String base, String rest) {
    return "apiVersion: faultline.dev/v1\nkind: Environment\nmetadata: {name: %s}\nspec:\n  extends: %s\n%s"
        .formatted(name, base, rest);
  }

  @Test
  void mappingsAreMergedAndTheRestIsReplaced() throws Exception {
    bench.with(
        "environments/mine.yaml",
        extending(
            "mine",
            "base",
            """
              lab:
                databases: {db: {patroni: {nodes: 3}}}
                processes:
                  web: {command: [web], env: {B: three}}
            """));

    LoadedExperiment found = bench.load("one.yaml").getFirst();

    Lab lab = (Lab) found.environment().place();
    assertThat(found.environmentName()).isEqualTo("mine");
    LabProcess web = requireNonNull(lab.processes().get("web"));
    assertThat(web.command()).containsExactly("web");
    assertThat(web.env()).isEqualTo(Map.of("A", "one", "B", "three"));
    assertThat(requireNonNull(lab.databases().get("db")).server()).isInstanceOf(Patroni.class);
    assertThat(found.environment().base()).isEmpty();
  }

  @Test
  void pathsStartWhereTheFirstOfThemIs() throws Exception {
    bench.with(
        "two.yaml",
        Bench.experiment("two", "  environment: mine\n") + "---\n" + extending("mine", "base", ""));

    assertThat(bench.load("two.yaml").getFirst().base())
        .isEqualTo(folder.resolve("environments").toAbsolutePath());
  }

  @Test
  void whatIsWrongIsShownInTheFileThatSaysIt() {
    bench.with(
        "environments/mine.yaml",
        extending("mine", "base", "  lab: {processes: {web: {env: {C: 1}}}}\n"));
    assertThatThrownBy(() -> bench.load("one.yaml"))
        .hasMessageContaining("mine.yaml:6:")
        .hasMessageContaining("a text is expected");

    bench
        .with("environments/base.yaml", BASE.replace("replication:", "replikation:"))
        .with("environments/mine.yaml", extending("mine", "base", "  lab: {processes: {}}\n"));
    assertThatThrownBy(() -> bench.load("one.yaml"))
        .hasMessageContaining("base.yaml:7:")
        .hasMessageContaining("did you mean 'replication'");
  }

  @Test
  void circlesAreRefusedWhereTheyClose() {
    bench
        .with("environments/mine.yaml", extending("mine", "other", ""))
        .with("environments/other.yaml", extending("other", "mine", ""));

    assertThatThrownBy(() -> bench.load("one.yaml"))
        .hasMessageContaining("other.yaml:5:12")
        .hasMessageContaining("these extend each other: mine, other, mine");
  }

  @Test
  void aBaseThatIsNotThereIsNamed() {
    bench.with("environments/mine.yaml", extending("mine", "bse", ""));

    assertThatThrownBy(() -> bench.load("one.yaml"))
        .hasMessageContaining("mine.yaml:5:12")
        .hasMessageContaining("environment 'bse' is not found");
  }

  @Test
  void anInlineEnvironmentExtendsNothing() {
    bench.with("in.yaml", Bench.experiment("in", "  environment: {extends: base}\n"));

    assertThatThrownBy(() -> bench.load("in.yaml"))
        .hasMessageContaining("'extends' stands in a document of kind Environment");
  }
}
