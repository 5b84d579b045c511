package dev.faultline.model.contract;

import dev.faultline.model.cluster.ClusterService;
import dev.faultline.model.cluster.Figure;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.cluster.Watched;
import dev.faultline.model.gate.Http;
import dev.faultline.model.gate.Kubernetes;
import dev.faultline.model.gate.Signal;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words about what a run sees of a cluster. */
final class WatchedSamples {

  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Permission PATCH = new Permission("apps", "deployments", "patch", false);

  static final List<Signal> SIGNALS =
      List.of(
          new Http(
              Optional.empty(),
              Optional.of("web"),
              Optional.of("shop"),
              Optional.of(8080),
              Optional.of(ClusterService.Scheme.HTTPS),
              Optional.of("/health"),
              Optional.of("POST"),
              Map.of("A", "b"),
              Optional.of("{}"),
              Optional.of(TEN),
              Optional.of(Http.Read.JSON),
              Optional.of("/queue/0/depth")),
          new Kubernetes(new Watched.Deployment("web"), Watched.Read.READY_REPLICAS),
          new Kubernetes(new Watched.Pod("web-0"), new Figure.Condition("example.com/Warm")),
          new Kubernetes(new Watched.Node("n1"), new Figure.Events("OOMKilling")));

  static final List<Query> QUERIES =
      List.of(
          new Query.ServiceProbe(
              new ClusterService(
                  "web", Optional.of("shop"), Optional.of(80), Optional.empty(), "/health"),
              new Query.HttpProbe("http://web/", "GET", Map.of(), Optional.empty(), TEN)),
          new Query.NamespaceStatus(),
          new Query.MayDo(List.of(PATCH, PATCH.in("monitoring").only("web"))),
          new Query.ClusterNumber(new Watched.Job("load"), new Figure.Read(Watched.Read.FAILED)),
          new Query.ClusterNumber(new Watched.Deployment("web"), new Figure.Events("BackOff")));

  private WatchedSamples() {}
}
