package dev.faultline.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.RouteFit;
import dev.faultline.model.world.RouteReading;
import dev.faultline.testkit.FakeWorld;
import dev.faultline.testkit.SimulatedTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RouteNeedsTest {

  private static final String SCALED = ", 'scaled': {'deployment': 'b', 'pods': 4}";

  private static FaultStep shift(String scaled) {
    String text =
        "{'shift': {'gatewayApi': {'httpRoute': 'r', 'stable': 'a', 'canary': 'b'"
            + scaled
            + "}, 'weight': '50%'}, 'for': '5s'}";
    return Codec.json().readValue(text.replace('\'', '"'), FaultStep.class);
  }

  private static RouteNeeds fitting(RouteReading reading, String... cautions) {
    FakeWorld world = new FakeWorld(new SimulatedTime());
    world.twistQuery(
        query ->
            query instanceof RouteFit
                ? Optional.of(new Answer.RouteIs(reading, List.of(cautions)))
                : Optional.empty());
    return new RouteNeeds(world, true);
  }

  @Test
  void whatIsToBeKnownBeforeIsNoted() throws Exception {
    RouteNeeds needs = fitting(new RouteReading(0, true, true), "both read the same config map");

    needs.require(shift(""));

    assertThat(needs.notes()).containsExactly("both read the same config map");
  }

  @Test
  void aCanaryServesBeforeUnlessItsPodsComeWithItsTraffic() throws Exception {
    RouteNeeds needs = fitting(new RouteReading(0, true, false));

    assertThatThrownBy(() -> needs.require(shift("")))
        .hasMessageEndingWith("b does not serve; start it first");
    needs.require(shift(SCALED));
    assertThatThrownBy(() -> fitting(new RouteReading(0, false, false)).require(shift(SCALED)))
        .hasMessageEndingWith("a does not serve; start it first");
  }
}
