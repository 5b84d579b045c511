package dev.faultline.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.ExperimentSpec;
import org.junit.jupiter.api.Test;

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
}
