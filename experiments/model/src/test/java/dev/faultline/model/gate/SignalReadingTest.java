package dev.faultline.model.gate;

import static dev.faultline.judge.BlindReason.AMBIGUOUS;
import static dev.faultline.judge.BlindReason.MALFORMED;
import static dev.faultline.judge.BlindReason.NAN;
import static dev.faultline.judge.BlindReason.NO_DATA;
import static dev.faultline.judge.BlindReason.PARTIAL;
import static dev.faultline.judge.BlindReason.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.model.gate.Prometheus.Reduce;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClockReading;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.LinkReading;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.MachineRoom;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.RouteReading;
import dev.faultline.model.world.Strain;
import dev.faultline.model.world.StrainReading;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A blind gate does not pass: what is no single number is blind, with the reason. */
final class SignalReadingTest {

  private static final Answer EMPTY = series();
  private static final Answer WARNED =
      new Answer.Series(
          List.of(one(Map.of(), 1)), List.of("a store did not answer"), Duration.ZERO);
  private static final Answer NONE = new Answer.Unanswered(UNREACHABLE, "refused");

  private static Answer.OneSeries one(Map<String, String> labels, double... values) {
    return new Answer.OneSeries(
        labels,
        Arrays.stream(values).mapToObj(at -> new Answer.Sample(Instant.EPOCH, at)).toList());
  }

  private static Answer.Series series(double... values) {
    return new Answer.Series(
        values.length == 0 ? List.of() : List.of(one(Map.of(), values)), List.of(), Duration.ZERO);
  }

  private static Answer twoSeries() {
    return new Answer.Series(
        List.of(one(Map.of("pod", "a"), 1), one(Map.of("pod", "b"), 2)), List.of(), Duration.ZERO);
  }

  /** Answers that are no number to anybody who asked Prometheus. */
  static Stream<Arguments> noNumbers() {
    return Stream.concat(ofClusters(), elsewhere());
  }

  private static Stream<Arguments> ofClusters() {
    return Stream.of(
        Arguments.of(new Answer.PodIs(true, false), MALFORMED),
        Arguments.of(new Answer.NodeStands(true, true, false), MALFORMED),
        Arguments.of(new Answer.NodeCutIs(Optional.empty(), Optional.empty()), MALFORMED),
        Arguments.of(new Answer.ObjectIs(Optional.empty()), MALFORMED),
        Arguments.of(new Answer.SpaceIs("shop", true, true), MALFORMED),
        Arguments.of(new Answer.Forbidden(List.of()), MALFORMED));
  }

  private static Stream<Arguments> elsewhere() {
    return Stream.of(
        Arguments.of(EMPTY, NO_DATA),
        Arguments.of(new Answer.Series(List.of(one(Map.of())), List.of(), Duration.ZERO), NO_DATA),
        Arguments.of(series(Double.NaN), NAN),
        Arguments.of(twoSeries(), AMBIGUOUS),
        Arguments.of(WARNED, PARTIAL),
        Arguments.of(NONE, UNREACHABLE),
        Arguments.of(new Answer.Exited(0, ""), MALFORMED),
        Arguments.of(new Answer.ProcessIs(ProcessState.RUNNING), MALFORMED),
        Arguments.of(new Answer.DescriptorsAre(Optional.empty()), MALFORMED),
        Arguments.of(new Answer.ClockCanBe(Optional.empty()), MALFORMED),
        Arguments.of(new Answer.ClockIs(ClockReading.GONE), MALFORMED),
        Arguments.of(new Answer.FuseIs(true), MALFORMED),
        Arguments.of(new Answer.Marked(List.of(), List.of()), MALFORMED),
        Arguments.of(new Answer.DatabaseIs(new DatabaseState(List.of(), Map.of())), MALFORMED),
        Arguments.of(new Answer.NodeIs(NodeRole.PRIMARY, ""), MALFORMED),
        Arguments.of(new Answer.Numeric(1), MALFORMED),
        Arguments.of(new Answer.TableIs(Answer.Owner.OURS), MALFORMED),
        Arguments.of(new Answer.LedgerIs(Accounts.healthy()), MALFORMED),
        Arguments.of(new Answer.RateIs(false, 1, 1), MALFORMED),
        Arguments.of(new Answer.RouteIs(new RouteReading(0.2, true, true)), MALFORMED),
        Arguments.of(new Answer.AlertsAre(List.of()), MALFORMED),
        Arguments.of(new Answer.HttpReply(200, Duration.ZERO, Optional.of("1")), MALFORMED),
        Arguments.of(new Answer.LinkIs(new Disturbance.Refuse(), LinkReading.NOTHING), MALFORMED),
        Arguments.of(
            new Answer.StrainIs(
                new Strain.Cpu(1, Optional.empty()), new StrainReading(true, 1, 1, 1)),
            MALFORMED),
        Arguments.of(
            new Answer.RoomIs(new MachineRoom(1, 1, Optional.empty(), Optional.empty())),
            MALFORMED),
        Arguments.of(new Answer.PacketsAre(Optional.empty()), MALFORMED),
        Arguments.of(new Answer.AddressesAre(List.of("10.0.0.5")), MALFORMED),
        Arguments.of(new Answer.LoadFigures(List.of()), MALFORMED));
  }

  @Test
  void everyKindOfAnswerIsAmongThem() {
    assertThat(Stream.concat(noNumbers().map(one -> one.get()[0]), Stream.of(series(1))))
        .extracting(answer -> Objects.requireNonNull(answer).getClass().getName())
        .containsAll(kinds(Answer.class).map(Class::getName).toList());
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SignalReadingTest::kinds)
        : Stream.of(type);
  }

  @ParameterizedTest
  @MethodSource("noNumbers")
  void aQueryWithoutANumberIsBlind(Answer answer, BlindReason reason) {
    blind(Prometheus.of("up").read(List.of(answer)), reason);
    blind(range(Reduce.MAX).read(List.of(answer)), reason);
  }

  @ParameterizedTest
  @MethodSource("noNumbers")
  void aRatioWithoutATotalIsBlind(Answer answer, BlindReason reason) {
    blind(new Ratio("b", "t").read(List.of(series(0), answer)), reason);
  }

  @ParameterizedTest
  @MethodSource("noNumbers")
  void aRatioIsBlindForWhateverBadIsButAbsent(Answer answer, BlindReason reason) {
    Reading read = new Ratio("b", "t").read(List.of(answer, series(10)));

    if (reason == NO_DATA) {
      assertThat(read).isEqualTo(new Reading.Value(0));
    } else {
      blind(read, reason);
    }
  }

  @Test
  void aRatioIsTheShareOfBadEvents() {
    Ratio ratio = new Ratio("b", "t");

    assertThat(ratio.read(List.of(series(1), series(4)))).isEqualTo(new Reading.Value(0.25));
    blind(ratio.read(List.of(series(0), series(0))), NO_DATA);
    blind(ratio.read(List.of(series(1), series(0))), NO_DATA);
    blind(ratio.read(List.of(EMPTY, series(0))), NO_DATA);
    blind(ratio.read(List.of(EMPTY, EMPTY)), NO_DATA);
    blind(ratio.read(List.of(series(1), series(-1))), NO_DATA);
    blind(ratio.read(List.of(series(1), series(Double.POSITIVE_INFINITY))), MALFORMED);
  }

  @Test
  void severalSeriesAreNamedWithTheWayOut() {
    assertThat(Prometheus.of("up").read(List.of(twoSeries())))
        .isEqualTo(
            new Reading.Blind(
                AMBIGUOUS,
                "the query gave 2 series, such as {pod=a} and {pod=b}; reduce it to one with sum or"
                    + " max"));
  }

  @ParameterizedTest
  @CsvSource({"LAST, 2", "MIN, 1", "MAX, 3", "AVG, 2"})
  void aRangeBecomesOneNumber(Reduce reduce, double expected) {
    assertThat(range(reduce).read(List.of(series(1, 3, 2)))).isEqualTo(new Reading.Value(expected));
  }

  @ParameterizedTest
  @CsvSource({"MIN", "MAX", "AVG"})
  void aRangeWithAHoleInItIsBlind(Reduce reduce) {
    blind(range(reduce).read(List.of(series(1, Double.NaN, 2))), NAN);
  }

  @Test
  void aCommandIsItsExitCode() {
    Command command = Command.of(List.of("true"));

    assertThat(command.read(List.of(new Answer.Exited(3, "x")))).isEqualTo(new Reading.Value(3));
    blind(command.read(List.of(NONE)), UNREACHABLE);
    blind(command.read(List.of(series(1))), MALFORMED);
  }

  @Test
  void theLoadIsReadFromAllItsSeconds() {
    List<LoadInterval> seconds =
        List.of(
            second(10, 8, Map.of("http 503", 1L, "timeout", 1L), encoded(1_000, 5_000)),
            second(10, 10, Map.of(), encoded(1_000, 900_000)));

    assertThat(load("errors", seconds)).isEqualTo(new Reading.Value(0.1));
    assertThat(load("rate", seconds)).isEqualTo(new Reading.Value(9));
    assertThat(load("p99", seconds))
        .isInstanceOfSatisfying(
            Reading.Value.class, value -> assertThat(value.value()).isBetween(0.899, 0.901));
    assertThat(load("p50", seconds))
        .isInstanceOfSatisfying(
            Reading.Value.class, value -> assertThat(value.value()).isBetween(0.0009, 0.0051));
  }

  @Test
  void aLoadThatMetNothingIsBlind() {
    for (Load.Figure figure : Load.Figure.values()) {
      Load load = new Load(figure, Optional.empty());
      blind(load.read(List.of(new Answer.LoadFigures(List.of()))), NO_DATA);
      blind(load.read(List.of(NONE)), UNREACHABLE);
      blind(load.read(List.of(series(1))), MALFORMED);
    }
  }

  @Test
  void aLatencyOfRequestsThatAllHangIsBlindAndNotZero() {
    List<LoadInterval> hanging = List.of(second(10, 0, Map.of(), encoded()));

    blind(load("p99", hanging), NO_DATA);
    assertThat(load("rate", hanging)).isEqualTo(new Reading.Value(0));
  }

  @Test
  void aBrokenHistogramIsBlindAndThrowsNothing() {
    blind(load("p99", List.of(second(1, 1, Map.of(), "?"))), MALFORMED);
  }

  private static Reading load(String figure, List<LoadInterval> seconds) {
    return Load.of(figure).read(List.of(new Answer.LoadFigures(seconds)));
  }

  private static LoadInterval second(
      long intended, long answered, Map<String, Long> errors, String histogram) {
    return new LoadInterval(0, Instant.EPOCH, intended, intended, answered, errors, histogram);
  }

  private static String encoded(long... micros) {
    Histogram histogram = new Histogram(3);
    Arrays.stream(micros).forEach(histogram::recordValue);
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    byte[] bytes = new byte[histogram.encodeIntoCompressedByteBuffer(buffer)];
    buffer.rewind().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Prometheus range(Reduce reduce) {
    return new Prometheus(
        "up", Optional.of(Duration.ofSeconds(30)), Optional.empty(), Optional.of(reduce));
  }

  private static void blind(Reading reading, BlindReason reason) {
    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Blind.class,
            blind -> {
              assertThat(blind.reason()).isEqualTo(reason);
              assertThat(blind.detail()).isNotBlank();
            });
  }
}
