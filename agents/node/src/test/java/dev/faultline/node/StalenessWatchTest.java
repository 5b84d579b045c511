package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StalenessWatchTest {

  private final StalenessWatch watch = StalenessWatch.start(Duration.ofNanos(100), 1, 0);

  @Test
  void silenceIsStaleOnlyOnceItIsLongerThanTheStaleness() {
    assertThat(watch.look(1, 50).look(1, 100).stale()).isFalse();
    assertThat(watch.look(1, 50).look(1, 101).stale()).isTrue();
  }

  @Test
  void everyChangeStartsAfresh() {
    StalenessWatch changed = watch.look(1, 50).look(2, 100).look(2, 150);

    assertThat(changed.look(2, 200).stale()).isFalse();
    assertThat(changed.look(2, 201).stale()).isTrue();
  }

  @Test
  void aCounterThatGoesBackHasChangedToo() {
    assertThat(watch.look(1, 99).look(0, 150).look(0, 200).stale()).isFalse();
  }

  @Test
  void aWatcherThatDidNotRunGivesTheControllerOneMoreStaleness() {
    StalenessWatch awake = watch.look(1, 5000);

    assertThat(awake.stale()).isFalse();
    assertThat(awake.look(1, 5050).look(1, 5100).stale()).isFalse();
    assertThat(awake.look(1, 5050).look(1, 5101).stale()).isTrue();
  }

  @Test
  void aWatcherThatKeepsOversleepingStillFires() {
    assertThat(watch.look(1, 5000).look(1, 10_000).stale()).isTrue();
  }

  @Test
  void oversleepingIsForgivenAgainAfterAChange() {
    assertThat(watch.look(1, 5000).look(2, 5050).look(2, 10_000).stale()).isFalse();
  }

  @Test
  void theClockMayOverflow() {
    StalenessWatch late = StalenessWatch.start(Duration.ofNanos(100), 1, Long.MAX_VALUE - 10);

    assertThat(late.look(1, Long.MIN_VALUE + 50).stale()).isFalse();
    assertThat(late.look(1, Long.MIN_VALUE + 50).look(1, Long.MIN_VALUE + 90).stale()).isTrue();
  }
}
