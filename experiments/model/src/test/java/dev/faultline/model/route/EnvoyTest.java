package dev.faultline.model.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.InvalidValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvoyTest {

  private static final String ADMIN = "127.0.0.1:9901";

  private static Envoy envoy(String admin, String prefix, String stable, String canary) {
    return new Envoy(admin, prefix, stable, canary);
  }

  @Test
  void itIsNamedByWhereItSplits() {
    Envoy envoy = envoy(ADMIN, "orders", "v1", "outbound|80|v2|orders.shop");

    assertThat(envoy.words()).isEqualTo("weighted clusters orders of Envoy");
    assertThat(envoy.stableName()).isEqualTo("v1");
    assertThat(envoy.canaryName()).isEqualTo("outbound|80|v2|orders.shop");
    assertThat(envoy.ofCluster()).isFalse();
    assertThat(envoy.unfit(0.0001)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[::1]:9901", "localhost:1", "127.0.0.1:${front.admin}"})
  void aHostAndAPortAreAnAddress(String admin) {
    assertThat(envoy(admin, "orders", "v1", "v2").admin()).isEqualTo(admin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "http://a:1", "a:1/x", "a:1?x", "user@a:1", "a:1\r\nX: y", "a:0", "ü:1"})
  void whatCouldBecomeAnotherRequestIsNoAddress(String admin) {
    assertThatThrownBy(() -> envoy(admin, "orders", "v1", "v2"))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a b", "a&b", "a=1", "a?", "a#", "a\n", "a%", "ü", "$a"})
  void whatCouldBecomeAnotherKeyIsNone(String name) {
    assertThatThrownBy(() -> envoy(ADMIN, name, "v1", "v2")).isInstanceOf(InvalidValue.class);
    if (!name.equals(".")) {
      assertThatThrownBy(() -> envoy(ADMIN, "orders", name, "v2")).isInstanceOf(InvalidValue.class);
      assertThatThrownBy(() -> envoy(ADMIN, "orders", "v1", name)).isInstanceOf(InvalidValue.class);
    }
  }

  @Test
  void twoVersionsAreTwoClusters() {
    assertThatThrownBy(() -> envoy(ADMIN, "orders", "v1", "v1"))
        .hasMessageContaining("the same cluster");
  }

  private static Envoy matching(String prefix, String... values) {
    EnvoyMatch matched = new EnvoyMatch("X-User-Type", List.of(values), prefix);
    return new Envoy(
        ADMIN, "orders", "v1", "v2", Optional.of(matched), Optional.empty(), Optional.empty());
  }

  private static Match match(String header, String... values) {
    return new Match(Optional.of(header), Optional.empty(), List.of(values));
  }

  @Test
  void onlyWhatTheConfigurationHasARouteForCanBeMatched() {
    Envoy envoy = matching("orders.match", "staff", "beta");

    assertThat(envoy.unfit(match("x-user-type", "staff"))).isEmpty();
    assertThat(envoy.unfit(match("x-user-type", "beta", "staff"))).isEmpty();
    assertThat(envoy.unfit(match("x-user-type", "staff", "gold")))
        .contains("the route's 'matched' has no 'gold' among staff, beta");
    assertThat(envoy.unfit(match("x-other", "staff")))
        .contains("the routes of Envoy match the header x-user-type, and nothing else");
    assertThat(envoy(ADMIN, "orders", "v1", "v2").unfit(match("x-user-type", "staff")))
        .hasValueSatisfying(
            refusal -> assertThat(refusal).contains("are split by weight alone; name the routes"));
    assertThat(envoy.matched().orElseThrow().key("staff")).isEqualTo("orders.match.staff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a&b", "a=1", "a\n", "ü", "a/b"})
  void whatCouldBecomeAnotherKeyIsNoValue(String value) {
    assertThatThrownBy(() -> matching("orders.match", value)).isInstanceOf(InvalidValue.class);
  }

  private static Envoy mirroring(String key) {
    return new Envoy(
        ADMIN,
        "orders",
        "v1",
        "v2",
        Optional.of(new EnvoyMatch("x", List.of("staff"), "orders.match")),
        Optional.of(key),
        Optional.empty());
  }

  @Test
  void requestsAreMirroredByAPolicyThatTheConfigurationHas() {
    assertThat(mirroring("orders.mirror").unfitToMirror()).isEmpty();
    assertThat(envoy(ADMIN, "orders", "v1", "v2").unfitToMirror())
        .hasValueSatisfying(
            refusal -> assertThat(refusal).contains("name the runtime key of the mirror policy"));
    assertThatThrownBy(() -> mirroring("orders.v2")).hasMessageContaining("give it its own");
    assertThatThrownBy(() -> mirroring("orders.match.staff"))
        .hasMessageContaining("give it its own");
    assertThatThrownBy(() -> mirroring("a&b")).hasMessageContaining("no runtime key of Envoy");
  }

  @Test
  void valuesHaveKeysOfTheirOwn() {
    assertThatThrownBy(() -> matching("orders", "v2"))
        .hasMessageContaining("the same runtime key as a cluster");
    assertThatThrownBy(() -> matching("orders.match", "a", "a")).hasMessageContaining("twice");
    assertThatThrownBy(() -> matching("orders.match")).hasMessageContaining("1 to 64");
    assertThat(matching("orders", "staff").canary()).isEqualTo("v2");
  }
}
