package dev.faultline.node.http;

import dev.faultline.node.http.json.Json;
import dev.faultline.node.http.json.NotJson;
import dev.faultline.node.http.message.Fields;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Bodies of answers as JSON. */
final class JsonBody {

  private JsonBody() {}

  /** Whether an answer says that its body is JSON, in a packing that can be undone. */
  static boolean mayBe(Fields answer) {
    String type = answer.first("content-type").orElse("").split(";")[0].strip();
    String lower = type.toLowerCase(Locale.ROOT);
    return (lower.equals("application/json")
            || lower.equals("text/json")
            || lower.endsWith("+json"))
        && List.of("", "identity", "gzip", "deflate").contains(packing(answer));
  }

  private static String packing(Fields answer) {
    return String.join(",", answer.tokens("content-encoding"));
  }

  /** The patched body, unpacked; empty when it is not JSON or too long. */
  static Optional<NewBody> patched(Fields answer, byte[] body, HttpEffect.PatchBody patch) {
    try {
      byte[] unpacked = unpacked(packing(answer), body);
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(unpacked)).toString();
      String result = Json.parse(text).patched(Json.parse(patch.mergePatch())).text();
      byte[] bytes = result.getBytes(StandardCharsets.UTF_8);
      return Optional.of(new NewBody(sized(answer, bytes.length), bytes));
    } catch (IOException | NotJson untouched) {
      return Optional.empty();
    }
  }

  private static byte[] unpacked(String packing, byte[] body) throws IOException {
    if (packing.isEmpty() || packing.equals("identity")) {
      return body;
    }
    InputStream raw = new ByteArrayInputStream(body);
    try (InputStream in =
        packing.equals("gzip") ? new GZIPInputStream(raw) : new InflaterInputStream(raw)) {
      byte[] unpacked = in.readNBytes(BodyPlan.Collect.MOST);
      if (in.read() >= 0) {
        throw new IOException("longer than can be held");
      }
      return unpacked;
    }
  }

  /** Without what was true of the old body alone. */
  static Fields sized(Fields answer, int length) {
    return answer
        .without(List.of("content-encoding", "transfer-encoding", "trailer", "content-md5", "etag"))
        .with("content-length", String.valueOf(length));
  }
}
