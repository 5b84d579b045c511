package dev.faultline.model.gate;

import static dev.faultline.judge.BlindReason.MALFORMED;
import static dev.faultline.judge.BlindReason.NO_DATA;
import static dev.faultline.judge.BlindReason.REFUSED;
import static dev.faultline.judge.BlindReason.TIMEOUT;
import static dev.faultline.judge.BlindReason.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.world.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpTest {

  private static final String BODY =
      "{\"queues\": [{\"depth\": 42}], \"a/b\": 1, \"m~n\": 2, \"\": 3, \"up\": true, \"s\": \"7\","
          + " \"none\": null}";

  private static Http probe(Http.Read read) {
    return http(Optional.of(read), Optional.empty());
  }

  private static Http http(Optional<Http.Read> read, Optional<String> pointer) {
    return new Http(
        Optional.of("http://web/"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        read,
        pointer);
  }

  private static Answer reply(int status, String body) {
    return new Answer.HttpReply(status, Duration.ofMillis(120), Optional.of(body));
  }

  private static Reading at(String pointer, Answer answer) {
    return http(Optional.empty(), Optional.of(pointer)).read(List.of(answer));
  }

  @Test
  void anAnswerIsItsStatusItsLatencyOrWhetherItIsWell() {
    List<Answer> bad = List.of(reply(503, ""));

    assertThat(Http.of("http://web/").read(bad)).isEqualTo(new Reading.Value(503));
    assertThat(probe(Http.Read.LATENCY).read(bad)).isEqualTo(new Reading.Value(0.12));
    assertThat(value(probe(Http.Read.OK).read(bad))).isZero();
    assertThat(value(probe(Http.Read.OK).read(List.of(reply(302, ""))))).isZero();
    assertThat(value(probe(Http.Read.OK).read(List.of(reply(204, ""))))).isEqualTo(1);
  }

  @Test
  void silenceIsNotWellAndOtherwiseBlind() {
    for (BlindReason silence : List.of(UNREACHABLE, TIMEOUT)) {
      List<Answer> none = List.of(new Answer.Unanswered(silence, "gone"));
      assertThat(value(probe(Http.Read.OK).read(none))).isZero();
      blind(probe(Http.Read.STATUS).read(none), silence);
      blind(probe(Http.Read.LATENCY).read(none), silence);
    }
    blind(probe(Http.Read.OK).read(List.of(new Answer.Unanswered(REFUSED, "no"))), REFUSED);
    blind(probe(Http.Read.OK).read(List.of(new Answer.Exited(0, ""))), MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({"/queues/0/depth, 42", "/a~1b, 1", "/m~0n, 2", "/, 3"})
  void aPointerFindsANumberAsItsStandardSays(String pointer, double expected) {
    assertThat(at(pointer, reply(200, BODY))).isEqualTo(new Reading.Value(expected));
  }

  @Test
  void whatIsNoNumberIsBlind() {
    blind(at("/queues/1/depth", reply(200, BODY)), NO_DATA);
    blind(at("/none", reply(200, BODY)), NO_DATA);
    blind(at("/up", reply(200, BODY)), MALFORMED);
    blind(at("/s", reply(200, BODY)), MALFORMED);
    blind(at("/queues", reply(200, BODY)), MALFORMED);
    blind(at("/s", reply(200, "<html>")), MALFORMED);
    blind(at("/s", reply(200, "")), NO_DATA);
    blind(at("/a~1b", reply(500, BODY)), UNREACHABLE);
    blind(at("/s", new Answer.HttpReply(200, Duration.ZERO, Optional.empty())), MALFORMED);
  }

  @Test
  void theUnitFollowsWhatIsRead() {
    assertThat(Http.of("http://web/").units()).containsExactly(Unit.NUMBER);
    assertThat(probe(Http.Read.LATENCY).units()).containsExactly(Unit.SECONDS);
    assertThat(http(Optional.empty(), Optional.of("/x")).units()).contains(Unit.values());
  }

  private static double value(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Value.class);
    return ((Reading.Value) reading).value();
  }

  private static void blind(Reading reading, BlindReason reason) {
    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Blind.class, blind -> assertThat(blind.reason()).isEqualTo(reason));
  }
}
