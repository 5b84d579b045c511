package dev.faultline.environment.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query.PromInstant;
import dev.faultline.model.world.Query.PromRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {

  private static final String TOKEN = "secret-token-1234567890";
  private static final String KEY = "secret-key-0987654321";

  @TempDir private Path folder;

  @Test
  void theTokenIsReadAnewForEachQuestionAndTrimmed() throws Exception {
    try (HostileServer server = HostileServer.answering(200, Answers.vector());
        PrometheusClient client = client(server, Map.of("X-Scope-OrgID", "tenant"))) {
      token("first-token\n");
      client.ask(new PromInstant("up"));
      token("second-token\r\n");
      client.ask(new PromInstant("up"));

      assertThat(server.requests().get(0)).contains("Authorization: Bearer first-token\r\n");
      assertThat(server.requests().get(1))
          .contains("Authorization: Bearer second-token\r\n", "X-Scope-OrgID: tenant\r\n");
    }
  }

  @Test
  void aMissingTokenIsARefusalAndNothingIsSent() throws Exception {
    try (HostileServer server = HostileServer.answering(200, Answers.vector());
        PrometheusClient client = client(server, Map.of())) {
      assertThat(client.ask(new PromInstant("up")))
          .isEqualTo(
              new Answer.Unanswered(
                  BlindReason.REFUSED,
                  "bearerTokenFile token cannot be read (NoSuchFileException)"));
      assertThat(server.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "two\nsecret-lines", "secret-\u00fcmlaut", "secret-\u0001"})
  void aFileWithoutATokenIsARefusalThatDoesNotTellItsContents(String contents) throws Exception {
    token(contents);
    try (HostileServer server = HostileServer.answering(200, Answers.vector());
        PrometheusClient client = client(server, Map.of())) {
      assertThat(client.ask(new PromInstant("up")))
          .isInstanceOfSatisfying(
              Answer.Unanswered.class,
              blind -> {
                assertThat(blind.reason()).isEqualTo(BlindReason.REFUSED);
                assertThat(blind.detail()).contains("bearerTokenFile").doesNotContain("secret");
              });
    }
  }

  @Test
  void aFolderInPlaceOfTheTokenIsARefusal() throws Exception {
    Files.createDirectory(folder.resolve("token"));
    try (HostileServer server = HostileServer.answering(200, Answers.vector());
        PrometheusClient client = client(server, Map.of())) {
      assertThat(client.ask(new PromInstant("up")))
          .isInstanceOfSatisfying(
              Answer.Unanswered.class,
              blind -> assertThat(blind.reason()).isEqualTo(BlindReason.REFUSED));
    }
  }

  @Test
  void aHeaderThatCannotBeSentIsNotTold() throws Exception {
    token(TOKEN);
    try (HostileServer server = HostileServer.answering(200, Answers.vector());
        PrometheusClient client = client(server, Map.of("X-Key", KEY + "\n"))) {
      assertThat(client.ask(new PromInstant("up")).toString())
          .contains("X-Key", "REFUSED")
          .doesNotContain(KEY);
    }
  }

  @Test
  void noAnswerRepeatsTheTokenOrAHeaderWhateverTheServerSays() throws Exception {
    token(TOKEN + "\n");
    List<String> texts = new ArrayList<>();
    for (String said : echoes()) {
      for (int status : new int[] {200, 302, 400, 401, 422, 503}) {
        try (HostileServer server =
                HostileServer.answering(
                    status, said, "Location: http://" + TOKEN + ".example/" + TOKEN);
            PrometheusClient client = client(server, Map.of("X-Key", KEY))) {
          texts.add(client.ask(new PromInstant("up")).toString());
          texts.add(
              client
                  .ask(new PromRange("up", Duration.ofMinutes(1), Duration.ofSeconds(1)))
                  .toString());
          assertThat(server.requests().getFirst()).contains(TOKEN, KEY);
        }
      }
    }
    assertThat(texts).noneMatch(text -> text.contains(TOKEN)).noneMatch(text -> text.contains(KEY));
    assertThat(texts).as("what was blanked").anyMatch(text -> text.contains("***"));
  }

  private static List<String> echoes() {
    String both = TOKEN + " and " + KEY;
    return List.of(
        "{\"status\":\"error\",\"errorType\":\"%s\",\"error\":\"%s\"}".formatted(both, both),
        "{\"status\":\"error\",\"error\":\"\\u0073" + TOKEN.substring(1) + "\"}",
        "{\"status\":\"success\",\"warnings\":[\"%s\"],\"data\":{\"resultType\":\"vector\",\"result\":[]}}"
            .formatted(both),
        Answers.vector(Answers.sample("\"%s\":\"%s\"".formatted(TOKEN, TOKEN), 1, "1")),
        Answers.vector(Answers.sample("", 1, TOKEN)),
        Answers.data(TOKEN, "[]"),
        both);
  }

  private void token(String contents) throws IOException {
    Secret.write(folder.resolve("token"), contents);
  }

  @Test
  void aTokenThatOthersMayReadIsARefusal() throws Exception {
    Files.writeString(folder.resolve("token"), TOKEN);
    Files.setPosixFilePermissions(
        folder.resolve("token"), PosixFilePermissions.fromString("rw-r-----"));
    try (HostileServer server = HostileServer.answering(200, Answers.vector());
        PrometheusClient client = client(server, Map.of())) {
      assertThat(client.ask(new PromInstant("up")))
          .isEqualTo(
              new Answer.Unanswered(
                  BlindReason.REFUSED,
                  "bearerTokenFile token may be read or written by others: chmod 600 token"));
      assertThat(server.requests()).isEmpty();
    }
  }

  private PrometheusClient client(HostileServer server, Map<String, String> headers) {
    return new PrometheusClient(
        new PrometheusEndpoint(
            Optional.of(server.url()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("token"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            headers,
            Optional.of(Duration.ofSeconds(5)),
            Optional.empty()),
        folder);
  }
}
