package dev.faultline.node.http.text;

import dev.faultline.node.http.message.Fields;

/** The head of an answer. */
public record ResponseHead(int minor, int status, String reason, Fields fields) {

  private static final int STATUS = "HTTP/1.1 ".length();

  static ResponseHead parse(String line, Fields fields) throws MalformedHttp {
    if (!line.matches("HTTP/1\\.[0-9] [1-5][0-9][0-9]( .*)?")) {
      throw MalformedHttp.bad("the first line is not VERSION STATUS REASON");
    }
    int status = Integer.parseInt(line.substring(STATUS, STATUS + 3));
    String reason = line.length() > STATUS + 4 ? line.substring(STATUS + 4) : "";
    return new ResponseHead(line.charAt(7) - '0', status, reason, fields);
  }

  public ResponseHead with(Fields others) {
    return new ResponseHead(minor, status, reason, others);
  }

  /** Whether another one follows to the same request. */
  public boolean isInterim() {
    return status < 200 && status != 101;
  }

  /** Whether the server ends the connection after it, whatever the length of the body. */
  public boolean isLast() {
    var connection = fields.tokens("connection");
    return connection.contains("close") || (minor == 0 && !connection.contains("keep-alive"));
  }

  public byte[] bytes() {
    return RequestHead.bytes("HTTP/1." + minor + " " + status + " " + reason, fields);
  }
}
