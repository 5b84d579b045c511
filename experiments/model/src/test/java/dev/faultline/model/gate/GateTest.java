package dev.faultline.model.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person writes of a gate, what it says of itself, and what it asks. */
final class GateTest {

  private static final Duration FIVE = Duration.ofSeconds(5);
  private static final Duration HOUR = Duration.ofHours(1);

  private static Gate gate(String json) {
    String whole = "{'name':'g',%s}".formatted(json).replace('\'', '"');
    return Codec.json().readValue(whole, Gate.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'prometheus':'up','equals':1 | up",
        "'ratio':{'bad':'b','total':'t'},'below':'1%' | b / t",
        "'http':{'url':'http://w/','method':'HEAD'},'below':300 | status of HEAD http://w/",
        "'http':{'url':'http://w/','pointer':'/n'},'below':3 | /n of GET http://w/",
        "'command':['test','-e'],'equals':0 | exit code of test -e",
        "'sql':{'database':'d','select':'select 1'},'above':'1Ki' | select 1",
        "'load':'p999','below':'1s' | load p999",
        "'ledger':'lost','equals':0 | ledger lost",
        "'alert':'Down' | alert Down as Prometheus has it",
        "'alert':{'name':'Down','rule':{'expr':'up == 0','lasting':'1m'}} | alert Down: up == 0",
        "'burnRate':{'errors':'e[$window]','objective':'99%'}"
            + " | burn rate of the 99% objective by e[$window]",
        "'burnRate':{'bad':'b[$window]','total':'t[$window]','objective':'99%'}"
            + " | burn rate of the 99% objective by b[$window] / t[$window]"
      })
  void aGateSaysWhatItReadsInTheUnitOfItsBound(String json, String words) {
    Gate gate = gate(json);

    assertThat(gate.signal().words()).isEqualTo(words);
    assertThat(gate.signal().units()).contains(gate.bound().limit().unit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'prometheus':'up' | one of these is missing: ",
        "'load':'p99','below':5 | is written like",
        "'http':{'url':'http://w/','body':'x'},'below':1 | a GET carries no body",
        "'http':{'url':'http://w/','method':'get'},'below':1 | is written in capitals",
        "'http':{'url':'http://w/','timeout':'9ms'},'below':1 | from 10ms to 1m",
        "'http':{'url':'http://w/','timeout':'61s'},'below':1 | from 10ms to 1m",
        "'http':{'url':'http://w/','read':'json'},'below':1 | needs 'pointer'",
        "'http':{'url':'http://w/','read':'ok','pointer':'/n'},'below':1 | belongs to 'read: json'",
        "'http':{'url':'http://w/','pointer':'n'},'below':1 | 'n' is no pointer",
        "'ratio':{'bad':' ','total':'t'},'below':'1%' | the query is empty",
        "'sql':{'database':'d','select':' '},'below':1 | 'select' is empty",
        "'sql':{'database':'d','select':'s','timeout':'9ms'},'below':1 | from 10ms to 1m",
        "'sql':{'database':'d','select':'s','timeout':'61s'},'below':1 | from 10ms to 1m",
        "'alert':' ' | 'name' is empty",
        "'alert':'Down','below':1 | brings its own bound along; remove 'below'",
        "'burnRate':{'errors':'e','objective':'99%'} | the query has no window",
        "'burnRate':{'bad':'b','total':'t[$window]','objective':'99%'} | the query has no window",
        "'burnRate':{'bad':'b[$window]','total':'t','objective':'99%'} | the query has no window",
        "'burnRate':{'errors':'e[$window]','objective':'100%'} | an objective is a share",
        "'burnRate':{'errors':'e[$window]','objective':'0%'} | an objective is a share",
        "'burnRate':{'errors':'e[$window]','objective':'9s'} | an objective is a share",
        "'burnRate':{'errors':'e[$window]','objective':'99%',"
            + "'windows':[{'long':'5m','short':'5m','factor':2}]} | must be longer than 'short'",
        "'burnRate':{'errors':'e[$window]','objective':'99%',"
            + "'windows':[{'long':'1h','short':'5m','factor':0}]} | a number above 0"
      })
  void whatMakesNoSenseIsRefused(String json, String reason) {
    assertThatThrownBy(() -> gate(json)).hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10ms", "1m"})
  void aTimeoutMayBeAsLongAndAsShortAsItIsSaid(String timeout) {
    Duration length = timeout.equals("1m") ? Duration.ofMinutes(1) : Duration.ofMillis(10);

    assertThat(
            gate("'http':{'url':'http://w/','timeout':'%s'},'below':1".formatted(timeout))
                .signal()
                .queries())
        .containsExactly(
            new Query.HttpProbe("http://w/", "GET", Map.of(), Optional.empty(), length));
    assertThat(
            gate("'sql':{'database':'d','select':'s','timeout':'%s'},'below':1".formatted(timeout))
                .signal()
                .queries())
        .containsExactly(new Query.SqlNumber("d", "s", length));
  }

  @Test
  void eachSignalAsksWhatItNeedsAndNoLongerThanFiveSeconds() {
    assertThat(Http.of("http://w/").queries())
        .containsExactly(new Query.HttpProbe("http://w/", "GET", Map.of(), Optional.empty(), FIVE));
    assertThat(new Sql("d", "s", Optional.empty()).queries())
        .containsExactly(new Query.SqlNumber("d", "s", FIVE));
    assertThat(Command.of(List.of("true")).queries())
        .containsExactly(new Query.CommandStatus(List.of("true"), FIVE));
    assertThat(new Ratio("b", "t").queries())
        .containsExactly(new Query.PromInstant("b"), new Query.PromInstant("t"));
    assertThat(Load.of("rate").queries()).containsExactly(new Query.LoadStatus(FIVE));
  }

  @Test
  void aBreachWithdrawsTheFaultsUnlessItIsOnlyRecorded() {
    assertThat(gate("'prometheus':'up','equals':1").aborts()).isTrue();
    assertThat(gate("'prometheus':'up','equals':1,'breach':'record'").aborts()).isFalse();
  }

  @Test
  void aValueIsSpelledLikeItsBoundUnlessItHasWordsOfItsOwn() {
    Gate gate = gate("'ratio':{'bad':'b','total':'t'},'below':'1%'");

    assertThat(gate.spell(new Reading.Value(0.25))).isEqualTo("25%");
    assertThat(gate.spell(new Reading.Value(1, Optional.of("HTTP 204")))).isEqualTo("HTTP 204");
  }

  @Test
  void aBreachThatCannotLastLongEnoughIsWarnedOf() {
    Gate gate = gate("'prometheus':'up','equals':1,'lasting':'60m'");

    assertThat(gate.cautions(HOUR.plusMillis(1), Duration.ZERO)).isEmpty();
    assertThat(gate.cautions(HOUR, Duration.ZERO))
        .containsExactly("Gate g: a breach must last 1h, longer than the run.");
  }

  @Test
  void theTallyOfALedgerLooksBackAndWhatIsCountedOnTheSpotDoesNot() {
    assertThat(Ledger.of("lost").window()).isEqualTo(FIVE);
    assertThat(Ledger.of("rate").window()).isEqualTo(FIVE);
    assertThat(Ledger.of("outage").window()).isZero();
  }

  @Test
  void anObjectiveOfAFileIsTheBurnRateThatTheFileMeans() {
    BurnRate burns =
        (BurnRate) gate("'burnRate':{'errors':'e[$window]','objective':'99%'}").signal();
    Slo unread = new Slo("slo.yaml", "checkout", List.of(), Optional.empty());
    Slo slo = unread.meaning(burns);

    assertThat(unread.ownBound()).isPresent();
    assertThat(slo.ownBound()).isEqualTo(burns.ownBound());
    assertThat(slo.queries()).isEqualTo(burns.queries()).isNotEmpty();
    assertThat(slo.units()).containsExactly(Unit.NUMBER);
    assertThat(slo.words())
        .isEqualTo("SLO checkout of slo.yaml: burn rate of the 99% objective by e[$window]");
    assertThat(slo.cautions(FIVE, FIVE)).isEqualTo(burns.cautions(FIVE, FIVE)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"172800000, 2d", "7200000, 2h", "90000, 90s", "120000, 2m", "1500, 1500ms", "0, 0ms"})
  void aSpanIsWrittenInItsLargestWholeUnit(long millis, String words) {
    assertThat(Spans.of(Duration.ofMillis(millis))).isEqualTo(words);
  }
}
