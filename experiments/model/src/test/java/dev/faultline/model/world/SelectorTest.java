package dev.faultline.model.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.cluster.Workload;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.codec.InvalidValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SelectorTest {

  private static Target read(String json) {
    return Codec.json().readValue(json.replace('\'', '"'), Target.class);
  }

  @Test
  void labelsAreReadFromAMappingAndFromATextAlike() {
    assertThat(read("{'labels': {'tier': 'front', 'app': 'web'}}"))
        .isEqualTo(read("{'labels': 'app=web,tier=front'}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app=web",
        "app==web",
        "app!=web",
        "app",
        "!app",
        "app.kubernetes.io/name=web",
        "tier in (front, edge),app notin (a,b)",
        "app=web, version="
      })
  void whatKubectlTakesIsASelector(String selector) {
    assertThat(new Selector.Labels(selector).names()).containsExactly(selector);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "app=web,", "app=we b", "app in web", "app in ()x", "a&b=c"})
  void whatIsNoSelectorOrChoosesEverythingIsRefused(String selector) {
    assertThatThrownBy(() -> new Selector.Labels(selector)).isInstanceOf(InvalidValue.class);
  }

  @Test
  void objectsAreSelectedByWhatTheyAreLike() {
    Target nodes = read("{'select': {'kind': 'node', 'labels': {'pool': 'gpu'}}, 'count': 1}");
    Target pods = read("{'select': {'kind': 'pod', 'fields': 'status.phase=Running,spec.a!=b'}}");

    assertThat(nodes.kind()).isEqualTo("node");
    assertThat(nodes.words()).isEqualTo("node with pool=gpu");
    assertThat(pods.words()).isEqualTo("pod with status.phase=Running,spec.a!=b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'select': {'kind': 'pod'}} | every pod would be chosen",
        "{'select': {'kind': 'httpRoute', 'labels': 'a=b'}} | a httpRoute is no target",
        "{'select': {'kind': 'pod', 'fields': 'phase'}} | phase' is no selector of fields",
        "{'select': {'kind': 'pod', 'fields': 'a=b,'}} | is no selector of fields",
        "{'select': {'kind': 'pod', 'fields': 'a=b&watch=true'}} | is no selector of fields",
        "{'select': {'kind': 'node', 'labels': 'a=b'}, 'node': 'n1'} | stand alone",
        "{'select': {'kind': 'service', 'labels': 'a=b'}, 'host': 'h'} | host' stands alone"
      })
  void aSelectionThatMeansNothingOrAllIsRefused(String json, String why) {
    assertThatThrownBy(() -> read(json)).hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'select': {'kind': 'statefulSet', 'labels': 'app=web', 'fields': 'metadata.name!=a'}}",
        "{'deployment': ['web'], 'zone': 'a', 'percent': '50%'}",
        "{'labels': 'app=web', 'node': ['n1', 'n2'], 'count': 1, 'pick': 'oldest'}",
        "{'node': ['n1']}",
        "{'link': {'from': 'a', 'to': 'b'}}"
      })
  void aTargetComesBackAsItWasWritten(String json) {
    assertThat(Codec.json().writeValueAsString(read(json)))
        .isEqualTo(json.replace('\'', '"').replace(" ", ""));
  }

  @Test
  void nodesAloneAreMeantThemselvesAndBesideSomethingAsItsPlace() {
    assertThat(read("{'node': 'n1'}").kind()).isEqualTo("node");
    assertThat(read("{'node': 'n1'}").names()).isEqualTo(List.of("n1"));
    assertThat(read("{'zone': 'a'}").words()).isEqualTo("node zone a");
    assertThat(read("{'deployment': 'web', 'node': 'n1'}").words())
        .isEqualTo("deployment web on n1");
    assertThatThrownBy(() -> read("{'configMap': 'web', 'node': 'n1'}"))
        .hasMessageContaining("'node' and 'zone' stand alone");
  }

  @Test
  void theOldestAndTheNewestAreChosenByTheirAge() {
    List<Instance> three = List.of(pod("a", "2"), pod("b", "3"), pod("c", "1"));

    assertThat(
            read("{'labels': 'app=web', 'count': 1, 'pick': 'oldest'}").choose(three, 1).getFirst())
        .isEqualTo(three.get(2));
    assertThat(
            read("{'labels': 'app=web', 'count': 1, 'pick': 'newest'}").choose(three, 1).getFirst())
        .isEqualTo(three.get(1));
  }

  @Test
  void oneOfEachNodeOrZoneIsChosen() {
    List<Instance> pods =
        List.of(pod("a", "1", "n1"), pod("b", "1", "n2"), pod("c", "1", "n2"), pod("d", "1", "n3"));

    assertThat(read("{'labels': 'app=web', 'pick': 'perNode'}").choose(pods, 7))
        .hasSize(3)
        .contains(pods.get(0), pods.get(3))
        .isEqualTo(read("{'labels': 'app=web', 'pick': 'perNode'}").choose(pods, 7));
    assertThat(read("{'labels': 'app=web', 'pick': 'perNode', 'count': 2}").choose(pods, 7))
        .hasSize(2);
    assertThat(read("{'labels': 'app=web', 'pick': 'perZone'}").choose(pods, 7)).hasSize(2);
  }

  private static Instance pod(String name, String second) {
    return pod(name, second, "n1");
  }

  private static Instance pod(String name, String second, String node) {
    return new Instance.PodInstance(
        new ObjectRef(ObjectKind.POD, "shop", name, name),
        "2026-01-01T00:00:0%sZ".formatted(second),
        Optional.of(node),
        Optional.of(node.equals("n3") ? "far" : "near"),
        true,
        new Workload("deployment/web", 3, 3));
  }
}
