package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The chart of the operator is its plain manifests, with values in some places. It has no other
 * template than a value, so that a reader can see what comes of it.
 */
final class ChartTest {

  private static final Path DEPLOY = Path.of("../../deploy");
  private static final Path CHART = DEPLOY.resolve("helm/faultline-operator");
  private static final Pattern VALUE = Pattern.compile("\\{\\{ \\.([A-Za-z.]+) }}");

  @ParameterizedTest
  @ValueSource(strings = {"operator.yaml", "rights.yaml"})
  void itsTemplatesAreThePlainManifests(String file) throws IOException {
    JsonNode values = new YAMLMapper().readTree(Files.readString(CHART.resolve("values.yaml")));
    String template = Files.readString(CHART.resolve("templates").resolve(file));

    String made =
        VALUE
            .matcher(template)
            .replaceAll(found -> Matcher.quoteReplacement(value(values, found.group(1))));

    assertThat(made)
        .doesNotContain("{{")
        .isEqualTo(Files.readString(DEPLOY.resolve("operator").resolve(file)));
  }

  private static String value(JsonNode values, String name) {
    if (name.equals("Release.Namespace")) {
      return "faultline";
    }
    JsonNode value = values.at(name.replaceFirst("^Values", "").replace('.', '/'));
    assertThat(value.isMissingNode()).as(name).isFalse();
    return value.asString();
  }

  @Test
  void itsDefinitionsAreThoseOfTheProgram() throws IOException {
    assertThat(Files.readString(CHART.resolve("crds/faultline.yaml")))
        .as("faultline crds --output deploy/helm/faultline-operator/crds/faultline.yaml")
        .isEqualTo(CrdsText.all());
  }
}
