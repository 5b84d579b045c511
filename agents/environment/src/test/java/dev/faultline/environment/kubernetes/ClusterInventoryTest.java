package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.Workload;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What targets find in a namespace of a deployment, a stateful set, and a pod of nobody's. */
final class ClusterInventoryTest {

  private static final String CORE = "/api/v1/namespaces/shop/";
  private static final String APPS = "/apis/apps/v1/namespaces/shop/";

  private FakeApiServer server;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    server = new FakeApiServer();
    api = server.api();
    server.put(
        APPS + "deployments/web",
        """
        {'metadata': {'name': 'web', 'namespace': 'shop', 'uid': 'd', 'resourceVersion': '5'},
          'spec': {'replicas': 3, 'selector': {'matchLabels': {'app': 'web'}}},
          'status': {'readyReplicas': 1}}
        """);
    server.put(
        APPS + "replicasets/web-abc",
        """
        {'metadata': {'name': 'web-abc', 'ownerReferences':
          [{'kind': 'Deployment', 'name': 'web', 'controller': true}]}, 'spec': {'replicas': 3}}
        """);
    server.put(
        APPS + "statefulsets/db",
        """
        {'metadata': {'name': 'db', 'namespace': 'shop', 'uid': 's', 'resourceVersion': '6'},
          'spec': {'replicas': 1, 'selector': {'matchLabels': {'app': 'db'}}},
          'status': {'readyReplicas': 1}}
        """);
    aroundThem();
  }

  private void aroundThem() {
    pod("web-1", "web", "n1", "True", "{'kind':'ReplicaSet','name':'web-abc','controller':true}");
    pod("web-2", "web", "n2", "False", "{'kind':'ReplicaSet','name':'web-abc','controller':true}");
    pod("db-0", "db", "n2", "True", "{'kind':'StatefulSet','name':'db','controller':true}");
    pod("alone", "web", "n1", "True", "");
    server.put(
        CORE + "services/web",
        "{'metadata': {'name': 'web'}, 'spec': {'selector': {'app': 'web'}}}");
    server.put(CORE + "services/outside", "{'metadata': {'name': 'outside'}, 'spec': {}}");
    server.put(
        CORE + "configmaps/settings",
        """
        {'metadata': {'name': 'settings', 'namespace': 'shop', 'uid': 'c', 'resourceVersion': '8'},
          'data': {'level': 'info'}, 'immutable': true}
        """);
    node("n1", "a");
    node("n2", "b");
    server.put(
        "/apis/coordination.k8s.io/v1/namespaces/shop/leases/leader",
        "{'metadata': {'name': 'leader'}, 'spec': {'holderIdentity': 'web-1_4f5'}}");
  }

  private void pod(String name, String app, String node, String ready, String owner) {
    server.put(
        CORE + "pods/" + name,
        """
        {'metadata': {'name': '%s', 'namespace': 'shop', 'uid': 'uid-%s',
            'creationTimestamp': '2026-01-01T00:00:00Z', 'labels': {'app': '%s'},
            'ownerReferences': [%s]},
          'spec': {'nodeName': '%s'},
          'status': {'phase': 'Running', 'conditions': [{'type': 'Ready', 'status': '%s'}]}}
        """
            .formatted(name, name, app, owner, node, ready));
  }

  private void node(String name, String zone) {
    server.put(
        "/api/v1/nodes/" + name,
        """
        {'metadata': {'name': '%s', 'uid': 'uid-%s', 'resourceVersion': '9',
            'labels': {'topology.kubernetes.io/zone': '%s'}},
          'spec': {'unschedulable': true, 'taints': [{'key': 'k', 'effect': 'NoSchedule'}]}}
        """
            .formatted(name, name, zone));
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  private Facts facts(String target) throws ApiTrouble {
    return new ClusterInventory(api, "run-1")
        .facts(Codec.json().readValue(target.replace('\'', '"'), Target.class));
  }

  private static List<String> names(Facts facts) {
    return facts.instances().stream().map(one -> one.owner() + ":" + one.name()).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'deployment':'web'} | deployment/web:web, deployment/web:web-1, deployment/web:web-2",
        "{'statefulSet':'db'} | statefulSet/db:db, statefulSet/db:db-0",
        "{'service':'web'} | service/web:web, pod/alone:alone, deployment/web:web-1,"
            + " deployment/web:web-2",
        "{'labels':'app=db'} | statefulSet/db:db-0",
        "{'labels':'app=web','node':'n2'} | deployment/web:web-2",
        "{'labels':'app','zone':'b'} | statefulSet/db:db-0, deployment/web:web-2",
        "{'pod':['db-0','alone']} | pod/alone:alone, statefulSet/db:db-0",
        "{'node':'n2'} | node/n2:n2, statefulSet/db:db-0, deployment/web:web-2",
        "{'zone':'a'} | node/n1:n1, pod/alone:alone, deployment/web:web-1",
        "{'leader':'leader'} | deployment/web:web-1",
        "{'configMap':'settings'} | configMap/settings:settings",
        "{'select':{'kind':'node','labels':'topology.kubernetes.io/zone=b'}}"
            + " | node/n2:n2, statefulSet/db:db-0, deployment/web:web-2",
        "{'select':{'kind':'deployment','fields':'metadata.name=web'}}"
            + " | deployment/web:web, deployment/web:web-1, deployment/web:web-2",
        "{'select':{'kind':'service','fields':'metadata.name=web'},'node':'n2'}"
            + " | service/web:web, deployment/web:web-2",
        "{'select':{'kind':'configMap','fields':'metadata.name!=other'}}"
            + " | configMap/settings:settings",
        "{'select':{'kind':'pod','labels':'app=web','fields':'spec.nodeName=n1'}}"
            + " | pod/alone:alone, deployment/web:web-1"
      })
  void aTargetFindsWhatItNames(String target, String found) throws Exception {
    Facts facts = facts(target);

    assertThat(names(facts)).containsExactly(found.split(", "));
    assertThat(facts.missing()).isEmpty();
  }

  @Test
  void aPodKnowsItsWorkloadAndAnObjectItsFields() throws Exception {
    Facts web = facts("{'deployment':'web'}");
    assertThat(((Instance.ObjectInstance) web.instances().getFirst()).version()).isEqualTo("5");
    assertThat(((Instance.PodInstance) web.instances().get(1)).workload())
        .isEqualTo(new Workload("deployment/web", 3, 1));
    assertThat(((Instance.PodInstance) web.instances().get(1)).ready()).isTrue();
    assertThat(((Instance.PodInstance) web.instances().get(2)).ready()).isFalse();

    Instance.ObjectInstance node =
        (Instance.ObjectInstance) facts("{'node':'n1'}").instances().getFirst();
    assertThat(node.value(new ObjectField.Unschedulable())).contains("true");
    assertThat(node.value(new ObjectField.Taint("k", "NoSchedule"))).contains("");
    assertThat(node.value(new ObjectField.Taint("k", "NoExecute"))).isEmpty();

    Instance.ObjectInstance settings =
        (Instance.ObjectInstance) facts("{'configMap':'settings'}").instances().getFirst();
    assertThat(settings.value(new ObjectField.Entry("level"))).contains("info");
    assertThat(settings.fixed()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"run-1, false", "run-2, true"})
  void whatAnotherRunHasChangedIsTaken(String run, boolean taken) throws Exception {
    server.change(
        APPS + "deployments/web",
        "{'metadata': {'labels': {'faultline.dev/run': '%s'}}}".formatted(run));

    List<Instance> found = facts("{'deployment':'web'}").instances();

    Optional<String> why = ((Instance.ObjectInstance) found.getFirst()).fixed();
    assertThat(why.isPresent()).isEqualTo(taken);
    assertThat(why.orElse("run run-2")).contains("run run-2");
    assertThat(((Instance.PodInstance) found.get(1)).workload().taken()).isEqualTo(why);
  }

  @Test
  void whatEndsOrHasEndedIsNotFound() throws Exception {
    server.change(CORE + "pods/web-1", "{'metadata': {'deletionTimestamp': 'now'}}");
    server.change(CORE + "pods/alone", "{'status': {'phase': 'Succeeded'}}");

    assertThat(names(facts("{'labels':'app=web'}"))).containsExactly("deployment/web:web-2");
  }

  @Test
  void aWorkloadIsReadWithItsContainers() throws Exception {
    server.change(
        APPS + "deployments/web",
        """
        {'spec': {'template': {'spec': {'containers': [
          {'name': 'web', 'image': 'web:1', 'resources': {'limits': {'cpu': '1'}}}]}}}}
        """);

    Instance.ObjectInstance web =
        (Instance.ObjectInstance) facts("{'deployment':'web'}").instances().getFirst();

    assertThat(web.value(new ObjectField.Image("web"))).contains("web:1");
    assertThat(web.value(new ObjectField.Amount("web", ObjectField.Amount.Bound.LIMITS, "cpu")))
        .contains("1");
  }

  @Test
  void theZoneOfAPodIsThatOfItsNode() throws Exception {
    String perZone = "{'labels':'app','pick':'perZone'}";

    assertThat(
            Codec.json()
                .readValue(perZone.replace('\'', '"'), Target.class)
                .choose(facts(perZone).instances(), 1))
        .extracting(one -> ((Instance.PodInstance) one).zone().orElse(""))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void whatIsNotThereIsToldWithWhatThereIs() throws Exception {
    Facts facts = facts("{'deployment':['web','wep']}");
    assertThat(facts.missing()).containsExactly("wep");
    assertThat(facts.known()).containsExactly("web");

    assertThat(names(facts("{'service':'outside'}"))).containsExactly("service/outside:outside");
    assertThat(facts("{'leader':'leadr'}").missing()).containsExactly("leadr");
    assertThat(facts("{'node':'n3'}").missing()).containsExactly("n3");
  }

  @Test
  void eachListIsAskedForOnceHoweverManyPodsThereAre() throws Exception {
    for (int i = 10; i < 60; i++) {
      pod(
          "web-" + i,
          "web",
          "n1",
          "True",
          "{'kind':'ReplicaSet','name':'web-abc','controller':true}");
    }
    assertThat(facts("{'labels':'app=web'}").instances()).hasSize(53);
    assertThat(server.requests()).hasSize(3);
  }
}
