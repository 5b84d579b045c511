package dev.faultline.model.gate;

import static dev.faultline.model.gate.Accounts.BEGAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Gap;
import dev.faultline.model.world.LedgerAccount.Tally;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LedgerTest {

  private static final Tally BAD = new Tally(97, 7, Duration.ofMillis(1900), 4, 2, 1);

  private static Reading read(String figure, LedgerAccount account) {
    return Ledger.of(figure).read(List.of(new Answer.LedgerIs(account)));
  }

  @ParameterizedTest
  @CsvSource({
    "lost, 7",
    "lostAge, 1.9",
    "unknown, 4",
    "duplicated, 2",
    "reordered, 1",
    "overlapping, 3",
    "outage, 0",
    "rate, 20"
  })
  void eachFigureIsReadFromTheAccount(String figure, double value) {
    LedgerAccount account = Accounts.account(Optional.of(BAD), List.of());

    assertThat(read(figure, account)).isEqualTo(new Reading.Value(value));
  }

  @ParameterizedTest
  @CsvSource({"lost", "lostAge", "unknown", "duplicated", "reordered"})
  void whatCannotBeReadBackIsBlindAndNotZero(String figure) {
    LedgerAccount account = Accounts.account(Optional.empty(), List.of());

    assertThat(read(figure, account))
        .isEqualTo(new Reading.Blind(BlindReason.UNREACHABLE, "connection refused"));
  }

  @Test
  void anOutageThatLastsIsAsLongAsItIsNow() {
    Gap over =
        new Gap(
            0,
            BEGAN,
            Optional.of(BEGAN.plusSeconds(1)),
            Optional.of(BEGAN.plusSeconds(4)),
            "reset");
    Gap open = new Gap(1, BEGAN.plusSeconds(20), Optional.empty(), Optional.empty(), "");

    assertThat(read("outage", Accounts.account(Optional.empty(), List.of(over))))
        .isEqualTo(new Reading.Value(4));
    assertThat(read("outage", Accounts.account(Optional.empty(), List.of(over, open))))
        .isEqualTo(new Reading.Value(10));
  }

  @ParameterizedTest
  @EnumSource(Ledger.Figure.class)
  void onlyWhatTheTableTellsAsksTheDatabase(Ledger.Figure figure) {
    Query query = new Ledger(figure).queries().getFirst();
    boolean asks = query instanceof Query.LedgerStatus status && status.tallied().isPresent();

    assertThat(asks)
        .isEqualTo(
            switch (figure) {
              case LOST, LOST_AGE, UNKNOWN, DUPLICATED, REORDERED -> true;
              case OVERLAPPING, OUTAGE, RATE -> false;
            });
  }

  @Test
  void aRateIsWaitedForAndALossIsNot() {
    assertThat(Ledger.of("lost").onlyGrows()).isTrue();
    assertThat(Ledger.of("outage").onlyGrows()).isTrue();
    assertThat(Ledger.of("rate").onlyGrows()).isFalse();
  }

  @Test
  void anUnknownFigureIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Ledger.of("losst"))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("did you mean 'lost'?");
  }
}
