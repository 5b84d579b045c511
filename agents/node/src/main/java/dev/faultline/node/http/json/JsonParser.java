package dev.faultline.node.http.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one JSON text (RFC 8259), strictly. Of members of one name the last one counts. */
final class JsonParser {

  private static final int DEEPEST = 256;
  private static final Pattern WORD =
      Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][-+]?[0-9]++)?|true|false|null");

  private final String text;
  private final Matcher word;
  private int at;
  private int depth;

  JsonParser(String text) {
    this.text = text;
    this.word = WORD.matcher(text);
  }

  Json parse() throws NotJson {
    Json value = value();
    if (at < text.length()) {
      throw wrong("something follows");
    }
    return value;
  }

  private Json value() throws NotJson {
    if (++depth > DEEPEST) {
      throw wrong("nested too deeply");
    }
    skipBlanks();
    Json value =
        switch (peek()) {
          case '{' -> members();
          case '[' -> items();
          case '"' -> new Json.Text(string());
          default -> word();
        };
    skipBlanks();
    depth--;
    return value;
  }

  private Json members() throws NotJson {
    Map<String, Json> members = new LinkedHashMap<>();
    at++;
    skipBlanks();
    if (!take('}')) {
      do {
        skipBlanks();
        String name = string();
        skipBlanks();
        expect(':');
        members.put(name, value());
      } while (take(','));
      expect('}');
    }
    return new Json.Members(members);
  }

  private Json items() throws NotJson {
    List<Json> items = new ArrayList<>();
    at++;
    skipBlanks();
    if (!take(']')) {
      do {
        items.add(value());
      } while (take(','));
      expect(']');
    }
    return new Json.Items(items);
  }

  private Json word() throws NotJson {
    if (!word.region(at, text.length()).lookingAt()) {
      throw wrong("no value");
    }
    at = word.end();
    return new Json.Word(word.group());
  }

  private String string() throws NotJson {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (!take('"')) {
      char c = peek();
      if (c < ' ') {
        throw wrong("a string that does not end");
      }
      at++;
      value.append(c == '\\' ? escaped() : c);
    }
    return value.toString();
  }

  private char escaped() throws NotJson {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw wrong("an unknown escape");
    };
  }

  private char unit() throws NotJson {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw wrong("an escape that is no number");
      }
      unit = 16 * unit + digit;
      at++;
    }
    return (char) unit;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(char wanted) {
    boolean there = at < text.length() && text.charAt(at) == wanted;
    if (there) {
      at++;
    }
    return there;
  }

  private void expect(char wanted) throws NotJson {
    if (!take(wanted)) {
      throw wrong("no " + wanted);
    }
  }

  /** The next character; 0, which is nowhere allowed, at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private NotJson wrong(String why) {
    return new NotJson(why, at);
  }
}
