package dev.faultline.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Kubernetes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RolesTest {

  private static ExperimentSpec spec(String fault) {
    return Codec.json()
        .readValue(
            ("{'gates':[{'name':'ready','kubernetes':{'statefulSet':'db','read':'restarts'},"
                    + "'below':1}],'faults':[%s]}")
                .formatted(fault)
                .replace('\'', '"'),
            ExperimentSpec.class);
  }

  @Test
  void aKilledDeploymentNeedsNoMoreThanThis() {
    assertThat(
            new Roles("faultline", "shop")
                .of(
                    ClusterPermissions.of(
                        spec("{'podKill':{},'target':{'deployment':'web','count':1}}"))))
        .isEqualTo(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: faultline, namespace: shop}
            rules:
              - {apiGroups: [""], resources: [namespaces], verbs: [get]}
              - {apiGroups: [""], resources: [pods], verbs: [delete, get, list]}
              - {apiGroups: ["apps"], resources: [deployments], verbs: [list]}
              - {apiGroups: ["apps"], resources: [replicasets], verbs: [list]}
              - {apiGroups: ["apps"], resources: [statefulsets], verbs: [get]}
            """);
  }

  @Test
  void aShiftMayPatchItsTwoDeploymentsAlone() {
    assertThat(
            new Roles("faultline", "shop")
                .of(
                    ClusterPermissions.of(
                        spec(
                            "{'shift':{'replicas':{'stable':'a','canary':'b','pods':2},"
                                + "'weight':'50%'},'for':'5s'}"))))
        .isEqualTo(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: faultline, namespace: shop}
            rules:
              - {apiGroups: [""], resources: [namespaces], verbs: [get]}
              - {apiGroups: [""], resources: [pods], verbs: [list]}
              - {apiGroups: [""], resources: [services], verbs: [list]}
              - {apiGroups: ["apps"], resources: [deployments], verbs: [list]}
              - {apiGroups: ["apps"], resources: [deployments], resourceNames: ["a"], verbs: [get, patch]}
              - {apiGroups: ["apps"], resources: [deployments], resourceNames: ["b"], verbs: [get, patch]}
              - {apiGroups: ["apps"], resources: [statefulsets], verbs: [get]}
              - {apiGroups: ["autoscaling"], resources: [horizontalpodautoscalers], verbs: [list]}
            """);
  }

  @Test
  void aShiftByWeightsMayPatchItsRouteAlone() {
    String roles =
        new Roles("faultline", "shop")
            .of(
                ClusterPermissions.of(
                    spec(
                        "{'shift':{'gatewayApi':{'httpRoute':'r','stable':'a','canary':'b'},"
                            + "'weight':'50%'},'for':'5s'}")));

    assertThat(roles)
        .contains(
            """
              - {apiGroups: ["discovery.k8s.io"], resources: [endpointslices], verbs: [list]}
              - {apiGroups: ["gateway.networking.k8s.io"], resources: [httproutes], verbs: [list]}
              - {apiGroups: ["gateway.networking.k8s.io"], resources: [httproutes], resourceNames: ["r"], verbs: [get, patch]}
            """)
        .doesNotContain("services", "deployments");
  }

  @Test
  void aCanaryWhosePodsComeWithItsTrafficMayBeScaled() {
    String roles =
        new Roles("faultline", "shop")
            .of(
                ClusterPermissions.of(
                    spec(
                        "{'shift':{'gatewayApi':{'httpRoute':'r','stable':'a','canary':'b',"
                            + "'scaled':{'deployment':'d','pods':4}},'weight':'50%'},'for':'5s'}")));

    assertThat(roles)
        .contains(
            """
              - {apiGroups: ["apps"], resources: [deployments], verbs: [list]}
              - {apiGroups: ["apps"], resources: [deployments], resourceNames: ["d"], verbs: [get, patch]}
            """)
        .contains(
            """
              - {apiGroups: ["autoscaling"], resources: [horizontalpodautoscalers], verbs: [list]}
            """);
  }

  @Test
  void nodesNeedARoleOfTheWholeClusterAndAnEvictionIsNoDeletion() {
    String roles =
        new Roles("chaos", "shop")
            .bound(
                ClusterPermissions.of(
                    spec(
                        "{'cordon':{},'target':{'node':'n1'},'for':'5s'},"
                            + "{'podEvict':{},'target':{'labels':'app=web','count':1}}")));

    assertThat(roles)
        .contains(
            "kind: ServiceAccount",
            """
            kind: ClusterRole
            metadata: {name: chaos}
            rules:
              - {apiGroups: [""], resources: [nodes], verbs: [get, list, patch]}
            """,
            "resources: [pods/eviction], verbs: [create]",
            "kind: RoleBinding",
            "kind: ClusterRoleBinding")
        .doesNotContain("secrets", "exec", "delete");
  }

  @Test
  void peersThatArePodsMayBeLookedUp() {
    String fault =
        "{'partition':{},'target':{'deployment':'web'},'traffic':{'peers':[%s]},'for':'5s'}";

    assertThat(ClusterPermissions.of(spec(fault.formatted("'10.0.0.0/8'"))))
        .doesNotContain(Permission.of(ObjectKind.NODE, "list"));
    assertThat(ClusterPermissions.of(spec(fault.formatted("'zone/b','service/web'"))))
        .contains(Permission.of(ObjectKind.NODE, "list"), Permission.of(ObjectKind.SERVICE, "get"));
  }

  @Test
  void agentsTakeNoMoreThanThisWhereTheyAreMade() {
    ExperimentSpec late =
        spec("{'latency':{'delay':'1s'},'target':{'deployment':'web'},'for':'5s'}");

    assertThat(ClusterPermissions.of(late)).doesNotContainAnyElementsOf(create());
    assertThat(AgentPermissions.of(late, place("'namespace':'agents'")).namespace())
        .contains("agents");
    assertThat(
            new Roles("faultline", "shop")
                .bound(
                    AgentPermissions.of(late, place("'namespace':'agents'")).permissions().stream()
                        .map(one -> one.in("agents"))
                        .toList()))
        .isEqualTo(
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: faultline, namespace: shop}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: faultline, namespace: agents}
            rules:
              - {apiGroups: [""], resources: [pods/log], verbs: [get]}
              - {apiGroups: [""], resources: [pods], verbs: [create, delete, get, list, patch]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: faultline, namespace: agents}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: faultline}
            subjects:
              - {kind: ServiceAccount, name: faultline, namespace: shop}
            """);
    AgentPermissions inside =
        AgentPermissions.of(late, place("'namespace':'agents','way':'ephemeralContainer'"));
    assertThat(inside.namespace()).isEmpty();
    assertThat(inside.permissions()).doesNotContainAnyElementsOf(create());
    ExperimentSpec kill = spec("{'podKill':{},'target':{'deployment':'web','count':1}}");
    assertThat(AgentPermissions.of(kill, place("'namespace':'agents'")).permissions()).isEmpty();
  }

  @Test
  void aLoadOfPodsTakesJobsAndWhatTheirPodsSayWhereTheyAreMade() {
    ExperimentSpec load =
        Codec.json()
            .readValue(
                """
                {"load": {"http": "http://web.shop.svc/", "steps": ["1/s", "2/s"], "each": "2s", "pods": 2}}
                """,
                ExperimentSpec.class);
    EnvironmentSpec environment =
        new EnvironmentSpec(
            place("'namespace':'agents'"), Optional.empty(), Optional.empty(), Map.of());

    assertThat(new Roles("chaos", "shop").bound(ClusterPermissions.of(load, environment)))
        .contains(
            """
            metadata: {name: chaos, namespace: agents}
            rules:
              - {apiGroups: [""], resources: [pods/log], verbs: [get]}
              - {apiGroups: [""], resources: [pods], verbs: [list, patch]}
              - {apiGroups: ["batch"], resources: [jobs], verbs: [create, delete, list]}
            """);
  }

  @Test
  void whoCountsEventsMayListThemWhereTheyAre() {
    ExperimentSpec spec =
        Codec.json()
            .readValue(
                """
                {"gates": [
                  {"name": "a", "kubernetes": {"deployment": "web", "events": "BackOff"}, "below": 1},
                  {"name": "b", "kubernetes": {"pod": "db-0", "read": "restarts"}, "below": 1},
                  {"name": "c", "kubernetes": {"node": "n1", "events": "OOMKilling"}, "below": 1}],
                 "faults": [{"podKill": {}, "target": {"pod": "db-0"}}]}
                """,
                ExperimentSpec.class);

    assertThat(new Roles("chaos", "shop").bound(ClusterPermissions.of(spec)))
        .contains(
            """
            kind: Role
            metadata: {name: chaos, namespace: shop}
            rules:
              - {apiGroups: [""], resources: [events], verbs: [list]}
            """,
            "resources: [replicasets], verbs: [list]",
            """
            kind: Role
            metadata: {name: chaos, namespace: default}
            rules:
              - {apiGroups: [""], resources: [events], verbs: [list]}
            """,
            """
            kind: RoleBinding
            metadata: {name: chaos, namespace: default}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: chaos}
            subjects:
              - {kind: ServiceAccount, name: chaos, namespace: shop}
            """);
  }

  @Test
  void whoAsksServicesMayDoSoByTheirNamesAlone() {
    ExperimentSpec spec =
        Codec.json()
            .readValue(
                """
                {"gates": [
                  {"name": "a", "http": {"service": "web", "port": 80, "read": "ok"}, "equals": 1},
                  {"name": "b", "http": {"service": "web", "port": 80, "method": "POST"}, "equals": 1},
                  {"name": "c", "prometheus": "up", "above": 0}],
                 "faults": [{"podKill": {}, "target": {"pod": "db-0"}}]}
                """,
                ExperimentSpec.class);
    EnvironmentSpec inside =
        Codec.json()
            .readValue(
                """
                {"kubernetes": {}, "prometheus":
                  {"service": "prom", "namespace": "monitoring", "port": 9090}}
                """,
                EnvironmentSpec.class);

    assertThat(new Roles("chaos", "shop").of(ClusterPermissions.of(spec, inside)))
        .contains(
            "  - {apiGroups: [\"\"], resources: [services/proxy], resourceNames: [\"http:web:80\"],"
                + " verbs: [create, get]}",
            """
            kind: Role
            metadata: {name: chaos, namespace: monitoring}
            rules:
              - {apiGroups: [""], resources: [services/proxy], resourceNames: ["http:prom:9090"], verbs: [get]}
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'podKill':{}", "'podEvict':{}", "'latency':{'delay':'1s'},'for':'5s'"})
  void whoHitsThePodsOfANodeMayFindThem(String fault) {
    assertThat(ClusterPermissions.of(spec("{%s,'target':{'node':'n1'}}".formatted(fault))))
        .contains(
            Permission.of(ObjectKind.NODE, "list"),
            Permission.of(ObjectKind.POD, "list"),
            new Permission("apps", "replicasets", "list", false));
  }

  private static List<Permission> create() {
    return List.of(Permission.of(ObjectKind.POD, "create"));
  }

  private static Kubernetes place(String more) {
    return Codec.json()
        .readValue(
            "{'agent':{'image':'faultline-agent:1',%s}}".formatted(more).replace('\'', '"'),
            Kubernetes.class);
  }
}
