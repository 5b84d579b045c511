package dev.faultline.environment.hands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.world.Action.ArmFuse;
import dev.faultline.model.world.Action.RunCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuseOrdersTest {

  private final FuseOrders orders =
      new FuseOrders("run", new CommandSetting(Path.of("/"), Map.of(), text -> text));

  @ParameterizedTest
  @CsvSource({"20, 2", "29, 2", "2000, 200", "2001, 200", "4999, 499", "5001, 500", "60000, 500"})
  void theLeaseIsLookedAtTenTimesButInWholeMilliseconds(long lease, long poll) {
    ArmFuse arm =
        new ArmFuse(
            "f",
            List.of(new RunCommand(List.of("true"), Duration.ofSeconds(1))),
            Duration.ofMillis(lease));

    assertThat(orders.order(arm, Path.of("/lease")).poll()).isEqualTo(Duration.ofMillis(poll));
  }
}
