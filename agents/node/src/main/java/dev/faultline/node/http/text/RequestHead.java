package dev.faultline.node.http.text;

import dev.faultline.node.http.message.Field;
import dev.faultline.node.http.message.Fields;
import java.nio.charset.StandardCharsets;

/**
 * The head of a request.
 *
 * @param target as it was sent
 * @param minor of HTTP/1.{@code minor}
 */
public record RequestHead(String method, String target, int minor, Fields fields) {

  static RequestHead parse(String line, Fields fields) throws MalformedHttp {
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || !HeadReader.isToken(parts[0]) || parts[1].isEmpty()) {
      throw MalformedHttp.bad("the first line is not METHOD TARGET VERSION");
    }
    if (parts[1].indexOf('\t') >= 0) {
      throw MalformedHttp.bad("a tab in the target");
    }
    return new RequestHead(parts[0], parts[1], minor(parts[2]), fields);
  }

  static int minor(String version) throws MalformedHttp {
    if (!version.matches("HTTP/[0-9]\\.[0-9]")) {
      throw MalformedHttp.bad("no version of HTTP");
    }
    if (version.charAt(5) != '1') {
      throw new MalformedHttp(505, "a version other than HTTP/1");
    }
    return version.charAt(7) - '0';
  }

  public RequestHead with(Fields others) {
    return new RequestHead(method, target, minor, others);
  }

  /** Whether no other request follows on this connection. */
  public boolean isLast() {
    var connection = fields.tokens("connection");
    return connection.contains("close") || (minor == 0 && !connection.contains("keep-alive"));
  }

  public byte[] bytes() {
    return bytes(method + " " + target + " HTTP/1." + minor, fields);
  }

  static byte[] bytes(String first, Fields fields) {
    StringBuilder text = new StringBuilder(256).append(first).append("\r\n");
    for (Field field : fields.all()) {
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
