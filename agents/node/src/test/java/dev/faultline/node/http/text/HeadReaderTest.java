package dev.faultline.node.http.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadReaderTest {

  private static Source source(String text) {
    return new Source(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static RequestHead request(String text) throws IOException {
    return HeadReader.request(source(text.replace("|", "\r\n"))).orElseThrow();
  }

  @Test
  void aHeadIsWrittenAsItWasRead() throws Exception {
    String text = "POST /a?b=%20 HTTP/1.1\r\nHost: x\r\nX-Odd: \u00e9 \"a\"\r\nempty: \r\n\r\n";
    assertThat(new String(request(text).bytes(), StandardCharsets.ISO_8859_1)).isEqualTo(text);
    String answer = "HTTP/1.0 404 No such thing\r\nA: b\r\n\r\n";
    ResponseHead head = HeadReader.response(source(answer));
    assertThat(new String(head.bytes(), StandardCharsets.ISO_8859_1)).isEqualTo(answer);
  }

  @Test
  void blankLinesBeforeARequestAndLoneLineFeedsAreTaken() throws Exception {
    assertThat(request("||GET / HTTP/1.1|a: b||").fields().first("A")).contains("b");
    assertThat(request("GET / HTTP/1.1\na:  b \t\n\n").fields().first("a")).contains("b");
  }

  @Test
  void anAnswerMayFoldItsFields() throws Exception {
    ResponseHead head = HeadReader.response(source("HTTP/1.1 200\r\na: b\r\n  c\r\n\r\n"));
    assertThat(head.fields().first("a")).contains("b c");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /  HTTP/1.1||, 400",
    "GET / HTTP/1.1 ||, 400",
    "' GET / HTTP/1.1||', 400",
    "GET /||, 400",
    "G@T / HTTP/1.1||, 400",
    "GET / HTTP/2.0||, 505",
    "GET / HTTP/11||, 400",
    "GET / HTTP/1.1|a : b||, 400",
    "GET / HTTP/1.1|: b||, 400",
    "GET / HTTP/1.1|a||, 400",
    "GET / HTTP/1.1| a: b||, 400",
    "GET / HTTP/1.1|a: b| c||, 400",
    "GET / HTTP/1.1|a: b\u0001c||, 400",
    "GET / HTTP/1.1|content-length: 1|transfer-encoding: chunked||, 400",
    "GET / HTTP/1.1|content-length: 1|content-length: 2||, 400",
    "'GET / HTTP/1.1|content-length: 1, 1||', 400",
    "GET / HTTP/1.1|content-length: -1||, 400",
    "GET / HTTP/1.1|content-length: +1||, 400",
    "GET / HTTP/1.1|content-length: 9999999999999999999||, 400",
    "GET / HTTP/1.1|transfer-encoding: xchunked||, 501",
    "'GET / HTTP/1.1|transfer-encoding: chunked, chunked||', 501",
    "GET / HTTP/1.1|transfer-encoding: \u000bchunked||, 400",
    "GET / HTTP/1.0|transfer-encoding: chunked||, 400",
  })
  void aRequestThatTwoReadersCouldSeeDifferentlyIsRefused(String text, int status) {
    assertThatThrownBy(() -> Framing.of(request(text)))
        .isInstanceOfSatisfying(
            MalformedHttp.class, bad -> assertThat(bad.status()).isEqualTo(status));
  }

  @Test
  void aHeadIsBounded() {
    String fields = "a: b\r\n".repeat(20_000);
    assertThatThrownBy(() -> request("GET / HTTP/1.1\r\n" + fields))
        .isInstanceOfSatisfying(
            MalformedHttp.class, bad -> assertThat(bad.status()).isEqualTo(431));
    assertThatThrownBy(() -> request("GET /" + "a".repeat(70_000)))
        .isInstanceOfSatisfying(
            MalformedHttp.class, bad -> assertThat(bad.status()).isEqualTo(431));
  }

  @Test
  void anAnswerHasNoBodyWhereNoneCanBe() throws Exception {
    ResponseHead ok = HeadReader.response(source("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"));
    ResponseHead same = HeadReader.response(source("HTTP/1.1 304 X\r\ncontent-length: 5\r\n\r\n"));
    ResponseHead open = HeadReader.response(source("HTTP/1.1 200 OK\r\n\r\n"));

    assertThat(Framing.of(ok, "GET")).isEqualTo(new Framing.Length(5));
    assertThat(Framing.of(ok, "HEAD")).isEqualTo(new Framing.None());
    assertThat(Framing.of(same, "GET")).isEqualTo(new Framing.None());
    assertThat(Framing.of(open, "GET")).isEqualTo(new Framing.UntilEnd());
  }

  @Test
  void brokenHeadsAreReadOrRefusedAndNothingElse() throws Exception {
    String text = "GET /some/path HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\nX: y\r\n\r\n";
    Random random = new Random(3);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder broken = new StringBuilder(text);
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        broken.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
      }
      try {
        Framing.of(HeadReader.request(source(broken.toString())).orElseThrow());
      } catch (MalformedHttp | EOFException expected) {
        refused++;
      }
    }
    assertThat(refused).isBetween(2_000, 19_000);
  }
}
