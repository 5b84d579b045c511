package dev.faultline.benchmarks.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rollouts in a namespace of their own that have ended, each with the status of its run. */
final class IdleObjects implements AutoCloseable {

  static final String NAMESPACE = "faultline-idle";

  private static final String SPACE =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: faultline-idle, labels: {faultline.dev/chaos: allowed}}
      """;

  private static final String ROLLOUT =
      """
      apiVersion: faultline.dev/v1
      kind: Rollout
      metadata: {name: rollout-NUMBER, namespace: faultline-idle}
      spec:
        environment: shop
        stable: v1
        canary: v2
        route: {replicas: {stable: orders-NUMBER, canary: orders-NUMBER-v2, pods: 4}}
        steps: [{weight: 25%, hold: 2m}, {weight: 50%, hold: 2m}]
        gates: [{name: no restarts, kubernetes: {deployment: orders-NUMBER-v2, read: restarts}, below: 1}]
        compare:
          - errors:
              bad: 'http_requests_total{app="orders-NUMBER",version="${version}",code=~"5.."}'
              total: 'http_requests_total{app="orders-NUMBER",version="${version}"}'
      """;

  private static final int AT_ONCE = 20;
  private static final int EVENTS = 40;

  private final KubernetesClient client;
  private final ByteArrayInputStream space =
      new ByteArrayInputStream(SPACE.getBytes(StandardCharsets.UTF_8));

  /** Makes so many. */
  IdleObjects(KubernetesClient client, int count) throws Exception {
    this.client = client;
    client.load(space).serverSideApply();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<?> made :
          IntStream.range(0, count)
              .mapToObj(number -> threads.submit(() -> make(number)))
              .toList()) {
        made.get();
      }
    }
  }

  private void make(int number) {
    GenericKubernetesResource rollout =
        client
            .getKubernetesSerialization()
            .unmarshal(
                ROLLOUT.replace("NUMBER", Integer.toString(number)),
                GenericKubernetesResource.class);
    Resource<GenericKubernetesResource> there = client.resource(rollout);
    long generation = there.serverSideApply().getMetadata().getGeneration();
    var _ =
        there
            .subresource("status")
            .patch(PatchContext.of(PatchType.JSON_MERGE), status(number, generation));
  }

  /** As the operator writes it at the end of a run of two steps. */
  private static String status(int number, long generation) {
    String events =
        IntStream.range(0, EVENTS)
            .mapToObj(
                "\"%d.0s canary at 1: to give orders 3 and orders-v2 1 of 4 pods\""::formatted)
            .collect(Collectors.joining(", "));
    return """
        {"status": {"phase": "Completed", "verdict": "passed", "exitCode": 0, "run": "rollout-%d-1",
          "observedGeneration": %d, "openFaults": 0, "began": "2026-01-01T10:00:00Z",
          "ended": "2026-01-01T10:05:00Z", "inForce": [], "events": [%s],
          "conditions": [{"type": "Completed", "status": "True", "reason": "Passed", "message": "",
            "lastTransitionTime": "2026-01-01T10:05:00Z", "observedGeneration": %d}]}}
        """
        .formatted(number, generation, events, generation);
  }

  @Override
  public void close() {
    client.namespaces().withName(NAMESPACE).delete();
  }
}
