package dev.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.fault.Fault.Setting;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.LinkReading;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkFaultTest {

  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Instance LINK =
      new Instance.LinkInstance("a->b", "lab link a->b", "a", "b", Optional.of("http"));

  private static FaultStep step(String json) {
    return Codec.json().readValue(json.replace('\'', '"'), FaultStep.class);
  }

  private static LinkReading reading(boolean inForce, int pieces, int millis) {
    Duration delay = Duration.ofMillis(millis);
    return new LinkReading(inForce, 3, 100, pieces, pieces, 100, delay, delay, delay);
  }

  @Test
  void latencyHitsWhatTheTargetSendsAndIsShownByWhatWasMeasured() {
    FaultStep step =
        step("{'latency':{'delay':'300ms','jitter':'30ms'},'target':{'service':'b'},'for':'5s'}");
    Disturbance late =
        new Disturbance.Latency(
            Duration.ofMillis(300), Duration.ofMillis(30), Disturbance.Spread.UNIFORM, 0, true);
    Query status = new Query.LinkStatus("a->b", "late", late);

    assertThat(
            step.fault()
                .plan(LINK, new Setting("late", Duration.ofSeconds(5), TEN, Traffic.ALL, 7)))
        .containsExactly(
            new Step(
                new Action.DisturbLink(
                    "a->b", "late", late, Direction.OUT, 1, Duration.ofSeconds(10), 7),
                Optional.of(new Proof(status, new Expectation.LinkMeets(true), TEN)),
                Optional.of(
                    new Step.Undo(
                        new Action.RestoreLink("a->b", "late"),
                        Optional.of(new Proof(status, new Expectation.LinkMeets(false), TEN))))));
    assertThat(step.words()).isEqualTo("latency 300ms ± 30ms of what comes back");
  }

  @Test
  void aDelayIsProvenByOneLikeItAndByNothingElse() {
    Disturbance late =
        new Disturbance.Latency(
            Duration.ofMillis(300), Duration.ZERO, Disturbance.Spread.UNIFORM, 0, true);

    assertThat(late.shownBy(reading(true, 5, 301))).isTrue();
    assertThat(late.shownBy(reading(true, 5, 200))).isFalse();
    assertThat(late.shownBy(reading(true, 5, 900))).isFalse();
    assertThat(late.shownBy(reading(true, 0, 0))).isFalse();
    assertThat(late.shownBy(reading(false, 5, 301))).isFalse();
    assertThat(new Answer.LinkIs(late, reading(true, 5, 301)).words())
        .isEqualTo("in force; measured 301 ms (median of 5, 301 ms to 301 ms)");
    assertThat(new Answer.LinkIs(late, LinkReading.NOTHING).words())
        .isEqualTo("not in force; no connection came by");
  }

  @Test
  void whatWasMeasuredByTwoRelaysOfALinkIsOneReading() {
    LinkReading both = reading(true, 5, 301).and(reading(false, 2, 290)).and(LinkReading.NOTHING);

    assertThat(both.inForce()).isTrue();
    assertThat(both.pieces()).isEqualTo(7);
    assertThat(List.of(both.least().toMillis(), both.median().toMillis(), both.most().toMillis()))
        .containsExactly(290L, 301L, 301L);
  }

  @Test
  void aPartOfTheExchangesIsToldInWords() {
    FaultStep step =
        step(
            "{'http':{'match':{'method':'GET','path':'/a*'},'abort':503},"
                + "'target':{'link':{'from':'a','to':'b'}},'traffic':{'percent':'20%'},'for':'5s'}");

    assertThat(step.words()).isEqualTo("http GET /a* answered 503, for 20% of the exchanges");
    assertThat(step.title()).isEqualTo("http-a-b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'latency':{'delay':'0s'} | 'delay' must be above 0",
        "'latency':{'delay':'1ms','jitter':'2ms'} | must be at most 'delay'",
        "'latency':{'delay':'1ms','correlation':'5%'} | there is none; add 'jitter'",
        "'latency':{'delay':'1ms','order':'free'} | none overtakes; add 'jitter'",
        "'bandwidth':{'perSecond':'5s'} | is not a size",
        "'bandwidth':{'perSecond':'0B'} | must be from 1B",
        "'http':{} | this would do nothing",
        "'http':{'abort':99} | from 200 to 599",
        "'http':{'abort':503,'grpc':'UNAVAILABLE'} | 'grpc' is the whole answer",
        "'http':{'grpc':'UNAVAILABEL'} | did you mean 'UNAVAILABLE'",
        "'http':{'abort':503,'body':{'patch':'{}'}} | no answer of the server to patch",
        "'http':{'headers':{'remove':['Content-Length']}} | no header that can be changed",
        "'http':{'jitter':'1ms','abort':500} | strays around 'delay'",
        "'reset':{},'traffic':{'direction':'in'} | as a whole; remove 'direction'",
        "'reset':{},'traffic':{'percent':'0%'} | must be above 0%",
        "'freeze':{},'traffic':{'direction':'in'} | disturbs no traffic"
      })
  void whatCannotBeMeantIsRefused(String fault, String reason) {
    assertThatThrownBy(() -> step("{%s,'target':{'service':'b'},'for':'5s'}".formatted(fault)))
        .hasMessageContaining(reason);
  }
}
