package dev.faultline.model.contract;

import dev.faultline.judge.Quantity;
import dev.faultline.model.cluster.AgentWay;
import dev.faultline.model.cluster.AgentWork;
import dev.faultline.model.cluster.ContainerRef;
import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.FieldValue;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.cluster.PodInside;
import dev.faultline.model.cluster.PodPlace;
import dev.faultline.model.cluster.Probe;
import dev.faultline.model.cluster.Workload;
import dev.faultline.model.fault.Cordon;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.Image;
import dev.faultline.model.fault.Limits;
import dev.faultline.model.fault.NoEndpoints;
import dev.faultline.model.fault.PodEvict;
import dev.faultline.model.fault.PodKill;
import dev.faultline.model.fault.PodUnready;
import dev.faultline.model.fault.Scale;
import dev.faultline.model.fault.SetConfig;
import dev.faultline.model.fault.Stress;
import dev.faultline.model.fault.Taint;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.ClusterFuseAction;
import dev.faultline.model.world.ContainerStrain;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NetworkPlace;
import dev.faultline.model.world.PodAction;
import dev.faultline.model.world.PodQuery;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteFit;
import dev.faultline.model.world.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Words of the language that are about clusters alone. */
final class ClusterSamples {

  private static final Duration TEN = Duration.ofSeconds(10);
  private static final ObjectRef NODE_ONE = new ObjectRef(ObjectKind.NODE, "", "n1", "u-4242");
  private static final ObjectRef POD_ONE = new ObjectRef(ObjectKind.POD, "shop", "web-x1", "u-777");
  private static final PodPlace POD_PLACE =
      new PodPlace(POD_ONE, "deployment/web", AgentWay.POD, Duration.ofMinutes(9));
  private static final ContainerRef APP = new ContainerRef("app", "4242");
  private static final NetworkPlace PLACE =
      new NetworkPlace("shop", "/run/netns/shop", Optional.empty());
  private static final Disturbance LATE = new Disturbance.Partition(true);
  static final Instance OBJECT =
      new Instance.ObjectInstance(
          NODE_ONE,
          "2026-01-01T00:00:00Z",
          "4242",
          List.of(new FieldValue(new ObjectField.Image("web"), "web:1")),
          Optional.empty());
  static final Instance POD =
      new Instance.PodInstance(
          POD_ONE,
          "2026-01-01T00:00:00Z",
          Optional.of("n1"),
          Optional.empty(),
          true,
          new Workload("deployment/web", 3, 3),
          new PodInside(
              List.of(APP),
              List.of(new Probe(Probe.Use.READINESS, "app", Optional.of(8080), TEN, 3, 1, TEN))));
  static final Instance POD_REACHED =
      new Instance.PodNetwork((Instance.PodInstance) POD, AgentWay.POD, Duration.ofMinutes(9));
  private static final List<FieldChange> CHANGES =
      List.of(
          new FieldChange(new ObjectField.Replicas(), Optional.of("3"), Optional.of("0")),
          new FieldChange(new ObjectField.Unschedulable(), Optional.empty(), Optional.of("true")),
          new FieldChange(
              new ObjectField.Taint("k", "NoSchedule"), Optional.empty(), Optional.of("")),
          new FieldChange(new ObjectField.Entry("level"), Optional.of("info"), Optional.empty()),
          new FieldChange(new ObjectField.Selects("app"), Optional.of("web"), Optional.empty()),
          new FieldChange(
              new ObjectField.Matched(
                  ObjectField.Weights.Of.BACKEND_REFS,
                  "orders",
                  "orders-v2",
                  Optional.of("x-user"),
                  Optional.empty(),
                  List.of("staff"),
                  1),
              Optional.empty(),
              Optional.of("on")),
          new FieldChange(
              new ObjectField.Mirrored(
                  ObjectField.Weights.Of.DESTINATIONS, "orders/v1", "orders/v2", 10),
              Optional.empty(),
              Optional.of("on")),
          new FieldChange(
              new ObjectField.Weights(
                  ObjectField.Weights.Of.DESTINATIONS, "orders/v1", "orders/v2"),
              Optional.of("100:"),
              Optional.of("90:10")),
          new FieldChange(new ObjectField.Image("web"), Optional.of("a:1"), Optional.of("a:2")),
          new FieldChange(
              new ObjectField.Amount("web", ObjectField.Amount.Bound.LIMITS, "cpu"),
              Optional.empty(),
              Optional.of("50m")));

  static final Stress STRESS =
      new Stress(
          Optional.of(Quantity.parse("80%")),
          Optional.empty(),
          Optional.of(Quantity.parse("32Mi")),
          Optional.empty(),
          Optional.empty(),
          Optional.of("app"));
  private static final ContainerStrain CPU =
      new ContainerStrain.ContainerCpu(0.8, Optional.of(1), Optional.of(1.5));
  private static final ContainerStrain MEMORY =
      new ContainerStrain.ContainerMemory(32 << 20, 256 << 20, Optional.empty());

  static final List<Fault> FAULTS =
      List.of(
          new PodKill(Optional.of(TEN), Optional.empty()),
          new PodKill(Optional.empty(), Optional.of(true)),
          new PodEvict(Optional.empty()),
          new PodUnready(),
          STRESS,
          new Scale(0),
          new Cordon(),
          new Taint(Optional.of("k"), Optional.of("v"), Optional.of(Taint.Effect.NO_SCHEDULE)),
          new SetConfig("level", Optional.of("debug")),
          new NoEndpoints(),
          new Image("registry.invalid/none:0", Optional.of("web")),
          new Limits(Optional.of("50m"), Optional.of("64Mi"), Optional.empty()));
  static final List<Action> ACTIONS =
      List.of(
          new ClusterAction.DeletePod(POD_ONE, "deployment/web", Optional.of(TEN)),
          new ClusterAction.EvictPod(POD_ONE, "deployment/web", Optional.empty()),
          new ClusterAction.ChangeObject(NODE_ONE, "4242", "it", CHANGES),
          new ClusterAction.RestoreObject(NODE_ONE, "it", CHANGES),
          new ClusterAction.LeaveObject(NODE_ONE, "it", CHANGES),
          new PodAction.DisturbPod(
              POD_PLACE,
              new Action.DisturbPackets(PLACE, "it", LATE, Traffic.ALL, Direction.OUT, TEN, 7)),
          new PodAction.RestorePod(POD_PLACE, new Action.RestorePackets(PLACE, "it")),
          new ClusterFuseAction.ArmObjectFuse(
              NODE_ONE, "it", "faultline-agent:1", Duration.ofSeconds(10), Duration.ofSeconds(60)),
          new ClusterFuseAction.DisarmObjectFuse(NODE_ONE, "it"),
          new PodAction.SignalContainer(POD_PLACE, APP, ProcessSignal.TERM),
          new PodAction.FreezeContainer(POD_PLACE, APP, "it", TEN),
          new PodAction.ReleaseContainer(POD_PLACE, APP, "it"),
          new PodAction.StrainContainer(POD_PLACE, APP, "it", CPU, TEN),
          new PodAction.FreeContainer(POD_PLACE, APP, "it"));
  static final List<Query> QUERIES =
      List.of(
          new Query.PodStatus(POD_ONE),
          new Query.ObjectStatus(NODE_ONE, "it", CHANGES),
          new Query.ObjectFuse(NODE_ONE, "it"),
          new RouteFit(RouteSamples.REPLICAS),
          new RouteFit(RouteSamples.GATEWAY_API, Optional.of(RouteSamples.MATCH), false),
          new RouteFit(RouteSamples.ISTIO, Optional.empty(), true),
          new Query.AgentPossible(POD_ONE, AgentWay.EPHEMERAL_CONTAINER, AgentWork.PACKETS),
          new Query.PodPackets(POD_PLACE, new Query.PacketStatus(PLACE, "it", LATE)),
          new PodQuery.ContainerStatus(POD_ONE, APP),
          new PodQuery.FrozenContainer(POD_PLACE, APP, "it"),
          new PodQuery.StrainedContainer(POD_PLACE, APP, "it", MEMORY));

  private ClusterSamples() {}
}
