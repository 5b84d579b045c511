package dev.faultline.environment.database.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Gap;
import dev.faultline.model.world.LedgerAccount.Second;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BookTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Book book = new Book(2, false, Duration.ofMillis(100), Instant.EPOCH, nanos::get);

  @Test
  void aGapBeginsWithTheLastAcknowledgementAndSaysWhenItsFirstFailedWriteWasSent() {
    acknowledgedAt(0, 100);
    sentAt(0, 200);
    failedAt(0, 500, "no answer");
    sentAt(0, 600);
    failedAt(0, 700, "refused");
    assertThat(account().gaps()).containsExactly(gap(0, 100, 200, Optional.empty(), "no answer"));
    assertThat(account().longestGap()).isEqualTo(Duration.ofMillis(600));
    acknowledgedAt(0, 900);
    assertThat(account().gaps())
        .containsExactly(gap(0, 100, 200, Optional.of(at(900)), "no answer"));
    assertThat(account().longestGap()).isEqualTo(Duration.ofMillis(800));
  }

  @Test
  void silenceIsAGapOnceItIsASecondLongerThanThePace() {
    acknowledgedAt(0, 10);
    acknowledgedAt(1, 10);
    nanos.set(millis(1110));
    assertThat(account().gaps()).isEmpty();
    nanos.set(millis(1111));
    assertThat(account().gaps()).extracting(Gap::writer).containsExactly(0, 1);
    assertThat(account().gaps()).allMatch(gap -> gap.firstFailed().isEmpty());
  }

  @Test
  void onlyTheLongestGapsAreKept() {
    for (int i = 0; i < 1000; i++) {
      sentAt(0, i * 1000L);
      failedAt(0, i * 1000L, "");
      acknowledgedAt(0, i * 1000L + (i % 500));
    }
    assertThat(account().gaps()).hasSizeLessThan(310);
    assertThat(account().gaps())
        .filteredOn(gap -> gap.writer() == 0)
        .extracting(gap -> gap.length(Instant.EPOCH))
        .allMatch(Duration.ofMillis(1001)::equals);
  }

  @Test
  void aSecondIsToldOnceItIsOver() {
    acknowledgedAt(0, 300);
    sentAt(1, 400);
    failedAt(1, 999, "");
    acknowledgedAt(0, 1200);
    assertThat(account().seconds()).containsExactly(new Second(Instant.EPOCH, 1, 1));
    nanos.set(millis(3000));
    assertThat(account().seconds())
        .containsExactly(
            new Second(Instant.EPOCH, 1, 1),
            new Second(at(1000), 1, 0),
            new Second(at(2000), 0, 0));
  }

  @Test
  void anAcknowledgementByAnOldTimelineBesideANewerOneIsOverlapping() {
    book.sent(0);
    book.acknowledged(0, 1);
    book.sent(1);
    book.acknowledged(1, 2);
    book.sent(0);
    book.acknowledged(0, 1);
    book.sent(0);
    book.acknowledged(0, 0);
    assertThat(account().overlapping()).isEqualTo(1);
  }

  private void sentAt(int writer, long millis) {
    nanos.set(millis(millis));
    book.sent(writer);
  }

  private void failedAt(int writer, long millis, String error) {
    nanos.set(millis(millis));
    book.failed(writer, error);
  }

  private void acknowledgedAt(int writer, long millis) {
    nanos.set(millis(millis));
    book.sent(writer);
    book.acknowledged(writer, 0);
  }

  private LedgerAccount account() {
    return book.account("shop", Optional.empty(), "");
  }

  private static Gap gap(int writer, long last, long failed, Optional<Instant> next, String error) {
    return new Gap(writer, at(last), Optional.of(at(failed)), next, error);
  }

  private static Instant at(long millis) {
    return Instant.EPOCH.plusMillis(millis);
  }

  private static long millis(long millis) {
    return millis * 1_000_000;
  }
}
