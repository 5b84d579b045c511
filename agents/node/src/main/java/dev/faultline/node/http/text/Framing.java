package dev.faultline.node.http.text;

import dev.faultline.node.http.message.Fields;
import java.util.List;
import java.util.OptionalLong;

/** Where a body ends (RFC 9112, 6.3). Whatever two readers could see differently is refused. */
public sealed interface Framing {

  /** There is none. */
  record None() implements Framing {}

  /** After so many bytes. */
  record Length(long bytes) implements Framing {}

  /** After the last chunk. */
  record Chunked() implements Framing {}

  /** With the connection; answers only. */
  record UntilEnd() implements Framing {}

  /**
   * @throws MalformedHttp when lengths contradict each other, or the coding is not known
   */
  static Framing of(RequestHead head) throws MalformedHttp {
    OptionalLong length = length(head.fields());
    if (!head.fields().has("transfer-encoding")) {
      return length.isPresent() ? new Length(length.getAsLong()) : new None();
    }
    if (length.isPresent()) {
      throw MalformedHttp.bad("both Content-Length and Transfer-Encoding");
    }
    if (head.minor() == 0) {
      throw MalformedHttp.bad("Transfer-Encoding in HTTP/1.0");
    }
    if (!head.fields().tokens("transfer-encoding").equals(List.of("chunked"))) {
      throw new MalformedHttp(501, "a Transfer-Encoding other than chunked");
    }
    return new Chunked();
  }

  /**
   * @param method of the request
   * @throws MalformedHttp when lengths contradict each other
   */
  static Framing of(ResponseHead head, String method) throws MalformedHttp {
    int status = head.status();
    if (status < 200 || status == 204 || status == 304 || method.equals("HEAD")) {
      return new None();
    }
    OptionalLong length = length(head.fields());
    List<String> codings = head.fields().tokens("transfer-encoding");
    if (codings.isEmpty()) {
      return length.isPresent() ? new Length(length.getAsLong()) : new UntilEnd();
    }
    if (length.isPresent()) {
      throw MalformedHttp.bad("both Content-Length and Transfer-Encoding");
    }
    return codings.equals(List.of("chunked")) ? new Chunked() : new UntilEnd();
  }

  private static OptionalLong length(Fields fields) throws MalformedHttp {
    List<String> values = fields.values("content-length");
    if (values.isEmpty()) {
      return OptionalLong.empty();
    }
    String value = values.getFirst();
    if (!values.stream().allMatch(value::equals)) {
      throw MalformedHttp.bad("more than one Content-Length");
    }
    if (!value.matches("[0-9]{1,18}")) {
      throw MalformedHttp.bad("a Content-Length that is not a number");
    }
    return OptionalLong.of(Long.parseLong(value));
  }
}
