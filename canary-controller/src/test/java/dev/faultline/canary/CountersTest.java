package dev.faultline.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Reading;
import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.rollout.Errors;
import dev.faultline.model.rollout.Latency;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What counters gained, whatever became of their series meanwhile. */
class CountersTest {

  private static final Map<String, String> A = Map.of("pod", "a");
  private static final Map<String, String> B = Map.of("pod", "b");

  private static Optional<Double> gained(List<Map<Map<String, String>, Double>> looks) {
    Counters now = Counters.UNSEEN;
    Optional<Double> gained = Optional.empty();
    for (Map<Map<String, String>, Double> look : looks) {
      Counters.Gain gain = now.after(look);
      now = gain.now();
      gained = gain.gained();
    }
    return gained;
  }

  @Test
  void theFirstLookGainsNothingThatIsKnown() {
    assertThat(gained(List.of(Map.of(A, 100.0)))).isEmpty();
  }

  @Test
  void whatSeriesGainedIsAddedUp() {
    assertThat(gained(List.of(Map.of(A, 100.0, B, 5.0), Map.of(A, 107.0, B, 6.0)))).contains(8.0);
  }

  @Test
  void aCounterThatFellBeganAgain() {
    assertThat(gained(List.of(Map.of(A, 100.0), Map.of(A, 3.0)))).contains(3.0);
  }

  @Test
  void aSeriesThatWasNeverSeenBeganAtNothing() {
    assertThat(gained(List.of(Map.of(), Map.of(A, 1.0)))).contains(1.0);
  }

  @Test
  void aScrapeThatFailedLosesNothingAndCountsNothingTwice() {
    assertThat(
            gained(List.of(Map.of(A, 100.0, B, 50.0), Map.of(A, 110.0), Map.of(A, 120.0, B, 55.0))))
        .contains(15.0);
  }

  private static Answer series(Object... labelsAndValues) {
    List<Answer.OneSeries> series = new ArrayList<>();
    for (int i = 0; i < labelsAndValues.length; i += 2) {
      series.add(
          new Answer.OneSeries(
              Map.of("pod", (String) labelsAndValues[i]),
              List.of(new Answer.Sample(Instant.EPOCH, (Double) labelsAndValues[i + 1]))));
    }
    return new Answer.Series(series, List.of(), Duration.ZERO);
  }

  private static final Errors ERRORS = new Errors("bad{v=\"${version}\"}", "all{v=\"${version}\"}");
  private static final Latency SLOW = new Latency("h{v=\"${version}\"}", Quantity.parse("250ms"));

  @Test
  void noFailureYetIsNoneAtAll() {
    VersionCounters first =
        VersionCounters.UNSEEN.after(ERRORS, "v2", List.of(series("a", 10.0), series())).now();

    VersionCounters.Next next =
        first.after(ERRORS, "v2", List.of(series("a", 30.0), series("a", 2.0)));

    assertThat(next.traffic()).contains(new Traffic(20, 2));
    assertThat(next.blind()).isEmpty();
  }

  @Test
  void aVersionThatCountsNothingIsNotSeen() {
    VersionCounters.Next next =
        VersionCounters.UNSEEN.after(ERRORS, "v2", List.of(series(), series()));

    assertThat(next.blind())
        .contains(new Reading.Blind(BlindReason.NO_DATA, "no requests of v2 are counted"));
    assertThat(next.now()).isEqualTo(VersionCounters.UNSEEN);
  }

  @Test
  void aBoundThatTheHistogramLacksIsNotReadAsAllSlow() {
    VersionCounters.Next next =
        VersionCounters.UNSEEN.after(SLOW, "v2", List.of(series("a", 10.0), series()));

    assertThat(next.blind().orElseThrow().detail())
        .isEqualTo("v2 has no such bucket; take a bound of its histogram");
  }

  @Test
  void slowAreThoseThatAreInNoSmallerBucket() {
    VersionCounters first =
        VersionCounters.UNSEEN
            .after(SLOW, "v2", List.of(series("a", 10.0), series("a", 9.0)))
            .now();

    assertThat(first.after(SLOW, "v2", List.of(series("a", 30.0), series("a", 24.0))).traffic())
        .contains(new Traffic(20, 5));
  }

  @Test
  void whatIsNoCounterIsNotRead() {
    for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
      assertThat(Counters.read(series("a", odd))).isInstanceOf(Counters.Read.None.class);
    }
    assertThat(
            Counters.read(
                new Answer.Series(List.of(), List.of("one store is away"), Duration.ZERO)))
        .isEqualTo(
            new Counters.Read.None(new Reading.Blind(BlindReason.PARTIAL, "one store is away")));
  }

  @Test
  void theQueriesNameOneVersionAndTheBoundAsExportersWriteIt() {
    assertThat(SLOW.queries("v2"))
        .containsExactly(
            new Query.PromInstant("h_count{v=\"v2\"}"),
            new Query.PromInstant("h_bucket{v=\"v2\",le=~\"0[.]25\"}"));
    assertThat(new Latency("h{v=\"${version}\",}", Quantity.parse("10s")).queries("v1").getLast())
        .isEqualTo(new Query.PromInstant("h_bucket{v=\"v1\",le=~\"10|10[.]0\"}"));
  }
}
