package dev.faultline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.Loader;
import dev.faultline.engine.file.Manifest;
import dev.faultline.engine.file.ManifestFiles;
import dev.faultline.engine.file.PolicyFiles;
import dev.faultline.model.policy.PolicyRule.Judged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules hold, what they do not, and what cannot be decided. */
final class RulebookTest {

  private static final Instant NOW = Instant.parse("2026-11-27T22:30:00Z");

  @TempDir private Path folder;

  private Rulebook rulebook(String when, String require) throws Exception {
    Path file = folder.resolve("policy.yaml");
    Files.writeString(
        file,
        """
        apiVersion: faultline.dev/v1
        kind: Policy
        metadata: {name: house}
        spec:
          rules:
            - name: rule
              of: manifest
              when: '%s'
              require: '%s'
              message: so it is
              at: spec.template.spec.containers
        """
            .formatted(when, require));
    return Rulebook.of(new PolicyFiles(new Loader()).load(file.toString()));
  }

  private List<Manifest> manifests() throws IOException, InvalidFile {
    Path file = folder.resolve("app.yaml");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: List
        items:
          - kind: Deployment
            metadata: {name: orders, annotations: {timeout: 90s}}
            spec:
              replicas: 2
              share: 0.5
              template: {spec: {containers: [{name: a, image: "a:1"}, {name: b, image: "b:latest"}]}}
          - kind: Service
            metadata: {name: orders}
        """);
    return new ManifestFiles(new Loader()).load(file.toString());
  }

  private List<Breach> judge(String when, String require) throws Exception {
    return rulebook(when, require).judge(Subject.of(manifests().getFirst(), NOW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "manifest.spec.replicas >= 2",
        "manifest.spec.share == 0.5",
        "name == \"orders\" && kind == \"Deployment\"",
        "!manifest.spec.template.spec.containers.all(c, !c.image.endsWith(\":latest\"))",
        "manifest.spec.template.spec.containers.exists_one(c, c.name == \"b\")",
        "seconds(manifest.metadata.annotations.timeout) == 90.0",
        "now.getHours(\"Europe/Berlin\") == 23 && now.getDayOfWeek(\"Europe/Berlin\") == 5",
        "!has(manifest.spec.paused)",
      })
  void whatHolds(String require) throws Exception {
    assertThat(judge("true", require)).isEmpty();
    assertThat(judge("true", "!(%s)".formatted(require)))
        .extracting(Breach::words)
        .containsExactly("policy house, rule: so it is");
  }

  @Test
  void whatIsNotMeantIsNotJudged() throws Exception {
    assertThat(judge("kind == \"Service\"", "false")).isEmpty();
    assertThat(rulebook("true", "false").judge(new Subject(Judged.PLAN, Map.of()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "manifest.spec.paused == false | key 'paused' is not present in map",
        "seconds(manifest.spec.replicas) > 1.0 | No matching overload",
        "seconds(manifest.metadata.name) > 1.0 | failed with arg(s) 'orders'",
        "manifest.spec.replicas | ",
      })
  void whatCannotBeDecidedCountsAsBroken(String require, String why) throws Exception {
    assertThat(judge("true", require))
        .singleElement()
        .satisfies(
            breach -> {
              assertThat(breach.undecided()).contains(why == null ? "" : why).isNotEmpty();
              assertThat(breach.words()).contains("(it cannot be decided: ");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "manifest.spec. | 9:16: this is no expression of CEL that can be judged: no viable alternative",
        "manifest.spec == | no expression of CEL",
        "spec.faults.size() > 0 | undeclared reference to 'spec'",
        "1 + 1 | expected type 'bool' but found 'int'",
        "evil() | undeclared reference to 'evil'",
      })
  void whatIsNoExpressionIsRefusedWhereItStands(String require, String why) {
    InvalidFile refused = catchThrowableOfType(InvalidFile.class, () -> rulebook("true", require));

    assertThat(refused).hasMessageContaining(why).hasMessageContaining("spec.rules[0].require");
  }

  @Test
  void anExpressionThatTakesTooLongIsGivenUp() throws Exception {
    String list = "[0,1,2,3,4,5,6,7,8,9]";
    String long7 =
        "%1$s.all(a, %1$s.all(b, %1$s.all(c, %1$s.all(d, %1$s.all(e, %1$s.all(f, %1$s.all(g, a >= 0)))))))"
            .formatted(list);

    assertThat(judge("true", long7))
        .singleElement()
        .extracting(Breach::undecided)
        .asString()
        .contains("budget exceeded");
  }

  @Test
  void aBreachIsFoundWhereItStands() throws Exception {
    Breach breach = judge("true", "false").getFirst();
    InvalidFile at = manifests().getFirst().refuse(breach.path(), breach.words());

    assertThat(at.place().orElseThrow().line()).isEqualTo(9);
    assertThat(manifests().getLast().refuse(breach.path(), "x").place().orElseThrow().line())
        .isEqualTo(10);
  }
}
