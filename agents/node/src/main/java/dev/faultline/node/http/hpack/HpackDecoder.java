package dev.faultline.node.http.hpack;

import dev.faultline.node.http.message.Field;
import dev.faultline.node.http.message.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the blocks of one direction of a connection, in their order. Bounded: more than {@link
 * #LIST} bytes of fields are an error. After an error it is of no use any more.
 */
public final class HpackDecoder {

  /** The room for fields that both sides keep, in bytes: what HTTP/2 begins with. */
  public static final int TABLE = 4096;

  /** The most fields of a message, in bytes as RFC 9113 counts them for MAX_HEADER_LIST_SIZE. */
  public static final int LIST = 64 << 10;

  private static final int LARGEST = 1 << 24;

  private final DynamicTable table = new DynamicTable(TABLE);
  private byte[] block = new byte[0];
  private int next;

  /** The fields of a whole block. */
  public Fields decode(byte[] bytes) throws HpackException {
    block = bytes;
    next = 0;
    List<Field> fields = new ArrayList<>();
    int size = 0;
    while (next < block.length) {
      int first = block[next] & 0xff;
      if ((first & 0xe0) == 0x20) {
        resize(!fields.isEmpty());
      } else {
        Field field = field(first);
        size += DynamicTable.sizeOf(field);
        if (size > LIST) {
          throw new HpackException("more than %d bytes of fields".formatted(LIST));
        }
        fields.add(field);
      }
    }
    return new Fields(fields);
  }

  private void resize(boolean late) throws HpackException {
    if (late) {
      throw new HpackException("a new size of the table after the first field");
    }
    table.resize(integer(5));
  }

  private Field field(int first) throws HpackException {
    if ((first & 0x80) != 0) {
      return indexed(integer(7));
    }
    if ((first & 0x40) != 0) {
      Field field = literal(6, false);
      table.add(field);
      return field;
    }
    return literal(4, (first & 0x10) != 0);
  }

  private Field literal(int prefix, boolean sensitive) throws HpackException {
    int index = integer(prefix);
    String name = index == 0 ? string() : indexed(index).name();
    return new Field(name, string(), sensitive);
  }

  private Field indexed(int index) throws HpackException {
    if (index == 0) {
      throw new HpackException("index 0");
    }
    return index <= StaticTable.size()
        ? StaticTable.get(index)
        : table.get(index - StaticTable.size() - 1);
  }

  private int integer(int prefix) throws HpackException {
    int most = (1 << prefix) - 1;
    int value = octet() & most;
    if (value < most) {
      return value;
    }
    for (int shift = 0; shift <= 28; shift += 7) {
      int octet = octet();
      long more = (long) (octet & 0x7f) << shift;
      if (value + more > LARGEST) {
        break;
      }
      value += (int) more;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new HpackException("a number that is too large");
  }

  private String string() throws HpackException {
    if (next == block.length) {
      throw new HpackException("ended within a field");
    }
    boolean huffman = (block[next] & 0x80) != 0;
    int length = integer(7);
    if (length > block.length - next) {
      throw new HpackException("ended within a string");
    }
    int from = next;
    next += length;
    return huffman
        ? Huffman.decode(block, from, next)
        : new String(block, from, length, StandardCharsets.ISO_8859_1);
  }

  private int octet() throws HpackException {
    if (next == block.length) {
      throw new HpackException("ended within a number");
    }
    return block[next++] & 0xff;
  }
}
