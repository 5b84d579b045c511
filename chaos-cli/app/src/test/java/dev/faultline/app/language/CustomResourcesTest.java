package dev.faultline.app.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class CustomResourcesTest {

  /** What a structural schema must not have, and what would change what is stored. */
  private static final Set<String> FORBIDDEN =
      Set.of("$ref", "definitions", "patternProperties", "uniqueItems", "default", "if", "const");

  private static final String EXPERIMENT =
      """
      apiVersion: faultline.dev/v1
      kind: Experiment
      metadata: {name: killed}
      spec:
        environment: shop
        gates: [{name: ready, kubernetes: {deployment: web, read: readyReplicas}, above: 0}]
        faults: [{podKill: {}, target: {deployment: web, count: 1}}]
      """;

  private final List<JsonNode> all = new CustomResources(Language.read()).all();

  @Test
  void eachValueHasItsTypeAndNothingForbidden() {
    assertThat(all).hasSize(4);
    for (JsonNode definition : all) {
      structural(definition.at("/metadata/name").asString(), schema(definition));
      // What 'kubectl apply' keeps of it in an annotation.
      assertThat(definition.toString().length()).isLessThan(262_144);
    }
  }

  private static JsonNode schema(JsonNode definition) {
    return definition.at("/spec/versions/0/schema/openAPIV3Schema");
  }

  private static void structural(String at, JsonNode node) {
    boolean typed =
        node.has("type")
            || node.has("x-kubernetes-int-or-string")
            || node.has("x-kubernetes-preserve-unknown-fields");
    assertThat(typed).as(at).isTrue();
    assertThat(node.propertyNames()).as(at).doesNotContainAnyElementsOf(FORBIDDEN);
    assertThat(node.has("properties") && node.has("additionalProperties")).as(at).isFalse();
    node.path("properties").properties().stream()
        .forEach(property -> structural(at + "." + property.getKey(), property.getValue()));
    for (String below : List.of("items", "additionalProperties")) {
      if (node.has(below)) {
        structural(at + "." + below, node.get(below));
      }
    }
    node.path("allOf").forEach(rule -> assertThat(rule.propertyNames()).containsExactly("oneOf"));
  }

  @Test
  void whatIsShownToPeopleIsTaken() throws IOException {
    Map<String, com.networknt.schema.Schema> byKind = new HashMap<>();
    all.forEach(one -> byKind.put(one.at("/spec/names/kind").asString(), compiled(schema(one))));
    int taken = 0;
    for (Map.Entry<String, List<JsonNode>> file : Corpus.files().entrySet()) {
      for (JsonNode document : file.getValue()) {
        com.networknt.schema.Schema schema = byKind.get(document.path("kind").asString(""));
        if (schema != null) {
          assertThat(complaints(schema, document)).as(file.getKey()).isEmpty();
          taken++;
        }
      }
    }
    assertThat(taken).isGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deployment: web, read| deployment: 5, read | a type that is not its own",
        "podKill: {}          | podKill: {grace: 5} | a duration without a unit",
        "podKill: {}          | podKill: {}, podEvict: {} | two faults in one",
        "podKill: {},         | name: none,         | no fault",
        "above: 0             | above: 0, below: 1  | two bounds",
        "{name: ready,        | {                   | a gate without a name",
        "name: killed         | name: Killed        | a name that the reader refuses",
      })
  void whatIsWrongIsRefused(String right, String wrong, String why) {
    assertThat(EXPERIMENT).contains(right);
    com.networknt.schema.Schema schema = compiled(schema(all.getFirst()));
    JsonNode fine = Corpus.trees(EXPERIMENT).getFirst();
    JsonNode bad = Corpus.trees(EXPERIMENT.replace(right, wrong)).getFirst();

    assertThat(complaints(schema, fine)).isEmpty();
    assertThat(complaints(schema, bad)).as(why).isNotEmpty();
  }

  @Test
  void anEnvironmentThatExtendsAnotherMayLeaveOutAnything() {
    com.networknt.schema.Schema schema = compiled(schema(all.getLast()));
    JsonNode above =
        Corpus.trees(
                """
                apiVersion: faultline.dev/v1
                kind: Environment
                metadata: {name: staging}
                spec: {extends: shop, prometheus: {scrapeInterval: 5s}}
                """)
            .getFirst();

    assertThat(complaints(schema, above)).isEmpty();
  }

  private static com.networknt.schema.Schema compiled(JsonNode schema) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
        .getSchema(schema.toString());
  }

  private static List<String> complaints(com.networknt.schema.Schema schema, JsonNode document) {
    return schema.validate(document.toString(), InputFormat.JSON).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }
}
