package dev.faultline.model.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.faultline.judge.Bound;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.codec.Words;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.environment.Load;
import dev.faultline.model.fault.Bandwidth;
import dev.faultline.model.fault.Blackhole;
import dev.faultline.model.fault.ByteLimit;
import dev.faultline.model.fault.Custom;
import dev.faultline.model.fault.DiskFill;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.fault.Failover;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.Fault.Setting;
import dev.faultline.model.fault.Freeze;
import dev.faultline.model.fault.HalfClose;
import dev.faultline.model.fault.HostFault;
import dev.faultline.model.fault.Http;
import dev.faultline.model.fault.Kill;
import dev.faultline.model.fault.Latency;
import dev.faultline.model.fault.NetworkFault;
import dev.faultline.model.fault.Refuse;
import dev.faultline.model.fault.Reset;
import dev.faultline.model.fault.Slice;
import dev.faultline.model.fault.Step;
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
import dev.faultline.model.world.Action;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.DatabaseState.Node;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.ExchangeMatch;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.FailoverWay;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Strain;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every word of the language owes, whoever adds it: a new one fails here until it stands among
 * the samples.
 */
final class LanguageContractTest {

  private static final String IDENTITY = "boot-1:4242:777";
  private static final ProcessRef WEB = new ProcessRef("web", IDENTITY);
  private static final Setting SETTING =
      new Setting("it", Duration.ofSeconds(15), Duration.ofSeconds(10));
  private static final Instance TARGET =
      new Instance.ProcessInstance(
          "web", "web", Optional.of(WEB), ProcessState.RUNNING, Optional.of("a supervisor"));
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Instance DATABASE =
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
  private static final Instance LINK =
      new Instance.LinkInstance("web->db", "link web->db", "web", "db", Optional.of("http"));
  private static final Disturbance LATE =
      new Disturbance.Latency(TEN, Duration.ofMillis(5), Disturbance.Spread.NORMAL, 0.25);
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

  private static final List<Fault> FAULTS =
      List.of(
          new Kill(Optional.empty()),
          new Kill(Optional.of(ProcessSignal.TERM)),
          new Freeze(),
          new Failover(FailoverKind.CRASH),
          new Failover(FailoverKind.PARTITION),
          new Surge(List.of(Quantity.parse("400/s"), Quantity.parse("800/s"))),
          new Latency(
              TEN,
              Optional.of(Duration.ofMillis(5)),
              Optional.of(Disturbance.Spread.PARETO),
              Optional.of(Quantity.parse("25%"))),
          new Bandwidth(Quantity.parse("1Mi")),
          new Reset(Optional.of(TEN)),
          new Refuse(),
          new Blackhole(),
          new HalfClose(),
          new Slice(Quantity.parse("64B"), Optional.of(TEN)),
          new ByteLimit(Quantity.parse("1Ki")),
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
              Optional.of(Quantity.parse("1Gi"))),
          new DiskFill("/srv", Optional.empty(), Optional.of(Quantity.parse("0B"))),
          new Custom(List.of("a"), List.of("b", "c d"), List.of("e"), Optional.of(TEN)));
  private static final List<Signal> SIGNALS =
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
          new dev.faultline.model.gate.Http(
              "http://web/",
              Optional.of("POST"),
              Map.of("A", "b"),
              Optional.of("{}"),
              Optional.of(TEN),
              Optional.of(dev.faultline.model.gate.Http.Read.JSON),
              Optional.of("/queue/0/depth")),
          Command.of(List.of("true")),
          new Command(List.of("true"), Optional.of(TEN)),
          dev.faultline.model.gate.Load.of("p99"),
          new Sql("db", "select 1", Optional.of(TEN)),
          dev.faultline.model.gate.Ledger.of("lostAge"));
  private static final List<Bound> BOUNDS =
      List.of(
          new Bound.Below(Quantity.parse("1%")),
          new Bound.Above(Quantity.parse("40/s")),
          new Bound.Between(Quantity.parse("1ms"), Quantity.parse("2s")),
          new Bound.Equals(Quantity.parse("0")));
  private static final List<Action> ACTIONS =
      List.of(
          new Action.SendSignal(WEB, ProcessSignal.STOP),
          new Action.RunCommand(List.of("rm", "-f", "x y"), TEN),
          new Action.ArmFuse("f", List.of(new Action.SendSignal(WEB, ProcessSignal.CONT)), TEN),
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
                  Optional.of(TEN))),
          new Action.SurgeLoad(
              List.of(Quantity.parse("400/s"), Quantity.parse("30/m")), Duration.ofMillis(7500)),
          new Action.EndSurge(),
          new Action.StopLoad(),
          new Action.FailOver("db", "db-1", FailoverKind.CRASH),
          new Action.Reconnect("db", "db-1"),
          new Action.OpenLedger(LEDGER),
          new Action.DropLedger("db"),
          new Action.DisturbLink("web->db", "it", LATE, Direction.OUT, 0.2, 7),
          new Action.RestoreLink("web->db", "it"),
          new Action.HoldStrain("it.disk", STRAIN, TEN),
          new Action.EndStrain("it.disk"));
  private static final List<Query> QUERIES =
      List.of(
          new Query.ProcessStatus(WEB),
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
          new Query.StrainStatus("it.disk", STRAIN),
          new Query.RoomFor(STRAIN));

  @TestFactory
  Stream<DynamicTest> everyWordComesBackEqualFromText() {
    return Stream.of(
            each(Fault.class, FAULTS, word -> comesBack(Fault.class, word)),
            each(Signal.class, SIGNALS, word -> comesBack(Signal.class, word)),
            each(Bound.class, BOUNDS, word -> comesBack(Bound.class, word)),
            each(Action.class, ACTIONS, word -> comesBack(Action.class, word)),
            each(Query.class, QUERIES, word -> comesBack(Query.class, word)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> everyWordSpeaksForItself() {
    return Stream.of(
            each(Fault.class, FAULTS, fault -> speaks(fault.words())),
            each(Signal.class, SIGNALS, signal -> speaks(signal.words())),
            each(Bound.class, BOUNDS, bound -> speaks(bound.words())),
            each(Action.class, ACTIONS, action -> speaks(action.describe())),
            each(Query.class, QUERIES, query -> speaks(query.text())))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> everyFaultProvesEachStepAndEachUndo() {
    return each(
        Fault.class,
        FAULTS,
        fault -> {
          List<Step> steps = fault.plan(targetOf(fault), SETTING);
          assertThat(steps).isNotEmpty();
          for (Step step : steps) {
            assertThat(step.proof()).as(step.action().describe()).isPresent();
            assertThat(step.proof().orElseThrow().within()).isPositive();
            if (!fault.instant()) {
              assertThat(step.undo()).as(step.action().describe()).isPresent();
              assertThat(step.undo().orElseThrow().proof()).isPresent();
            }
            speaks(step.action().describe());
            step.undo().ifPresent(undo -> speaks(undo.action().describe()));
            comesBack(Action.class, step.action());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> everyFaultThatLastsEndsByTwoLayersAtLeast() {
    return each(
        Fault.class,
        FAULTS,
        fault -> {
          List<EndsBy> layers = fault.endsBy(SETTING);
          assertThat(layers).allSatisfy(layer -> assertThat(layer.how()).isNotBlank());
          if (fault.instant()) {
            assertThat(layers).extracting(EndsBy::layer).contains(EndsBy.Layer.INSTANT);
          } else {
            assertThat(layers.stream().map(EndsBy::layer).distinct().count())
                .isGreaterThanOrEqualTo(2);
            assertThat(layers)
                .as("a layer that needs nobody")
                .anyMatch(
                    layer -> layer.layer() != EndsBy.Layer.PLAN && layer.within().isPresent());
          }
        });
  }

  /** But for what lives in the process that would arm the fuse, and ends with it. */
  @TestFactory
  Stream<DynamicTest> everyFaultThatLastsArmsItsFuseWithItsUndoFirst() {
    return each(
        Fault.class,
        FAULTS.stream()
            .filter(fault -> !fault.instant())
            .filter(
                fault ->
                    !(fault instanceof NetworkFault
                        || fault instanceof HostFault
                        || fault instanceof Surge))
            .toList(),
        3,
        fault -> {
          List<Step> steps = fault.plan(targetOf(fault), SETTING);
          List<Action> undone =
              steps.stream().skip(1).map(step -> step.undo().orElseThrow().action()).toList();
          assertThat(steps.getFirst().action())
              .isInstanceOfSatisfying(
                  Action.ArmFuse.class,
                  fuse -> {
                    assertThat(fuse.actions()).containsExactlyElementsOf(undone.reversed());
                    assertThat(fuse.lease()).isEqualTo(SETTING.lease());
                  });
        });
  }

  @TestFactory
  Stream<DynamicTest> everySignalAsksAndSaysInWhichUnitsItIsBounded() {
    return each(
        Signal.class,
        SIGNALS,
        signal -> {
          assertThat(signal.queries()).isNotEmpty();
          assertThat(signal.window()).isGreaterThanOrEqualTo(Duration.ZERO);
          assertThat(signal.units()).isNotEmpty().isSubsetOf(Unit.values());
        });
  }

  @Test
  void noWordMeansTwoThings() {
    List<String> ofAGate =
        Stream.concat(
                Words.of(Signal.class).keySet().stream(), Words.of(Bound.class).keySet().stream())
            .toList();

    assertThat(ofAGate).doesNotHaveDuplicates();
    assertThat(Words.of(Fault.class).keySet()).doesNotContain("name", "target", "for", "after");
  }

  private static <T> Stream<DynamicTest> each(Class<T> type, List<T> all, Consumer<T> promise) {
    return each(type, all, Words.of(type).size(), promise);
  }

  private static <T> Stream<DynamicTest> each(
      Class<T> type, List<T> all, int kinds, Consumer<T> promise) {
    DynamicTest complete =
        dynamicTest(
            "every " + type.getSimpleName() + " is among the samples",
            () -> {
              assertThat(all.stream().map(Object::getClass).distinct().count()).isEqualTo(kinds);
              assertThat(Arrays.stream(type.getPermittedSubclasses())).isNotEmpty();
            });
    return Stream.concat(
        Stream.of(complete),
        all.stream()
            .map(one -> dynamicTest(Words.wordOf(one) + ": " + one, () -> promise.accept(one))));
  }

  private static Instance targetOf(Fault fault) {
    if (fault instanceof NetworkFault) {
      return LINK;
    }
    if (fault instanceof HostFault) {
      return new Instance.Here();
    }
    return fault.aims().contains("service") ? TARGET : DATABASE;
  }

  private static <T> void comesBack(Class<T> type, T word) {
    String written = Codec.json().writerFor(type).writeValueAsString(word);

    assertThat(written).startsWith("{\"" + Words.wordOf(word) + "\":");
    assertThat(Codec.json().readValue(written, type)).as(written).isEqualTo(word);
  }

  /** The same plan is described alike in every run: nothing of this life of a process is in it. */
  private static void speaks(String words) {
    assertThat(words).isNotBlank().doesNotContain("4242").doesNotContain("777").doesNotContain("[");
  }
}
