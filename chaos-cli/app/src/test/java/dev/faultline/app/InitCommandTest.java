package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.app.start.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InitCommandTest {

  @TempDir private Path temp;

  private Called init(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "init";
    all[1] = temp.resolve("chaos").toString();
    System.arraycopy(more, 0, all, 2, more.length);
    return Called.faultline(temp, all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lab", "local", "database", "ci"})
  void eachTemplateIsWrittenLoadsAndNamesTheNextCommand(String template) {
    Called written = init("--template", template);

    assertThat(written.exit()).as(written.err()).isZero();
    assertThat(written.out()).startsWith("faultline run " + temp.resolve("chaos"));
    String experiment = written.out().split("\\s+")[2];
    Called valid = Called.faultline(temp, "validate", experiment);
    assertThat(valid.exit()).as(valid.err()).isZero();
    assertThat(Path.of(experiment)).content().contains("# ").doesNotContainPattern("@\\w+@");
  }

  @Test
  void nothingIsWrittenOverUnlessForced() throws Exception {
    init("--template", "lab");
    Path file = temp.resolve("chaos/lab.yaml");
    Files.writeString(file, "mine");

    Called again = init("--template", "lab");
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("crash.yaml, lab.yaml", "--force");
    assertThat(file).hasContent("mine");

    assertThat(init("--template", "lab", "--force").exit()).isZero();
    assertThat(file).content().contains("kind: Environment");
  }

  @Test
  void whereNobodyCanBeAskedTheTemplatesAreNamed() {
    Called nobody = init();

    assertThat(nobody.exit()).isEqualTo(2);
    assertThat(nobody.err()).contains("lab, local, database, ci");
    assertThat(init("--template", "lba").err()).contains("did you mean 'lab'?");
    assertThat(temp.resolve("chaos")).doesNotExist();
  }

  @Test
  void answersAreWrittenSoThatYamlKeepsThem() {
    Template local =
        Template.all().stream().filter(one -> one.name().equals("local")).findFirst().orElseThrow();

    String filled =
        local
            .filled(
                Map.of(
                    "service", "api",
                    "pidFile", "/run/a \"b\".pid",
                    "prometheus", "http://127.0.0.1:9090"))
            .get("local.yaml");

    assertThat(filled)
        .contains("api: {pidFile: \"/run/a \\\"b\\\".pid\"}")
        .contains("\n  prometheus: {url: \"http://127.0.0.1:9090\"}\n");
  }
}
