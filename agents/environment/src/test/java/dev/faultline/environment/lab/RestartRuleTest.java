package dev.faultline.environment.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.environment.Lab.Restart;
import dev.faultline.model.environment.Lab.RestartPolicy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartRuleTest {

  private static RestartRule always(long delayMillis) {
    return RestartRule.of(
        Optional.of(
            new Restart(RestartPolicy.ALWAYS, Optional.of(Duration.ofMillis(delayMillis)))));
  }

  @Test
  void a_process_stays_down_unless_its_file_says_otherwise() {
    assertThat(RestartRule.of(Optional.empty())).isEqualTo(RestartRule.NEVER);
    assertThat(RestartRule.of(Optional.of(new Restart(RestartPolicy.NEVER, Optional.empty()))))
        .isEqualTo(RestartRule.NEVER);
    assertThat(RestartRule.NEVER.words()).isEmpty();
  }

  @Test
  void the_rule_speaks() {
    assertThat(always(0).words()).hasValue("the lab's supervisor, at once");
    assertThat(always(1500).words()).hasValue("the lab's supervisor, after 1.5 s");
  }

  @Test
  void a_process_that_was_healthy_waits_for_its_delay_alone() {
    assertThat(always(0).pause(0)).isZero();
    assertThat(always(700).pause(0)).hasMillis(700);
  }

  @Test
  void a_process_that_never_became_healthy_waits_longer_each_time_up_to_five_seconds() {
    assertThat(always(0).pause(1)).hasMillis(250);
    assertThat(always(0).pause(2)).hasMillis(500);
    assertThat(always(700).pause(1)).hasMillis(700);
    assertThat(always(0).pause(1_000)).hasSeconds(5);
    assertThat(always(60_000).pause(1_000)).hasMinutes(1);
  }
}
