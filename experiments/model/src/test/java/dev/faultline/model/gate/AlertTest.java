package dev.faultline.model.gate;

import static dev.faultline.judge.BlindReason.MALFORMED;
import static dev.faultline.judge.BlindReason.NO_DATA;
import static dev.faultline.judge.BlindReason.PARTIAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Answer.AlertRule;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An alert that fires is a breach, and each series that fires is named. */
final class AlertTest {

  private static final Alert OF_FILE =
      new Alert("Errors", Optional.of("rules.yaml"), Optional.empty())
          .meaning(new Alert.Rule("rate(errors[2m]) > 1", Duration.ofMinutes(5)));
  private static final Alert OF_PROMETHEUS = Alert.of("Errors");

  private static Answer series(String... services) {
    return new Answer.Series(
        Stream.of(services)
            .map(
                service ->
                    new Answer.OneSeries(
                        Map.of("__name__", "x", "service", service),
                        List.of(new Answer.Sample(Instant.EPOCH, Double.NaN))))
            .toList(),
        List.of(),
        Duration.ZERO);
  }

  private static Answer rules(AlertRule... rules) {
    return new Answer.AlertsAre(List.of(rules));
  }

  private static AlertRule firing(String... services) {
    return new AlertRule(
        Optional.empty(),
        Stream.of(services)
            .map(service -> Map.of("alertname", "Errors", "service", service))
            .toList());
  }

  private static AlertRule broken() {
    return new AlertRule(Optional.of("many-to-many matching"), List.of());
  }

  private static Gate gate(Alert alert, Optional<Duration> lasting, Optional<String> fresh) {
    return new Gate(
        "quiet",
        alert,
        Optional.empty(),
        lasting,
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        fresh);
  }

  @Test
  void noSeriesIsSilenceAndEachSeriesFires() {
    Gate gate = gate(OF_FILE, Optional.empty(), Optional.empty());
    Reading.Value silent = (Reading.Value) OF_FILE.read(List.of(series()));
    Reading.Value firing = (Reading.Value) OF_FILE.read(List.of(series("a", "b", "c", "d")));

    assertThat(gate.bound().holds(silent.value())).isTrue();
    assertThat(gate.spell(silent)).isEqualTo("silent");
    assertThat(gate.bound().holds(firing.value())).isFalse();
    assertThat(gate.spell(firing))
        .isEqualTo("firing for {service=a}, {service=b}, {service=c} and 1 more");
    assertThat(gate.bound().words()).isEqualTo("equal to 0 alerts firing");
  }

  @Test
  void theForOfARuleIsHowLongABreachMustLastUnlessTheGateSaysOtherwise() {
    assertThat(gate(OF_FILE, Optional.empty(), Optional.empty()).mustLast())
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(gate(OF_FILE, Optional.of(Duration.ZERO), Optional.empty()).mustLast()).isZero();
    assertThat(OF_FILE.window()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void thePlanWarnsOfAnAlertThatCannotFireInTimeAndOfSilenceThatProvesNothing() {
    assertThat(
            gate(OF_FILE, Optional.empty(), Optional.empty())
                .cautions(Duration.ofMinutes(2), Duration.ofMinutes(1)))
        .containsExactly(
            "Gate quiet: a breach must last 5m, longer than the run.",
            "Gate quiet: it reads no series as silence, also where its metrics are missing; add"
                + " 'fresh'.");
    assertThat(
            gate(OF_FILE, Optional.of(Duration.ZERO), Optional.of("up"))
                .cautions(Duration.ofMinutes(2), Duration.ofMinutes(1)))
        .isEmpty();
  }

  @Test
  void prometheusIsAskedForItsOwnRuleWithoutAFile() {
    assertThat(OF_PROMETHEUS.queries()).containsExactly(new Query.AlertStatus("Errors"));
    assertThat(OF_FILE.queries()).containsExactly(new Query.PromInstant("rate(errors[2m]) > 1"));
    assertThat(((Reading.Value) OF_PROMETHEUS.read(List.of(rules(firing())))).value()).isZero();
    assertThat(OF_PROMETHEUS.read(List.of(rules(firing("a"), firing("b")))))
        .isEqualTo(new Reading.Value(2, Optional.of("firing for {service=a}, {service=b}")));
  }

  @Test
  void aRuleThatIsNotThereOrCannotBeEvaluatedIsBlind() {
    blind(OF_PROMETHEUS.read(List.of(rules())), NO_DATA);
    blind(OF_PROMETHEUS.read(List.of(rules(broken(), firing()))), PARTIAL);
    assertThat(OF_PROMETHEUS.read(List.of(rules(broken(), firing("a")))))
        .as("what fires, fires")
        .isInstanceOf(Reading.Value.class);
  }

  @Test
  void answersOfAnotherKindOrInPartAreBlind() {
    blind(OF_PROMETHEUS.read(List.of(series("a"))), MALFORMED);
    blind(OF_FILE.read(List.of(rules())), MALFORMED);
    blind(OF_FILE.read(List.of(new Answer.Unanswered(NO_DATA, "x"))), NO_DATA);
    blind(
        OF_FILE.read(
            List.of(new Answer.Series(List.of(), List.of("a store is away"), Duration.ZERO))),
        PARTIAL);
  }

  private static void blind(Reading reading, BlindReason reason) {
    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Blind.class, blind -> assertThat(blind.reason()).isEqualTo(reason));
  }
}
