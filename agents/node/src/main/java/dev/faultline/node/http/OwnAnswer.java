package dev.faultline.node.http;

import dev.faultline.node.http.message.Fields;
import java.nio.charset.StandardCharsets;

/** An answer that the relay gives itself. */
@SuppressWarnings("ArrayRecordComponent") // Sent at once, never compared.
record OwnAnswer(int status, Fields fields, byte[] body) {

  static OwnAnswer of(HttpEffect.Abort abort) {
    byte[] body = abort.body().orElse("").getBytes(StandardCharsets.UTF_8);
    return new OwnAnswer(abort.status(), about(body, abort.status()), body);
  }

  /** For requests that cannot be passed on. */
  static OwnAnswer refusal(int status, String why) {
    byte[] body = ("faultline relay: " + why + "\n").getBytes(StandardCharsets.UTF_8);
    return new OwnAnswer(status, about(body, status), body);
  }

  private static Fields about(byte[] body, int status) {
    if (status == 204 || status == 304) {
      return Fields.NONE;
    }
    Fields fields = Fields.NONE.plus("content-length", String.valueOf(body.length));
    return body.length == 0 ? fields : fields.plus("content-type", "text/plain; charset=utf-8");
  }

  /** A call that ends before it began ("Trailers-Only" of the gRPC protocol). */
  static OwnAnswer of(HttpEffect.GrpcStatus grpc) {
    Fields fields =
        Fields.NONE
            .plus("content-type", "application/grpc")
            .plus("grpc-status", String.valueOf(grpc.code()))
            .plus("grpc-message", percentEncoded(grpc.message()));
    return new OwnAnswer(200, fields, new byte[0]);
  }

  private static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append("%%%02X".formatted(b));
      }
    }
    return encoded.toString();
  }
}
