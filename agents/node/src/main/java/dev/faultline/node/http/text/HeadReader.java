package dev.faultline.node.http.text;

import dev.faultline.node.http.message.Field;
import dev.faultline.node.http.message.Fields;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads the heads of messages (RFC 9112, 2 to 5): strictly, but a lone LF ends a line too. What it
 * takes holds no byte that another reader could take for the end of a line.
 */
public final class HeadReader {

  /** More bytes of a head are not taken. */
  public static final int LIMIT = 64 << 10;

  private static final int BLANK_LINES = 4;

  private final Source source;
  private final int tooLong;
  private byte[] line = new byte[256];
  private int left = LIMIT;

  private HeadReader(Source source, int tooLong) {
    this.source = source;
    this.tooLong = tooLong;
  }

  /**
   * The next request; none when the client has ended.
   *
   * @throws MalformedHttp with the status of the answer
   */
  public static Optional<RequestHead> request(Source source) throws IOException {
    HeadReader reader = new HeadReader(source, 431);
    for (int blank = 0; blank < BLANK_LINES; blank++) {
      if (source.peek() < 0) {
        return Optional.empty();
      }
      String first = reader.line();
      if (!first.isEmpty()) {
        return Optional.of(RequestHead.parse(first, reader.fields(false)));
      }
    }
    throw MalformedHttp.bad("blank lines instead of a request");
  }

  /** The head of an answer. */
  public static ResponseHead response(Source source) throws IOException {
    HeadReader reader = new HeadReader(source, 502);
    return ResponseHead.parse(reader.line(), reader.fields(true));
  }

  /** The fields after the last chunk. */
  static Fields trailers(Source source) throws IOException {
    return new HeadReader(source, 431).fields(false);
  }

  private Fields fields(boolean folded) throws IOException {
    List<Field> fields = new ArrayList<>();
    for (String text = line(); !text.isEmpty(); text = line()) {
      if (text.charAt(0) != ' ' && text.charAt(0) != '\t') {
        fields.add(field(text));
      } else if (folded && !fields.isEmpty()) {
        Field last = fields.removeLast();
        fields.add(new Field(last.name(), last.value() + " " + text.strip()));
      } else {
        throw MalformedHttp.bad("a field that goes on in the next line");
      }
    }
    return new Fields(fields);
  }

  private static Field field(String text) throws MalformedHttp {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw MalformedHttp.bad("a field without a name");
    }
    String name = text.substring(0, colon);
    if (!isToken(name)) {
      throw MalformedHttp.bad("a field whose name has other than letters, digits and some signs");
    }
    return new Field(name, trim(text, colon + 1));
  }

  /** Only blanks and tabs: other characters that look blank are part of the value. */
  private static String trim(String text, int from) {
    int start = from;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private String line() throws IOException {
    int length = 0;
    while (true) {
      int read = source.read();
      if (read < 0) {
        throw new EOFException("ended within a head");
      }
      if (--left < 0) {
        throw new MalformedHttp(tooLong, "a head of more than %d bytes".formatted(LIMIT));
      }
      if (read == '\n') {
        return text(length > 0 && line[length - 1] == '\r' ? length - 1 : length);
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = (byte) read;
    }
  }

  @SuppressWarnings("deprecation") // One byte is one character: the fastest way, and exact here.
  private String text(int length) throws MalformedHttp {
    for (int i = 0; i < length; i++) {
      byte b = line[i];
      if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
        throw MalformedHttp.bad("a control character in a head");
      }
    }
    return new String(line, 0, 0, length);
  }
}
