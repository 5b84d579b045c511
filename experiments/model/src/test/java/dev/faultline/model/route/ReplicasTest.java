package dev.faultline.model.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicasTest {

  @ParameterizedTest
  @CsvSource({"4, 0.25, 1", "4, 1, 4", "10, 0.3, 3", "3, 0.333, 1", "3, 0.667, 2", "40, 0.025, 1"})
  void aWholeNumberOfPodsIsAWeight(int pods, double share, int canaries) {
    Replicas route = new Replicas("orders", "orders-v2", pods);

    assertThat(route.unfit(share)).isEmpty();
    assertThat(route.ofCanary(share)).isEqualTo(canaries);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 0.1, '10% of 4 pods is no whole number of them; with 4 pods: 25%, 50%, 75%'",
    "40, 0.01, '1% of 40 pods is no whole number of them; with 40 pods: 2.5%, 5%, 7.5% and so on up to 97.5%'",
    "3, 0.3, '30% of 3 pods is no whole number of them; with 3 pods: 33.33%, 66.67%'",
  })
  void anyOtherIsRefusedWithThoseThereAre(int pods, double share, String words) {
    assertThat(new Replicas("orders", "orders-v2", pods).unfit(share)).contains(words);
  }

  @Test
  void oneDeploymentOrOnePodCannotBeSplit() {
    assertThatThrownBy(() -> new Replicas("orders", "orders", 10))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("same Deployment");
    assertThatThrownBy(() -> new Replicas("orders", "orders-v2", 1))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("from 2 to 1000");
    assertThatThrownBy(() -> new Replicas("Orders", "orders-v2", 2))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("cannot name a Deployment");
  }
}
