package dev.faultline.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.examples.shop.Breaker.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BreakerTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE); // overflows, as nanoTime may
  private final List<Breaker.State> states = new ArrayList<>();
  private Breaker breaker;

  @BeforeEach
  void open_after_ten_silent_calls() {
    breaker = new Breaker(clock::get, states::add);
    for (int i = 0; i < 10; i++) {
      assertThat(breaker.allows()).as("call %d", i).isTrue();
      breaker.stayedSilent();
    }
  }

  @Test
  void an_open_breaker_lets_one_call_pass_per_second() {
    assertThat(breaker.allows()).isFalse();

    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(breaker.allows()).isTrue();
    assertThat(breaker.allows()).isFalse();

    breaker.stayedSilent();
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(breaker.allows()).isTrue();
  }

  @Test
  void one_answer_closes_it() {
    breaker.answered();

    assertThat(breaker.allows()).isTrue();
    assertThat(breaker.allows()).isTrue();
  }

  @Test
  void every_change_of_its_state_is_told_once() {
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(breaker.allows()).isTrue();
    breaker.stayedSilent();
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(breaker.allows()).isTrue();
    breaker.answered();
    breaker.answered();

    assertThat(states)
        .containsExactly(State.OPEN, State.HALF_OPEN, State.OPEN, State.HALF_OPEN, State.CLOSED);
  }

  @Test
  void calls_that_were_under_way_when_it_opened_do_not_delay_the_probe() {
    clock.addAndGet(Duration.ofMillis(900).toNanos());
    breaker.stayedSilent();

    clock.addAndGet(Duration.ofMillis(100).toNanos());
    assertThat(breaker.allows()).isTrue();
  }
}
