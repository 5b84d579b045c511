package dev.faultline.node.http.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {

  private static Body body(byte[] bytes) {
    return Body.of(new Framing.Chunked(), new Source(new ByteArrayInputStream(bytes)));
  }

  private static byte[] readAll(Body body) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[100];
    for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
      all.write(piece, 0, read);
    }
    return all.toByteArray();
  }

  @Test
  void anyCutIntoChunksGivesTheSameBody() throws Exception {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[random.nextInt(2000)];
      random.nextBytes(bytes);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(bytes.length - at, 1 + random.nextInt(300));
        String extension = random.nextBoolean() ? ";a=\"b\"" : "";
        out.writeBytes(
            (Integer.toHexString(length) + extension + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes, at, length);
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        at += length;
      }
      out.writeBytes("000\r\nSum: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      Body body = body(out.toByteArray());

      assertThat(readAll(body)).isEqualTo(bytes);
      assertThat(body.trailers().first("sum")).contains("1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5|hell",
        "5|hello!|0||",
        "5hello",
        "|hello",
        "g|",
        "-5|hello|0||",
        "0x5|hello|0||",
        "1000000000000000|",
        "5\n",
        "5 ;a\n|",
        "5|hello|",
        "0|a b: c||",
        ""
      })
  void whatIsNotInChunksIsRefused(String text) {
    byte[] bytes = text.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> readAll(body(bytes))).isInstanceOf(IOException.class);
  }

  @Test
  void aLineBeforeAChunkIsBounded() {
    byte[] endless = ("5;" + "a".repeat(100_000)).getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> readAll(body(endless))).isInstanceOf(MalformedHttp.class);
  }
}
