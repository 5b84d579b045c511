package dev.faultline.app.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import org.junit.jupiter.api.Test;

final class ContractTest {

  @Test
  void aRangeHasBothLimitsAndTellsTheUnit() {
    Contract contract = Contract.of("how long it may live, from 2s to 1h; 10s when absent");

    assertThat(contract.least().map(Quantity::text)).contains("2s");
    assertThat(contract.most().map(Quantity::text)).contains("1h");
    assertThat(contract.above()).isFalse();
    assertThat(contract.absent()).contains("10s");
    assertThat(contract.unit()).contains(Unit.SECONDS);
  }

  @Test
  void aLimitMayBeExcluded() {
    Contract contract = Contract.of("requests per second, above 0/s and at most 100000/s");

    assertThat(contract.above()).isTrue();
    assertThat(contract.least().map(Quantity::value)).contains(0.0);
    assertThat(contract.most().map(Quantity::value)).contains(100_000.0);
    assertThat(contract.unit()).contains(Unit.PER_SECOND);
  }

  @Test
  void wordsMayBeFewerThanTheirType() {
    Contract contract = Contract.of("one of `kill`, `term` or `int`; `kill` when absent");

    assertThat(contract.words()).containsExactly("kill", "term", "int");
    assertThat(contract.absent()).contains("kill");
  }

  @Test
  void whatIsNoPhraseOfOursPromisesNothing() {
    Contract contract = Contract.of("looked at from time to time, at least every 5s; at 3 places");

    assertThat(contract).isEqualTo(Contract.of(""));
    assertThat(contract.needed()).isFalse();
  }

  @Test
  void aKeyMayHaveToBeThere() {
    assertThat(Contract.of("what is done; at least one").needed()).isTrue();
    assertThat(Contract.of("program; must be given").needed()).isTrue();
  }
}
