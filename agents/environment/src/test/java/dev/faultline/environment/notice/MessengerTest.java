package dev.faultline.environment.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.model.notice.Annotation;
import dev.faultline.model.notice.Channel;
import dev.faultline.model.notice.Slack;
import dev.faultline.model.notice.Webhook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What programs, chats and dashboards hear of a game day. */
final class MessengerTest {

  private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

  @TempDir private Path folder;

  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private Listeners listeners;
  private Messenger messenger;

  @BeforeEach
  void start() throws Exception {
    listeners = Listeners.start();
    messenger = new Messenger(InstantSource.fixed(NOW), complaints::add);
  }

  @AfterEach
  void stop() {
    messenger.close();
    listeners.close();
  }

  static News news(News.Moment moment, Instant at, String words) {
    return new News(
        moment,
        "mornings",
        NOW.minusSeconds(5),
        at,
        List.of("one", "two"),
        Optional.empty(),
        moment == News.Moment.END ? Optional.of(1) : Optional.empty(),
        words);
  }

  private String secret(String name, String content) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return name;
  }

  private void send(Channel channel, News news) {
    messenger.send(channel, folder, news);
  }

  @Test
  void aSignatureIsThatOfStandardWebhooks() {
    // The vector of the reference implementations.
    assertThat(
            WebhookTeller.signature(
                Base64.getDecoder().decode(KEY),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aWebhookHearsAllOfItSigned() throws Exception {
    Webhook hook =
        new Webhook(
            Optional.of(listeners.url() + "/hook"),
            Optional.empty(),
            Optional.of(secret("key", "whsec_" + KEY)));
    send(hook, news(News.Moment.BEFORE, NOW, "soon"));
    send(hook, news(News.Moment.START, NOW, "begins"));
    send(hook, news(News.Moment.END, NOW.plusSeconds(60), "over"));
    Await.until("all three came", () -> listeners.heard().size() == 3);

    assertThat(listeners.heard())
        .extracting(heard -> Wire.JSON.readTree(heard.body()).path("type").asString())
        .containsExactly("gameday.before", "gameday.start", "gameday.end");
    Listeners.Heard last = listeners.heard().getLast();
    JsonNode data = Wire.JSON.readTree(last.body()).path("data");
    assertThat(data.path("exit").asInt()).isEqualTo(1);
    assertThat(data.path("runs").toString()).isEqualTo("[\"one\",\"two\"]");
    assertThat(last.headers().getFirst("webhook-id"))
        .isEqualTo("mornings." + NOW.minusSeconds(5).getEpochSecond() + ".end");
    assertThat(last.headers().getFirst("webhook-signature"))
        .isEqualTo(
            "v1,"
                + WebhookTeller.signature(
                    Base64.getDecoder().decode(KEY),
                    last.headers().getFirst("webhook-id"),
                    Long.parseLong(last.headers().getFirst("webhook-timestamp")),
                    last.body().getBytes(StandardCharsets.UTF_8)));
    assertThat(complaints).isEmpty();
  }

  @Test
  void aChatIsWrittenToAndNobodyIsCalledByAName() throws Exception {
    Slack slack =
        new Slack(Optional.empty(), Optional.of(secret("url", listeners.url() + "/hook/T0/B0/x")));
    send(slack, news(News.Moment.START, NOW, "Game day <!here> & co begins"));
    Await.until("it came", () -> !listeners.heard().isEmpty());

    assertThat(listeners.heard().getFirst().path()).isEqualTo("/hook/T0/B0/x");
    assertThat(listeners.heard().getFirst().body())
        .isEqualTo("{\"text\":\"Game day &lt;!here&gt; &amp; co begins\"}");
  }

  @Test
  void whatFailsForNowIsTriedAgainAndKeepsItsTurn() throws Exception {
    listeners.refusing(503);
    Slack slack = new Slack(Optional.of(listeners.url() + "/hook"), Optional.empty());
    send(slack, news(News.Moment.START, NOW, "begins"));
    send(slack, news(News.Moment.END, NOW, "over"));
    Await.until("all came", () -> listeners.heard().size() == 3);

    assertThat(listeners.heard())
        .extracting(heard -> Wire.JSON.readTree(heard.body()).path("text").asString())
        .containsExactly("begins", "begins", "over");
    assertThat(complaints).isEmpty();
  }

  @Test
  void whatWillNeverDoIsSaidOnceAndTellsNoSecret() throws Exception {
    listeners.refusing(404);
    String url = secret("url", listeners.url() + "/hook/very-secret");
    send(new Slack(Optional.empty(), Optional.of(url)), news(News.Moment.START, NOW, "begins"));
    Await.until("it is said", () -> !complaints.isEmpty());

    assertThat(listeners.heard()).hasSize(1);
    assertThat(complaints)
        .singleElement()
        .asString()
        .startsWith("mornings: not told by slack: 127.0.0.1:")
        .endsWith("answered HTTP 404")
        .doesNotContain("very-secret");
  }

  @Test
  void aSecretThatIsNoneOrOpenToOthersIsRefused() throws Exception {
    Optional<String> url = Optional.of(listeners.url() + "/hook");
    News begins = news(News.Moment.START, NOW, "begins");
    send(new Webhook(url, Optional.empty(), Optional.of(secret("short", "c2hvcnQ="))), begins);
    Files.setPosixFilePermissions(
        folder.resolve(secret("open", KEY)), PosixFilePermissions.fromString("rw-r--r--"));
    send(new Webhook(url, Optional.empty(), Optional.of("open")), begins);
    Await.until("both are said", () -> complaints.size() == 2);

    assertThat(listeners.heard()).isEmpty();
    assertThat(complaints)
        .anyMatch(text -> text.endsWith("secretFile holds no secret of 24 to 64 bytes in base64"))
        .anyMatch(text -> text.endsWith("may be read or written by others: chmod 600 open"));
  }

  @Test
  void aFaultOfOneNewsIsSaidAndTheNextAreToldAllTheSame() throws Exception {
    // No header can hold this: the client refuses it where nobody expects a refusal.
    String token = secret("token", "sec\nret");
    Annotation annotation = new Annotation(listeners.url(), token, Optional.empty(), List.of());
    send(annotation, news(News.Moment.START, NOW, "begins"));
    Await.until("it is said", () -> !complaints.isEmpty());
    assertThat(secret("token", "glsa_1")).isEqualTo(token);
    send(annotation, news(News.Moment.START, NOW, "begins"));
    Await.until("the next is told", () -> listeners.annotations().size() == 1);

    assertThat(complaints)
        .containsExactly("mornings: not told by annotation: IllegalArgumentException");
  }

  @Test
  void aDashboardShowsItFromItsBeginToItsEnd() throws Exception {
    Annotation annotation =
        new Annotation(
            listeners.url() + "/", secret("token", "glsa_1"), Optional.of("shop"), List.of("eu"));
    send(annotation, news(News.Moment.BEFORE, NOW, "soon"));
    send(annotation, news(News.Moment.START, NOW, "begins"));
    send(annotation, news(News.Moment.START, NOW, "begins"));
    send(annotation, news(News.Moment.HALT, NOW.plusSeconds(9), "halted"));
    send(annotation, news(News.Moment.END, NOW.plusSeconds(60), "over: failed"));
    Await.until("it has an end", () -> listeners.annotations().path(0).has("timeEnd"));

    assertThat(listeners.annotations()).hasSize(1);
    JsonNode mark = listeners.annotations().get(0);
    assertThat(mark.path("time").asLong()).isEqualTo(NOW.toEpochMilli());
    assertThat(mark.path("timeEnd").asLong()).isEqualTo(NOW.plusSeconds(60).toEpochMilli());
    assertThat(mark.path("dashboardUID").asString()).isEqualTo("shop");
    assertThat(mark.path("tags").toString()).isEqualTo("[\"faultline\",\"mornings\",\"eu\"]");
    assertThat(mark.path("text").asString()).endsWith(": over: failed");
    assertThat(listeners.heard().getFirst().headers().getFirst("Authorization"))
        .isEqualTo("Bearer glsa_1");
    assertThat(complaints).isEmpty();
  }
}
