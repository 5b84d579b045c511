package dev.faultline.environment.prometheus;

import static dev.faultline.environment.prometheus.Answers.data;
import static dev.faultline.environment.prometheus.Answers.vector;
import static dev.faultline.judge.BlindReason.MALFORMED;
import static dev.faultline.judge.BlindReason.REFUSED;
import static dev.faultline.judge.BlindReason.TIMEOUT;
import static dev.faultline.judge.BlindReason.UNREACHABLE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query.PromInstant;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostilePrometheusTest {

  // Far above the timeout of 1.5 s only because the machine may be busy.

  /** A whole number that no double holds. */
  private static final String NINES =
      "9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999"
          + "9999999999999999999999999999999999999999999999999999999999999999999999999999999999"
          + "9999999999999999999999999999999999999999999999999999999999999999999999999999999999"
          + "9999999999999999999999999999999999999999999999999999999999999999999999999999999999";

  private static final Duration BOUNDED = Duration.ofSeconds(10);
  private static final String ERROR =
      """
      {"status":"error","errorType":"bad_data","error":"parse error: unexpected <eof>"}\
      """;

  @ParameterizedTest
  @CsvSource({
    "400, REFUSED, bad_data: parse error: unexpected <eof>",
    "422, REFUSED, bad_data: parse error: unexpected <eof>",
    "401, REFUSED, credentials",
    "403, REFUSED, credentials",
    "404, REFUSED, url",
    "405, REFUSED, HTTP 405",
    "429, UNREACHABLE, HTTP 429",
    "500, UNREACHABLE, HTTP 500",
    "502, UNREACHABLE, HTTP 502",
    "503, UNREACHABLE, HTTP 503",
    "302, UNREACHABLE, HTTP 302",
    "304, UNREACHABLE, HTTP 304",
    "204, MALFORMED, HTTP 204",
  })
  void everyStatusIsAReason(int status, BlindReason reason, String words) throws Exception {
    try (HostileServer server = HostileServer.answering(status, status == 204 ? "" : ERROR)) {
      expect(server, reason, words);
    }
  }

  @Test
  void anErrorInsideAnAnswerOf200IsARefusal() throws Exception {
    try (HostileServer server = HostileServer.answering(200, ERROR)) {
      expect(server, REFUSED, "parse error");
    }
  }

  @Test
  void anErrorThatIsNoJsonIsStillAReason() throws Exception {
    try (HostileServer server = HostileServer.answering(502, "<html>Bad Gateway</html>")) {
      expect(server, UNREACHABLE, "HTTP 502");
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    try (HostileServer elsewhere = HostileServer.answering(200, vector());
        HostileServer server =
            HostileServer.answering(307, "", "Location: " + elsewhere.url() + "/x?token=1")) {
      expect(server, UNREACHABLE, "307 to 127.0.0.1; redirects are not followed");
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void nobodyThereIsUnreachable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    expect("http://127.0.0.1:" + port, UNREACHABLE, "refused the connection");
  }

  @Test
  void aNameThatDoesNotExistIsUnreachable() {
    Answer answer = Answers.ask(Answers.endpoint("http://no-such-host.invalid:9090"));

    // A resolver without a network may also stay silent.
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Unanswered.class,
            blind -> assertThat(blind.reason()).isIn(UNREACHABLE, TIMEOUT));
  }

  @Test
  void silenceIsATimeout() throws Exception {
    try (HostileServer server = new HostileServer(out -> Thread.sleep(Duration.ofMinutes(1)))) {
      expect(server, TIMEOUT, "within 1500 ms");
    }
  }

  @Test
  void aConnectionThatIsNeverAcceptedIsATimeout() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      expect("http://127.0.0.1:" + full.getLocalPort(), TIMEOUT, "within 1500 ms");
    }
  }

  @Test
  void aBodyThatDripsIsATimeoutThoughEachByteComesSoon() throws Exception {
    try (HostileServer server =
        new HostileServer(
            out -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(US_ASCII));
              for (int sent = 0; sent < 100_000; sent++) {
                out.write(' ');
                out.flush();
                Thread.sleep(20);
              }
            })) {
      expect(server, TIMEOUT, "within 1500 ms");
    }
  }

  @Test
  void headersThatDripAreATimeout() throws Exception {
    try (HostileServer server =
        new HostileServer(
            out -> {
              out.write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
              for (int sent = 0; sent < 10_000; sent++) {
                out.write("a: b\r\n".getBytes(US_ASCII));
                out.flush();
                Thread.sleep(20);
              }
            })) {
      expect(server, TIMEOUT, "within 1500 ms");
    }
  }

  @Test
  void anEndlessBodyIsCutOff() throws Exception {
    byte[] blanks = " ".repeat(65_536).getBytes(US_ASCII);
    try (HostileServer server =
        new HostileServer(
            out -> {
              out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
              while (true) {
                out.write(blanks);
              }
            })) {
      // Enough time for a busy machine to move 8 MiB, or the time would end it first.
      assertThat(Answers.ask(Answers.endpoint(server.url(), Duration.ofSeconds(30))))
          .isEqualTo(new Answer.Unanswered(MALFORMED, "the answer is longer than 8 MiB"));
    }
  }

  @Test
  void aTornBodyIsMalformed() throws Exception {
    String whole = HostileServer.answer(200, vector(Answers.sample("", 1, "1")));
    try (HostileServer server =
        new HostileServer(
            out -> out.write(whole.substring(0, whole.length() - 9).getBytes(US_ASCII)))) {
      expect(server, MALFORMED, "incomplete");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "7",
        "[]",
        "{}",
        "<html></html>",
        "{\"status\":\"success\"}",
        "{\"status\":\"success\",\"data\":",
        "{\"status\":\"success\",\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}} and more",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]},\"warnings\":7}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]},\"warnings\":[7]}",
        "{\"status\":7,\"data\":{\"resultType\":\"vector\",\"result\":[]}}",
      })
  void whatIsNotTheAnswerOfPrometheusIsMalformed(String body) throws Exception {
    try (HostileServer server = HostileServer.answering(200, body)) {
      expect(server, MALFORMED, "");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "string | [1, \"a\"] | a text",
        "vector | {} | list",
        "vector | null | list",
        "vector | [7] | labels",
        "vector | [{\"metric\":{},\"value\":[1]}] | sample",
        "vector | [{\"metric\":{},\"value\":[1, 2]}] | sample",
        "vector | [{\"metric\":{},\"value\":[\"1\", \"2\"]}] | sample",
        "vector | [{\"metric\":{\"a\":1},\"value\":[1, \"2\"]}] | label",
        "vector | [{\"metric\":{},\"value\":[1e300, \"2\"]}] | no time",
        "vector | [{\"metric\":{},\"value\":[" + NINES + ", \"2\"]}] | no time",
        "vector | [{\"metric\":{},\"value\":[1, \"0x1p3\"]}] | no number",
        "vector | [{\"metric\":{},\"value\":[1, \"1d\"]}] | no number",
        "vector | [{\"metric\":{},\"value\":[1, \" 1\"]}] | no number",
        "vector | [{\"metric\":{},\"value\":[1, \"Infinity\"]}] | no number",
        "vector | [{\"metric\":{},\"histogram\":[1, {}]}] | native histogram",
        "matrix | [{\"metric\":{},\"histograms\":[[1, {}]]}] | native histogram",
        "matrix | [{\"metric\":{},\"values\":[[2, \"1\"],[1, \"1\"]]}] | order of time",
        "matrix | [{\"metric\":{},\"values\":[[2, \"1\"],[2, \"1\"]]}] | order of time",
        "scalar | [] | sample",
        "tensor | [] | tensor",
      })
  void resultsThatAreNotNumbersAreMalformed(String type, String result, String words)
      throws Exception {
    try (HostileServer server = HostileServer.answering(200, data(type, result))) {
      expect(server, MALFORMED, words);
    }
  }

  @Test
  void deepNestingIsMalformed() throws Exception {
    try (HostileServer server =
        HostileServer.answering(200, data("vector", "[".repeat(100_000) + "]".repeat(100_000)))) {
      expect(server, MALFORMED, "not the JSON");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 abc\r\n\r\n"})
  void whatIsNotHttpIsAReason(String bytes) throws Exception {
    try (HostileServer server = new HostileServer(out -> out.write(bytes.getBytes(US_ASCII)))) {
      assertThat(Answers.ask(server))
          .isInstanceOfSatisfying(
              Answer.Unanswered.class,
              blind -> assertThat(blind.reason()).isIn(UNREACHABLE, MALFORMED));
    }
  }

  @Test
  void aClosedClientIsAReason() {
    PrometheusClient client =
        new PrometheusClient(Answers.endpoint("http://127.0.0.1:1"), Path.of("/"));
    client.close();

    assertThat(client.ask(new PromInstant("up"))).isInstanceOf(Answer.Unanswered.class);
  }

  private static void expect(HostileServer server, BlindReason reason, String words) {
    expect(server.url(), reason, words);
  }

  private static void expect(String url, BlindReason reason, String words) {
    long began = System.nanoTime();
    Answer answer = Answers.ask(Answers.endpoint(url));

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUNDED);
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Unanswered.class,
            blind -> {
              assertThat(blind.reason()).as(blind.detail()).isEqualTo(reason);
              assertThat(blind.detail()).contains(words).doesNotContain("\n");
            });
  }
}
