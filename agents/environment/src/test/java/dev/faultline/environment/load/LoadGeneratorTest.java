package dev.faultline.environment.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Reading;
import dev.faultline.load.LoadServer;
import dev.faultline.model.environment.Load;
import dev.faultline.model.gate.Load.Figure;
import dev.faultline.model.gate.Signal;
import dev.faultline.model.world.Action.StartLoad;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Query.LoadStatus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadGeneratorTest {

  private static final Duration ALL = Duration.ofHours(1);

  @AutoClose
  private final LoadGenerator generator =
      new LoadGenerator(text -> text.replace("${web.http}", "127.0.0.1"));

  @Test
  void everySecondHasExactlyItsRequests() throws Exception {
    try (LoadServer server = new LoadServer(request -> 200)) {
      start(server.url(), "150/s");

      List<LoadInterval> seconds = awaitSeconds(4);

      assertThat(seconds).extracting(LoadInterval::second).startsWith(0L, 1L, 2L, 3L);
      assertThat(seconds)
          .allSatisfy(
              second -> {
                assertThat(second.intended()).isEqualTo(150);
                assertThat(second.answered() + second.failed()).isEqualTo(150);
                assertThat(latencies(second).getTotalCount()).isEqualTo(150);
              });
      assertThat(Duration.between(seconds.get(0).at(), seconds.get(3).at())).hasSeconds(3);
      assertThat(server.requests()).isGreaterThanOrEqualTo(600);
    }
  }

  @Test
  void latencyIsThatOfTheServerAtLeast() throws Exception {
    try (LoadServer server =
        new LoadServer(
            request -> {
              Thread.sleep(80);
              return 200;
            })) {
      start(server.url(), "50/s");

      Histogram latencies = latencies(awaitSeconds(3));

      assertThat(latencies.getMinValue()).isGreaterThanOrEqualTo(79_900);
      // Half of the requests met no stall of this machine of a second.
      assertThat(latencies.getValueAtPercentile(50)).isLessThan(1_080_000);
    }
  }

  @Test
  void aFreezeIsSeenByEveryRequestThatWasDueDuringIt() throws Exception {
    AtomicLong frozenUntil = new AtomicLong(System.nanoTime());
    try (LoadServer server =
        new LoadServer(
            request -> {
              Thread.sleep(Duration.ofNanos(Math.max(0, frozenUntil.get() - System.nanoTime())));
              return 200;
            })) {
      start(server.url(), "100/s");
      awaitSeconds(1);
      frozenUntil.set(System.nanoTime() + 1_000_000_000L);

      Histogram latencies = latencies(awaitSeconds(4));

      // 50 requests are due in the first half of the freeze; a closed loop would have sent one.
      assertThat(latencies.getCountBetweenValues(500_000, 60_000_000)).isGreaterThanOrEqualTo(49);
      assertThat(latencies.getMaxValue()).isGreaterThanOrEqualTo(980_000);
    }
  }

  @Test
  void aSecondIsToldOnlyWhenAllOfItsRequestsHaveEnded() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    try (LoadServer server =
        new LoadServer(
            request -> {
              if (request == 0) {
                held.await();
              }
              return 200;
            })) {
      start(server.url(), "20/s", Duration.ofMinutes(5));
      Await.until("third second", () -> server.requests() > 50);

      assertThat(figures()).as("later seconds do not hide an earlier one").isEmpty();

      held.countDown();
      assertThat(awaitSeconds(2).getFirst().second()).isZero();
      assertThat(latencies(figures()).getMaxValue()).isGreaterThan(2_000_000);
    }
  }

  @ParameterizedTest
  @CsvSource({"503, http 503", "404, http 404", "0, connection reset"})
  void whatTheServerDoesIsAnErrorOfItsClass(int status, String kind) throws Exception {
    try (LoadServer server = new LoadServer(request -> request % 2 == 0 ? status : 200)) {
      start(server.url(), "40/s");

      LoadInterval second = awaitSeconds(1).getFirst();

      assertThat(second.errors()).containsKey(kind);
      assertThat(second.answered()).isPositive();
      assertThat(second.failed()).isEqualTo(40 - second.answered());
    }
  }

  @Test
  void aRedirectIsAnAnswer() throws Exception {
    try (LoadServer server = new LoadServer(request -> 302)) {
      start(server.url(), "20/s");

      assertThat(awaitSeconds(1).getFirst().errors()).isEmpty();
    }
  }

  @Test
  void whatIsNotAnsweredInTimeIsATimeout() throws Exception {
    try (LoadServer server = LoadServer.hanging()) {
      start(server.url(), "20/s", Duration.ofMillis(200));

      LoadInterval second = awaitSeconds(1).getFirst();

      assertThat(second.errors()).isEqualTo(Map.of("timeout", 20L));
      assertThat(latencies(second).getMinValue()).isGreaterThanOrEqualTo(199_000);
    }
  }

  @Test
  void aServerThatStopsAnsweringReadsAsErrorsAndNotAsBlind() throws Exception {
    AtomicBoolean frozen = new AtomicBoolean();
    try (LoadServer server = new LoadServer(request -> frozen.get() ? LoadServer.SILENCE : 200)) {
      start(server.url(), "20/s", Duration.ofSeconds(2));
      Signal errors =
          new dev.faultline.model.gate.Load(Figure.ERRORS, Optional.of(Duration.ofSeconds(1)));
      Await.until("no errors", () -> read(errors).equals(new Reading.Value(0)));

      frozen.set(true);

      Await.until("nothing but errors", () -> read(errors).equals(new Reading.Value(1)));
      assertThat(figures().getLast().errors()).isEqualTo(Map.of("timeout", 20L));
    }
  }

  @Test
  void asManySecondsAreToldAsAreAskedFor() throws Exception {
    try (LoadServer server = new LoadServer(request -> 200)) {
      start(server.url(), "20/s");
      awaitSeconds(3);
      generator.stop();
      LoadInterval newest = figures().getLast();

      assertThat(generator.ask(new LoadStatus(Duration.ofSeconds(1))))
          .isEqualTo(new Answer.LoadFigures(List.of(newest)));
      assertThat(
              ((Answer.LoadFigures) generator.ask(new LoadStatus(Duration.ofMillis(1001))))
                  .intervals())
          .hasSize(2)
          .endsWith(newest);
    }
  }

  @Test
  void figuresOlderThanTheTimeoutExplainsAreNotTold() throws Exception {
    try (LoadServer server = new LoadServer(request -> 200)) {
      start(server.url(), "20/s", Duration.ofMillis(200));
      awaitSeconds(1);
      generator.stop();

      Await.until("too old", () -> figures().isEmpty());
    }
  }

  @Test
  void nobodyThereIsARefusedConnection() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    start("http://${web.http}:" + port, "20/s");

    assertThat(awaitSeconds(1).getFirst().errors()).isEqualTo(Map.of("connection refused", 20L));
  }

  @Test
  void whatIsTooMuchIsCountedAndNotDropped() throws Exception {
    try (LoadServer server = LoadServer.hanging();
        LoadGenerator small = new LoadGenerator(text -> text, 5)) {
      small.start(new StartLoad(load(server.url(), "50/s", Duration.ofSeconds(2))));
      Await.until("a second", () -> !figures(small).isEmpty());

      LoadInterval second = figures(small).getFirst();

      assertThat(second.errors())
          .containsEntry("timeout", 5L)
          .containsEntry("not sent: too many in flight", 45L);
      assertThat(latencies(second).getTotalCount()).as("none that was not sent").isEqualTo(5);
    }
  }

  @Test
  void stoppingCutsOffWhatIsUnderWay() throws Exception {
    try (LoadServer server = new LoadServer(request -> LoadServer.SILENCE)) {
      start(server.url(), "50/s", Duration.ofMinutes(5));
      Await.until("requests", () -> server.requests() > 10);

      assertThat(generator.stop()).isEqualTo(new Effect.Done("the load has ended"));
      assertThat(generator.stop()).isEqualTo(new Effect.Done("no load was running"));

      assertThat(figures()).isEmpty();
      Await.until("all connections closed by us", () -> server.connections() == 0);
    }
  }

  @Test
  void figuresRemainAfterTheEnd() throws Exception {
    try (LoadServer server = new LoadServer(request -> 200)) {
      start(server.url(), "20/s");
      awaitSeconds(1);
      generator.stop();

      assertThat(figures()).isNotEmpty();
      assertThat(generator.ask(new LoadStatus(Duration.ZERO)))
          .isEqualTo(new Answer.LoadFigures(List.of()));
    }
  }

  @Test
  void thereIsOneLoadAtATime() throws Exception {
    try (LoadServer server = new LoadServer(request -> 200)) {
      start(server.url(), "20/s");

      assertThat(generator.start(new StartLoad(load(server.url(), "20/s", ALL))))
          .isInstanceOf(Effect.Failed.class);
      assertThat(generator.start(new StartLoad(load(server.url(), "20/s", Duration.ofSeconds(5)))))
          .isEqualTo(new Effect.Done("the load was running already"));
    }
  }

  @ParameterizedTest
  @CsvSource({"ftp://x, GET", "http://, GET", "http://x, G T", "http://x, ''"})
  void aLoadThatCannotBeSentFails(String url, String method) {
    Load load =
        new Load(
            url,
            Optional.of(Quantity.parse("1/s")),
            List.of(),
            Optional.empty(),
            Optional.of(method),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(generator.start(new StartLoad(load))).isInstanceOf(Effect.Failed.class);
  }

  @Test
  void beforeTheStartThereIsNoData() {
    assertThat(generator.ask(new LoadStatus(ALL)))
        .isEqualTo(new Answer.Unanswered(BlindReason.NO_DATA, "no load has been started"));
  }

  @Test
  void aPostCarriesItsBodyAndHeaders() throws Exception {
    try (LoadServer server = new LoadServer(request -> 200)) {
      generator.start(new StartLoad(post(server.url(), Map.of("Host", "shop.example"))));
      awaitSeconds(1);

      assertThat(String.join("", server.heads()))
          .startsWith("POST / HTTP/1.1\r\n")
          .contains("Host: shop.example\r\n", "\r\n\r\n{\"a\":1}POST / HTTP/1.1\r\n")
          .contains("Content-Length: 7\r\n");
    }
  }

  @Test
  void aHeaderThatCannotBeSentIsNotTold() {
    assertThat(
            generator.start(
                new StartLoad(post("http://127.0.0.1:1", Map.of("X-Key", "secret\nkey")))))
        .isEqualTo(
            new Effect.Failed(
                "the load cannot be sent: header 'X-Key' holds what no HTTP header can carry"));
  }

  private static Load post(String url, Map<String, String> headers) {
    return new Load(
        url,
        Optional.of(Quantity.parse("20/s")),
        List.of(),
        Optional.empty(),
        Optional.of("post"),
        headers,
        Optional.empty(),
        Optional.of("{\"a\":1}"),
        Optional.empty(),
        Optional.empty());
  }

  private void start(String url, String rate) {
    start(url, rate, Duration.ofSeconds(5));
  }

  private void start(String url, String rate, Duration timeout) {
    assertThat(generator.start(new StartLoad(load(url, rate, timeout))))
        .isInstanceOf(Effect.Done.class);
  }

  static Load load(String url, String rate, Duration timeout) {
    return new Load(
        url,
        Optional.of(Quantity.parse(rate)),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(timeout),
        Optional.empty());
  }

  private List<LoadInterval> awaitSeconds(int number) throws Exception {
    Await.until(number + " seconds", () -> figures().size() >= number);
    return figures();
  }

  private Reading read(Signal signal) {
    return signal.read(signal.queries().stream().map(this::ask).toList());
  }

  private Answer ask(Query query) {
    return generator.ask((LoadStatus) query);
  }

  private List<LoadInterval> figures() {
    return figures(generator);
  }

  private static List<LoadInterval> figures(LoadGenerator generator) {
    return ((Answer.LoadFigures) generator.ask(new LoadStatus(ALL))).intervals();
  }

  private static Histogram latencies(List<LoadInterval> seconds) throws Exception {
    Histogram all = new Histogram(3);
    for (LoadInterval second : seconds) {
      all.add(latencies(second));
    }
    return all;
  }

  private static Histogram latencies(LoadInterval second) throws Exception {
    return Histogram.decodeFromCompressedByteBuffer(
        ByteBuffer.wrap(Base64.getDecoder().decode(second.histogram())), 0);
  }
}
