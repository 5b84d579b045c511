package dev.faultline.model.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightedTest {

  private static final Weighted GATEWAY = new GatewayApi("shop", "orders", "orders-v2");
  private static final Weighted ISTIO = new Istio("shop", "orders/v1", "orders/v2");

  @ParameterizedTest
  @CsvSource({"0.0001, 1", "0.025, 250", "0.33333, 3333", "0.5, 5000", "1, 10000"})
  void theWeightsOfAnHttpRouteAreExactToAHundredthOfAPercent(double share, int weight) {
    assertThat(GATEWAY.unfit(share)).isEmpty();
    assertThat(GATEWAY.ofCanary(share)).isEqualTo(weight);
  }

  @ParameterizedTest
  @CsvSource({"0.01, 1", "0.33, 33", "1, 100"})
  void thoseOfAVirtualServiceAreWholePercents(double share, int weight) {
    assertThat(ISTIO.unfit(share)).isEmpty();
    assertThat(ISTIO.ofCanary(share)).isEqualTo(weight);
  }

  @Test
  void aShareThatNoWeightsGiveIsRefused() {
    assertThat(ISTIO.unfit(0.025))
        .contains("2.5% is no weight of VirtualService shop: they are in steps of 1%");
    assertThat(GATEWAY.unfit(0.00001)).isPresent();
  }

  @Test
  void aRouteIsCalledAsTheClusterCallsIt() {
    assertThat(GATEWAY.words()).isEqualTo("HTTPRoute shop");
    assertThat(ISTIO.words()).isEqualTo("VirtualService shop");
    assertThat(ISTIO.canaryName()).isEqualTo("orders/v2");
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "0.01, 2", "0.2, 2", "0.21, 3", "0.333333, 4", "0.3, 3", "1, 10"})
  void aCanaryHasThePodsThatItsPartTakes(double part, int pods) {
    assertThat(new Scaled("orders-v2", 10, Optional.of(2)).of(part)).isEqualTo(pods);
  }

  @Test
  void aCanaryWhosePodsComeWithItsTrafficNeedNotServeBefore() {
    Optional<Scaled> scaled = Optional.of(new Scaled("orders-v2", 10, Optional.empty()));

    assertThat(new Istio("shop", "orders/v1", "orders/v2", scaled).bringsUpCanary()).isTrue();
    assertThat(new GatewayApi("shop", "orders", "orders-v2", scaled).splitsPods()).isFalse();
    assertThat(GATEWAY.bringsUpCanary()).isFalse();
  }
}
