package dev.faultline.load.pod;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.load.Await;
import dev.faultline.load.LoadOrder;
import dev.faultline.load.LoadRequest;
import dev.faultline.load.LoadSecond;
import dev.faultline.load.LoadServer;
import dev.faultline.load.Rates;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program of a pod, its orders and its words. */
final class LoadPodTest {

  private static final LoadRequest POST =
      new LoadRequest(
          "POST",
          true,
          "::1",
          8443,
          "/a?b=c%20d",
          Map.of("x-a", "b c=d", "x-empty", ""),
          Optional.of("{\"ü\": 1}\n"));

  @TempDir private Path folder;

  @Test
  void itSendsItsPartTellsEachSecondAndEndsWithItsLease() throws Exception {
    try (LoadServer server = new LoadServer(request -> request % 5 == 0 ? 503 : 200);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      LoadSettings settings = new LoadSettings(2, Duration.ofSeconds(6), folder.resolve("orders"));
      LoadOrders orders = LoadOrders.first(order(server));
      write(orders);
      Future<Integer> program =
          threads.submit(
              () ->
                  LoadPod.run(
                      settings.arguments(),
                      Map.of("JOB_COMPLETION_INDEX", "1"),
                      new PrintStream(said, true, UTF_8)));
      Await.until("it is ready", () -> said.toString(UTF_8).contains("ready\n"));
      assertThat(seconds(said)).isEmpty();

      write(
          orders
              .startAt(Instant.now().plusMillis(200))
              .with(Rates.of(40).surge(List.of(80.0), 10, 2)));
      assertThat(program.get(60, TimeUnit.SECONDS)).isEqualTo(1);

      assertThat(said.toString(UTF_8)).endsWith("expired\n");
      List<LoadSecond> seconds = seconds(said);
      assertThat(seconds).extracting(LoadSecond::second).startsWith(0L, 1L, 2L, 3L);
      assertThat(seconds.subList(0, 4))
          .extracting(LoadSecond::intended)
          .containsExactly(20L, 20L, 40L, 40L);
      LoadSecond first = seconds.getFirst();
      assertThat(first.errors()).containsOnlyKeys("http 503");
      assertThat(first.answered() + first.errors().getOrDefault("http 503", 0L)).isEqualTo(20);
      assertThat(
              Histogram.decodeFromCompressedByteBuffer(
                      ByteBuffer.wrap(Base64.getDecoder().decode(first.histogram())), 0)
                  .getTotalCount())
          .isEqualTo(20);
    }
  }

  private static LoadOrder order(LoadServer server) {
    int port = URI.create(server.url()).getPort();
    return LoadOrder.of(
        new LoadRequest("GET", false, "127.0.0.1", port, "/", Map.of(), Optional.empty()),
        40,
        Duration.ofSeconds(2));
  }

  /** As the kubelet does: all at once. */
  private void write(LoadOrders orders) throws Exception {
    Path fresh = Files.writeString(folder.resolve("fresh"), orders.text());
    Files.move(fresh, folder.resolve("orders"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<LoadSecond> seconds(ByteArrayOutputStream said) {
    return said.toString(UTF_8).lines().flatMap(line -> SecondLine.parse(line).stream()).toList();
  }

  @Test
  void ordersAreReadAsTheyWereWritten() {
    LoadOrder order = new LoadOrder(POST, Optional.of(POST), 0.25, 12.5, Duration.ofMillis(1500));
    LoadOrders orders =
        LoadOrders.first(order)
            .startAt(Instant.ofEpochMilli(1_764_252_000_123L))
            .with(Rates.of(12.5).surge(List.of(25.0, 50.0), 2.5, 30).endedBy(60))
            .next();

    assertThat(LoadOrders.parse(orders.text())).isEqualTo(orders);
    assertThat(orders.revision()).isEqualTo(4);
    assertThat(LoadOrders.parse(LoadOrders.first(order).text()).start()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "faultline-load 1\n", "faultline-load 2\nrevision 1\n"})
  void rubbishIsNoOrders(String text) {
    assertThatThrownBy(() -> LoadOrders.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsCutOffOrAboutSomethingElseIsNoSecond() {
    String line = SecondLine.of(new LoadSecond(3, Instant.EPOCH, 10, 5, 4, Map.of("a b", 1L), "x"));

    assertThat(SecondLine.parse(line).orElseThrow().errors()).isEqualTo(Map.of("a b", 1L));
    assertThat(SecondLine.parse(line.substring(0, 15))).isEmpty();
    assertThat(SecondLine.parse("ready")).isEmpty();
  }

  @Test
  void argumentsThatAreNoneAreRefused() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();

    assertThat(LoadPod.run(List.of("of=0"), Map.of(), new PrintStream(said, true, UTF_8)))
        .isEqualTo(2);
    assertThat(said.toString(UTF_8)).startsWith("refused ");
  }
}
