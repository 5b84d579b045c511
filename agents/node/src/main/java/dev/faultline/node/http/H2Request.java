package dev.faultline.node.http;

import dev.faultline.node.http.message.Field;
import dev.faultline.node.http.message.Fields;

/** Requests of HTTP/2. */
final class H2Request {

  private H2Request() {}

  /** Whether it is one, and holds no byte that is something else in HTTP/1 (RFC 9113, 8.2.1). */
  static boolean isSound(Fields fields) {
    boolean named = fields.values(":method").size() == 1;
    boolean aimed =
        fields.values(":path").size() == 1 || fields.first(":method").orElse("").equals("CONNECT");
    return named && aimed && fields.all().stream().allMatch(H2Request::isSound);
  }

  private static boolean isSound(Field field) {
    String name = field.name();
    return !name.isEmpty()
        && name.chars().noneMatch(c -> c <= ' ' || c >= 0x7f || (c >= 'A' && c <= 'Z'))
        && name.indexOf(':', 1) < 0
        && field.value().chars().noneMatch(c -> c == 0 || c == '\r' || c == '\n');
  }

  static Request of(Fields fields) {
    Fields seen =
        fields.has("host")
            ? fields
            : fields.first(":authority").map(host -> fields.plus("host", host)).orElse(fields);
    return new Request(fields.first(":method").orElse(""), fields.first(":path").orElse(""), seen);
  }
}
