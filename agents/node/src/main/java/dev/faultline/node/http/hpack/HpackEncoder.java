package dev.faultline.node.http.hpack;

import dev.faultline.node.http.message.Field;
import dev.faultline.node.http.message.Fields;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes the blocks of one direction of a connection. It tells the other side to keep nothing, so
 * that blocks do not depend on each other. Names are written in lower case.
 */
public final class HpackEncoder {

  private static final int EMPTY_TABLE = 0x20;

  private boolean begun;

  /** A whole block. */
  public byte[] encode(Fields fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    if (!begun) {
      begun = true;
      out.write(EMPTY_TABLE);
    }
    fields.all().forEach(field -> write(out, field));
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, Field field) {
    String name = field.name().toLowerCase(Locale.ROOT);
    int whole = StaticTable.find(new Field(name, field.value(), field.sensitive()));
    if (whole > 0) {
      integer(out, 0x80, 7, whole);
      return;
    }
    int known = StaticTable.find(name);
    integer(out, field.sensitive() ? 0x10 : 0, 4, known);
    if (known == 0) {
      string(out, name);
    }
    string(out, field.value());
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    integer(out, 0, 7, bytes.length);
    out.writeBytes(bytes);
  }

  private static void integer(ByteArrayOutputStream out, int flags, int prefix, int value) {
    int most = (1 << prefix) - 1;
    if (value < most) {
      out.write(flags | value);
      return;
    }
    out.write(flags | most);
    int rest = value - most;
    for (; rest >= 0x80; rest >>= 7) {
      out.write((rest & 0x7f) | 0x80);
    }
    out.write(rest);
  }
}
