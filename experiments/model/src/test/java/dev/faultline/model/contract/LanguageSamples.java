package dev.faultline.model.contract;

import dev.faultline.judge.Quantity;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.environment.Load;
import dev.faultline.model.fault.Bandwidth;
import dev.faultline.model.fault.Blackhole;
import dev.faultline.model.fault.ByteLimit;
import dev.faultline.model.fault.Clock;
import dev.faultline.model.fault.Corrupt;
import dev.faultline.model.fault.Custom;
import dev.faultline.model.fault.Descriptors;
import dev.faultline.model.fault.DiskFill;
import dev.faultline.model.fault.DiskWork;
import dev.faultline.model.fault.Dns;
import dev.faultline.model.fault.Duplicate;
import dev.faultline.model.fault.Failover;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.Fault.Setting;
import dev.faultline.model.fault.Freeze;
import dev.faultline.model.fault.HalfClose;
import dev.faultline.model.fault.Http;
import dev.faultline.model.fault.Kill;
import dev.faultline.model.fault.Latency;
import dev.faultline.model.fault.Loss;
import dev.faultline.model.fault.Partition;
import dev.faultline.model.fault.Ports;
import dev.faultline.model.fault.Refuse;
import dev.faultline.model.fault.Reorder;
import dev.faultline.model.fault.Reset;
import dev.faultline.model.fault.Shift;
import dev.faultline.model.fault.Slice;
import dev.faultline.model.fault.Stress;
import dev.faultline.model.fault.Surge;
import dev.faultline.model.gate.Alert;
import dev.faultline.model.gate.BurnRate;
import dev.faultline.model.gate.Command;
import dev.faultline.model.gate.Prometheus;
import dev.faultline.model.gate.Ratio;
import dev.faultline.model.gate.Signal;
import dev.faultline.model.gate.Slo;
import dev.faultline.model.gate.Sql;
import dev.faultline.model.route.Match;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.ClockShift;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.DatabaseState.Node;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.ExchangeMatch;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.FailoverWay;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NetworkAccess;
import dev.faultline.model.world.NetworkPlace;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.PortName;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Strain;
import dev.faultline.model.world.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One value at least of each word of the language. */
final class LanguageSamples {

  private static final String IDENTITY = "boot-1:4242:777";
  private static final ProcessRef WEB = new ProcessRef("web", IDENTITY);
  static final Setting SETTING = new Setting("it", Duration.ofSeconds(15), Duration.ofSeconds(10));
  static final Instance TARGET =
      new Instance.ProcessInstance(
          "web", "web", Optional.of(WEB), ProcessState.RUNNING, Optional.of("a supervisor"));
  private static final Duration TEN = Duration.ofSeconds(10);
  static final Instance DATABASE =
      new Instance.DatabaseInstance(
          "db",
          "db",
          Optional.of(
              new DatabaseState(
                  List.of(
                      new Node(
                          "db-1", NodeRole.PRIMARY, Optional.of(1L), false, Optional.of(0L), ""),
                      new Node(
                          "db-2", NodeRole.STANDBY, Optional.of(1L), true, Optional.of(0L), "")),
                  Map.of())),
          Optional.of(
              new FailoverWay.ByPrograms(
                  Map.of(
                      FailoverKind.CRASH, List.of("crash"),
                      FailoverKind.PARTITION, List.of("cut")),
                  List.of("heal"),
                  TEN)));
  static final Instance LINK =
      new Instance.LinkInstance("web->db", "link web->db", "web", "db", Optional.of("http"));
  private static final NetworkPlace PLACE =
      new NetworkPlace("shop", "/run/netns/shop", Optional.of(WEB));
  static final Instance NETWORK =
      new Instance.NetworkInstance(
          "shop", "netns shop", new NetworkAccess(PLACE, false, Optional.empty()));
  private static final Traffic PACKETS =
      new Traffic(
          Optional.of(new PortName("8000-8100")),
          Optional.of(new PortName("443")),
          Optional.of(Traffic.Protocol.TCP),
          List.of("10.0.0.0/8", "db.internal"),
          Optional.of("eth0"),
          Optional.of(1000L),
          Optional.empty(),
          Optional.of(Direction.OUT),
          Optional.of(Quantity.parse("50%")),
          Optional.of(Traffic.ShareOf.PACKETS));
  private static final Disturbance LATE =
      new Disturbance.Latency(TEN, Duration.ofMillis(5), Disturbance.Spread.NORMAL, 0.25, true);
  private static final Strain STRAIN = new Strain.Disk("/srv", Optional.of(1L << 30), 1L << 20);
  private static final Ledger LEDGER =
      new Ledger(
          "db",
          Optional.of(8),
          Optional.of(Quantity.parse("200/s")),
          Optional.of(Ledger.OnError.RETRY),
          Optional.of(TEN));

  private static final BurnRate BURN_RATE =
      new BurnRate(
          Optional.empty(),
          Optional.empty(),
          Optional.of("errors:$window"),
          Quantity.parse("99.9%"),
          List.of(new BurnRate.Pair(TEN.multipliedBy(6), TEN, Quantity.parse("14.4"))));

  private static final List<Fault> ANYWHERE =
      List.of(
          new Kill(Optional.of(ProcessSignal.TERM)),
          new Freeze(),
          new Failover(FailoverKind.CRASH),
          new Failover(FailoverKind.PARTITION),
          new Surge(List.of(Quantity.parse("400/s"), Quantity.parse("800/s"))),
          new Shift(RouteSamples.HAPROXY, Quantity.parse("20%")),
          new Shift(RouteSamples.NGINX, Quantity.parse("0.01%")),
          new Shift(RouteSamples.ENVOY, Quantity.parse("0.01%")),
          new Shift(RouteSamples.REPLICAS, Quantity.parse("30%")),
          new Shift(RouteSamples.GATEWAY_API, Quantity.parse("2.5%")),
          new Shift(RouteSamples.ISTIO, Quantity.parse("1%")),
          new Shift(
              RouteSamples.ISTIO,
              Optional.empty(),
              Optional.of(new Match(Optional.empty(), Optional.of("beta"), List.of("always"))),
              Optional.empty()),
          new Shift(
              RouteSamples.ISTIO,
              Optional.empty(),
              Optional.empty(),
              Optional.of(Quantity.parse("10%"))),
          new Shift(
              RouteSamples.GATEWAY_API,
              Optional.of(Quantity.parse("5%")),
              Optional.of(RouteSamples.MATCH),
              Optional.empty()),
          new Latency(
              TEN,
              Optional.of(Duration.ofMillis(5)),
              Optional.of(Disturbance.Spread.PARETO),
              Optional.of(Quantity.parse("25%")),
              Optional.of(Latency.Order.KEPT)),
          new Bandwidth(Quantity.parse("1Mi")),
          new Reset(Optional.of(TEN)),
          new Refuse(),
          new Blackhole(),
          new HalfClose(),
          new Slice(Quantity.parse("64B"), Optional.of(TEN)),
          new ByteLimit(Quantity.parse("1Ki")),
          new Loss(Optional.of(Quantity.parse("5%")), Optional.empty()),
          new Loss(
              Optional.empty(),
              Optional.of(
                  new Loss.Bursts(
                      Quantity.parse("1%"),
                      Quantity.parse("20%"),
                      Optional.of(Quantity.parse("90%")),
                      Optional.empty()))),
          new Duplicate(Quantity.parse("5%")),
          new Corrupt(Quantity.parse("5%")),
          new Reorder(Quantity.parse("5%"), TEN),
          new Partition(Optional.of(Partition.Senders.REFUSED)),
          new Dns(
              List.of("*.shop.internal"), Optional.empty(), List.of("10.0.0.9"), Optional.of(TEN)),
          new Http(
              Optional.of(
                  new ExchangeMatch(Optional.of("GET"), Optional.of("/a*"), Map.of("User", "b"))),
              Optional.of(503),
              Optional.of(TEN),
              Optional.empty(),
              Optional.empty(),
              Optional.of(new Http.Headers(Map.of("Retry-After", "1"), List.of("Server"))),
              Optional.empty()),
          new Http(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(new Http.Body(Optional.empty(), Optional.of("{}"))),
              Optional.empty(),
              Optional.empty()),
          new Stress(
              Optional.of(Quantity.parse("80%")),
              Optional.of(2),
              Optional.of(Quantity.parse("512Mi")),
              Optional.of(Quantity.parse("1Gi")),
              Optional.of(
                  new DiskWork(
                      "/srv",
                      Optional.of(4),
                      Optional.of(Quantity.parse("64Mi")),
                      Optional.of(Quantity.parse("1Gi")))),
              Optional.empty()),
          new DiskFill("/srv", Optional.empty(), Optional.of(Quantity.parse("0B"))),
          new Ports(Optional.of(10)),
          new Descriptors(Optional.of(3)),
          new Clock(Optional.empty(), Optional.of(TEN)),
          NodeSamples.OFFLINE,
          new Custom(List.of("a"), List.of("b", "c d"), List.of("e"), Optional.of(TEN)));
  static final List<Fault> FAULTS = together(ANYWHERE, ClusterSamples.FAULTS);
  private static final List<Signal> PLAIN_SIGNALS =
      List.of(
          Prometheus.of("up"),
          new Prometheus(
              "up", Optional.of(TEN), Optional.empty(), Optional.of(Prometheus.Reduce.MAX)),
          new Ratio("b", "t"),
          BURN_RATE,
          new Slo("slo.yaml", "checkout", BURN_RATE.windows(), Optional.of(BURN_RATE)),
          Alert.of("HighErrorRate"),
          new Alert(
              "HighErrorRate",
              Optional.of("rules.yaml"),
              Optional.of(new Alert.Rule("errors > 1", TEN))),
          dev.faultline.model.gate.Http.of("http://web/"),
          Command.of(List.of("true")),
          new Command(List.of("true"), Optional.of(TEN)),
          dev.faultline.model.gate.Load.of("p99"),
          new Sql("db", "select 1", Optional.of(TEN)),
          dev.faultline.model.gate.Ledger.of("lostAge"));
  static final List<Signal> SIGNALS = together(PLAIN_SIGNALS, WatchedSamples.SIGNALS);
  private static final List<Action> DEEDS =
      List.of(
          new Action.SendSignal(WEB, ProcessSignal.STOP),
          new Action.RunCommand(List.of("rm", "-f", "x y"), TEN),
          new Action.ArmFuse("f", List.of(new Action.SendSignal(WEB, ProcessSignal.CONT)), TEN),
          new Action.LimitDescriptors(WEB, 3),
          new Action.FreeDescriptors(WEB, 1024),
          new Action.ShiftClock("web", new ClockShift(-90), TEN),
          new Action.RestoreClock("web"),
          new Action.DisarmFuse("f"),
          new Action.FireFuse("f"),
          new Action.RenewLease(),
          new Action.StartLoad(
              new Load(
                  "http://127.0.0.1/",
                  Optional.of(Quantity.parse("200/s")),
                  List.of(),
                  Optional.empty(),
                  Optional.of("POST"),
                  Map.of("A", "b"),
                  Optional.empty(),
                  Optional.of("{}"),
                  Optional.of(TEN),
                  Optional.of(2))),
          new Action.SurgeLoad(
              List.of(Quantity.parse("400/s"), Quantity.parse("30/m")), Duration.ofMillis(7500)),
          new Action.EndSurge(),
          new Action.StopLoad(),
          new Action.FailOver("db", "db-1", FailoverKind.CRASH),
          new Action.Reconnect("db", "db-1"),
          new Action.OpenLedger(LEDGER),
          new Action.DropLedger("db"),
          new Action.DisturbLink("web->db", "it", LATE, Direction.OUT, 0.2, TEN, 7),
          new Action.RestoreLink("web->db", "it"),
          new Action.DisturbPackets(
              PLACE, "it", new Disturbance.Bursts(0.1, 0.5, 1, 0), PACKETS, Direction.OUT, TEN, 7),
          new Action.RestorePackets(PLACE, "it"),
          new Action.HoldStrain("it.disk", STRAIN, TEN),
          new Action.EndStrain("it.disk"),
          new Action.EndHolders(),
          new Action.ShiftTraffic(RouteSamples.HAPROXY_WITH_LIST, 0),
          new Action.ShiftTraffic(
              RouteSamples.HAPROXY_WITH_NETWORKS,
              0,
              Optional.of(RouteSamples.FROM_NETWORKS),
              Optional.empty()),
          new Action.ShiftTraffic(
              RouteSamples.ENVOY_WITH_ROUTES, 0, Optional.of(RouteSamples.MATCH), Optional.empty()),
          new Action.ShiftTraffic(
              RouteSamples.GATEWAY_API, 0, Optional.of(RouteSamples.MATCH), Optional.empty()),
          new Action.ShiftTraffic(RouteSamples.GATEWAY_API, 0, Optional.empty(), Optional.of(0.1)),
          NodeSamples.CUT,
          NodeSamples.AWAIT,
          new Action.OnHost("web1", new Action.SendSignal(WEB, ProcessSignal.STOP)));
  static final List<Action> ACTIONS = together(DEEDS, ClusterSamples.ACTIONS);
  private static final List<Query> QUESTIONS =
      List.of(
          new Query.ProcessStatus(WEB),
          new Query.DescriptorStatus(WEB),
          new Query.ClockPossible("web"),
          new Query.ClockStatus("web"),
          new Query.FuseStatus("f"),
          new Query.Marks(),
          new Query.CommandStatus(List.of("test", "-e", "x"), TEN),
          new Query.PromInstant("up"),
          new Query.PromRange("up", TEN, Duration.ofSeconds(1)),
          new Query.AlertStatus("HighErrorRate"),
          new Query.HttpProbe("http://web/", "POST", Map.of("A", "b"), Optional.of("{}"), TEN),
          new Query.LoadStatus(TEN),
          new Query.LoadRate(),
          new Query.DatabaseStatus("db"),
          new Query.NodeStatus("db", "db-1"),
          new Query.SqlNumber("db", "select 1", TEN),
          new Query.LedgerTable("db"),
          new Query.LedgerStatus(TEN, Optional.of(TEN)),
          new Query.LinkStatus("web->db", "it", LATE),
          new Query.PacketStatus(PLACE, "it", new Disturbance.Partition(true)),
          new Query.StrainStatus("it.disk", STRAIN),
          new Query.PacketsPossible(),
          new Query.AddressesOf("db.internal"),
          new Query.RouteStatus(RouteSamples.HAPROXY),
          new Query.RoomFor(STRAIN),
          new Query.RoomFor(new Strain.Io("/srv", 4, 1L << 20, 1L << 24)),
          new Query.RoomFor(new Strain.Ports(10, Optional.of("/run/netns/shop"))),
          NodeSamples.QUERIES.getFirst(),
          NodeSamples.QUERIES.getLast(),
          new Query.OnHost("web1", new Query.RoomFor(STRAIN)));

  static final List<Query> QUERIES =
      together(QUESTIONS, together(ClusterSamples.QUERIES, WatchedSamples.QUERIES));

  private LanguageSamples() {}

  private static <T> List<T> together(List<T> some, List<T> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
