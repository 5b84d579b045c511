package dev.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.FieldValue;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectField.Amount;
import dev.faultline.model.cluster.ObjectField.Amount.Bound;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.cluster.ResourceAmount;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Instance;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateFaultTest {

  private static final FieldValue WEB = new FieldValue(new ObjectField.Image("web"), "web:1");
  private static final FieldValue LOG = new FieldValue(new ObjectField.Image("log"), "log:1");
  private static final Optional<String> ABSENT = Optional.empty();

  private static Instance.ObjectInstance deployment(FieldValue... fields) {
    return new Instance.ObjectInstance(
        new ObjectRef(ObjectKind.DEPLOYMENT, "shop", "web", "u"),
        "",
        "1",
        List.of(fields),
        Optional.empty());
  }

  private static FieldValue amount(Bound bound, String resource, String value) {
    return new FieldValue(new Amount("web", bound, resource), value);
  }

  private static List<String> words(Fault fault, Instance.ObjectInstance object) {
    return ((ObjectFault) fault).changes(object).stream().map(FieldChange::words).toList();
  }

  @Test
  void theOnlyContainerNeedNotBeNamed() {
    assertThat(words(new Image("none:0", ABSENT), deployment(WEB)))
        .containsExactly("image of web from web:1 to none:0");
    assertThat(words(new Image("none:0", Optional.of("log")), deployment(WEB, LOG)))
        .containsExactly("image of log from log:1 to none:0");
  }

  @Test
  void oneOfSeveralContainersMustBeNamed() {
    Stream.of(ABSENT, Optional.of("other"))
        .forEach(
            name ->
                assertThatThrownBy(() -> new Image("none:0", name).changes(deployment(WEB, LOG)))
                    .isInstanceOf(FaultRefused.class)
                    .hasMessageContaining("web, log"));
  }

  @Test
  void aRequestAboveTheLimitIsLoweredWithIt() {
    Instance.ObjectInstance object =
        deployment(
            WEB,
            amount(Bound.LIMITS, "memory", "1Gi"),
            amount(Bound.REQUESTS, "memory", "512Mi"),
            amount(Bound.REQUESTS, "cpu", "10m"));

    assertThat(words(new Limits(Optional.of("0.05"), Optional.of("64Mi"), ABSENT), object))
        .containsExactly(
            "limits.cpu of web from none to 50m",
            "limits.memory of web from 1Gi to 64Mi",
            "requests.memory of web from 512Mi to 64Mi");
  }

  @ParameterizedTest
  @CsvSource({"0.05, 50m", "1000m, 1", "1024Mi, 1Gi", "1.5Gi, 1536Mi", "1000, 1k", "0.0001, 1m"})
  void amountsAreWrittenAsTheApiServerWritesThem(String given, String written) {
    assertThat(ResourceAmount.parse(given)).map(ResourceAmount::toString).contains(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "lots", "1Xi", "1e3"})
  void whatIsNoAmountIsRefused(String text) {
    assertThatThrownBy(() -> new Limits(Optional.of(text), ABSENT, ABSENT))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("no amount of cpu");
  }
}
