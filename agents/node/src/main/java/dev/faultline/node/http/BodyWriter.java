package dev.faultline.node.http;

import dev.faultline.node.http.message.Field;
import dev.faultline.node.http.message.Fields;
import dev.faultline.node.http.text.Body;
import dev.faultline.node.http.text.Framing;
import dev.faultline.node.http.text.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a body in the framing in which it came. */
record BodyWriter(OutputStream out, boolean chunked) {

  static BodyWriter of(Framing framing, OutputStream out) {
    return new BodyWriter(out, framing instanceof Framing.Chunked);
  }

  /** Passes on all that is left of a body, each piece as soon as it is there. */
  void copy(Body body, Source source) throws IOException {
    source.flushBeforeWaiting(out);
    try {
      byte[] piece = new byte[Body.PIECE];
      for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
        write(piece, read);
      }
    } finally {
      source.flushBeforeWaiting(() -> {});
    }
    end(body.trailers());
  }

  void write(byte[] bytes, int length) throws IOException {
    if (!chunked) {
      out.write(bytes, 0, length);
    } else if (length > 0) {
      out.write(ascii(Integer.toHexString(length) + "\r\n"));
      out.write(bytes, 0, length);
      out.write(ascii("\r\n"));
    }
  }

  void end(Fields trailers) throws IOException {
    if (chunked) {
      StringBuilder text = new StringBuilder("0\r\n");
      for (Field field : trailers.all()) {
        text.append(field.name()).append(": ").append(field.value()).append("\r\n");
      }
      out.write(ascii(text.append("\r\n").toString()));
    }
    out.flush();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
