package dev.faultline.model.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Bound;
import dev.faultline.judge.GateState;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Reading;
import dev.faultline.model.document.Experiment;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.Custom;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.Freeze;
import dev.faultline.model.fault.Kill;
import dev.faultline.model.gate.Prometheus;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Selector;
import dev.faultline.model.world.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DatabindException;

class CodecTest {

  private static final String EXPERIMENT =
      """
      {"apiVersion": "faultline.dev/v1", "kind": "Experiment", "metadata": {"name": "x"},
       "spec": {"environment": "shop",
         "gates": [{"name": "errors", "prometheus": "up", "below": "1%", "when": ["before"]},
                   {"name": "between", "load": "p99", "between": ["1ms", "800ms"]},
                   {"name": "share", "ratio": {"bad": "b", "total": "t"}, "equals": 0}],
         "faults": [{"freeze": {}, "target": {"service": "orders"}, "for": "15s", "start": "5s"},
                    {"kill": {"signal": "term"}, "target": {"process": ["a", "b"]}}]}}
      """;

  @Test
  void readsTheWordsOfTheLanguage() {
    Experiment read = Codec.json().readValue(EXPERIMENT, Experiment.class);

    assertThat(read.spec().gates().getFirst().bound())
        .isEqualTo(new Bound.Below(Quantity.parse("1%")));
    assertThat(read.spec().gates().getFirst().signal()).isEqualTo(Prometheus.of("up"));
    assertThat(read.spec().faults().getFirst().fault()).isEqualTo(new Freeze());
    assertThat(read.spec().faults().getFirst().lasts()).contains(Duration.ofSeconds(15));
    assertThat(read.spec().faults().get(1).target())
        .contains(Target.of(new Selector.Process(List.of("a", "b"))));
    assertThat(read.spec().environment().orElseThrow().name()).contains("shop");
    assertThat(read.spec().recovery()).isEmpty();
  }

  @Test
  void aMomentIsReadInEverySpellingThatJavaHasForIt() {
    for (String moment :
        List.of(
            "2026-01-02T03:04:05Z",
            "2026-01-02T03:04:05.6Z",
            "2026-01-02T03:04:05.000000007Z",
            "2024-02-29T23:59:59.999999999Z",
            "+12026-01-02T03:04:05Z",
            "-0001-01-02T03:04:05Z",
            "2026-01-02T03:04:05.Z",
            "2026-01-02T24:00:00Z")) {
      assertThat(Codec.json().readValue('"' + moment + '"', Instant.class))
          .as(moment)
          .isEqualTo(Instant.parse(moment));
    }
    for (String other : List.of("2026-02-30T03:04:05Z", "2026x01-02T03:04:05Z", "soon")) {
      assertThatThrownBy(() -> Codec.json().readValue('"' + other + '"', Instant.class))
          .as(other)
          .isInstanceOf(DatabindException.class);
    }
  }

  @Test
  void whatIsWrittenReadsBackEqual() {
    Experiment read = Codec.json().readValue(EXPERIMENT, Experiment.class);
    String written = Codec.json().writeValueAsString(read);

    assertThat(Codec.json().readValue(written, Experiment.class)).isEqualTo(read);
    assertThat(written).contains("\"below\":\"1%\"").contains("\"freeze\":{}");
  }

  @Test
  void everyEventKindReadsBackEqual() {
    Fault.Setting setting =
        new Fault.Setting("freeze-orders", Duration.ofSeconds(15), Duration.ofSeconds(10));
    Instance orders =
        new Instance.ProcessInstance(
            "orders",
            "orders",
            Optional.of(new ProcessRef("orders", "b:1:2")),
            ProcessState.RUNNING,
            Optional.empty());
    StepRef ref = new StepRef("freeze-orders", 0, "orders", 1);
    Fault custom =
        new Custom(List.of("do"), List.of("undo"), List.of("test", "-e"), Optional.empty());
    for (Fault fault : List.of(new Freeze(), new Kill(Optional.empty()), custom)) {
      for (var step : fault.plan(orders, setting)) {
        roundTrip(new Event.StepIntended(ref, step));
      }
    }
    roundTrip(new Event.GateRead("errors", new Reading.Value(0.25), GateState.Status.BREACHED));
    roundTrip(
        new Event.GateRead(
            "errors", new Reading.Blind(BlindReason.NAN, "x"), GateState.Status.BLIND));
  }

  private static void roundTrip(Event event) {
    Entry entry =
        new Entry(
            7, Instant.parse("2026-01-02T03:04:05.678Z"), Duration.ofNanos(12_345_678_901L), event);
    String written = Codec.json().writeValueAsString(entry);

    assertThat(Codec.json().readValue(written, Entry.class)).as(written).isEqualTo(entry);
  }

  @Test
  void aMistypedKeyIsRefusedAndNotIgnored() {
    assertThatThrownBy(
            () ->
                Codec.json()
                    .readValue(EXPERIMENT.replace("\"start\"", "\"strat\""), Experiment.class))
        .isInstanceOf(DatabindException.class)
        .hasMessageContaining("strat");
  }

  @Test
  void aMissingWordIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(
            () ->
                Codec.json().readValue(EXPERIMENT.replace("\"freeze\": {},", ""), Experiment.class))
        .hasMessageContaining("kill, freeze, failover, surge, shift, custom");
  }

  @Test
  void twoWordsWhereOneBelongsAreRefused() {
    assertThatThrownBy(
            () ->
                Codec.json()
                    .readValue(
                        EXPERIMENT.replace("\"below\": \"1%\"", "\"below\": \"1%\", \"above\": 1"),
                        Experiment.class))
        .hasMessageContaining("only one of above, below");
  }

  @Test
  void aWordInTheWrongCaseIsNearTheRightOne() {
    assertThat(Words.nearest("NODATA", List.of("inconclusive", "noData"))).contains("noData");
    assertThat(Words.nearest("kil", List.of("freeze", "kill"))).contains("kill");
    assertThat(Words.nearest("klil", List.of("freeze", "kill"))).contains("kill");
    assertThat(Words.nearest("explode", List.of("freeze", "kill"))).isEmpty();
    assertThat(Words.nearest("x".repeat(1_000_000), List.of("kill"))).isEmpty();
  }

  @Test
  void theNameOfAComponentIsNoKeyBesideItsWord() {
    assertThatThrownBy(
            () ->
                Codec.json()
                    .readValue(
                        EXPERIMENT.replace(
                            "\"below\": \"1%\"", "\"below\": \"1%\", \"stated\": {}"),
                        Experiment.class))
        .hasMessageContaining("unknown key 'stated'");
  }

  @Test
  void aComplaintSpeaksOfTheWordThatTheFileHas() {
    assertThatThrownBy(
            () ->
                Codec.json()
                    .readValue(
                        EXPERIMENT.replace("\"signal\": \"term\"", "\"signal\": \"stop\""),
                        Experiment.class))
        .isInstanceOfSatisfying(
            DatabindException.class,
            complaint ->
                assertThat(complaint.getPath())
                    .extracting(step -> String.valueOf(step.getPropertyName()))
                    .containsExactly("spec", "faults", "null", "kill"));
  }
}
