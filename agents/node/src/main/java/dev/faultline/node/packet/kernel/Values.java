package dev.faultline.node.packet.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Attributes of an answer, by their types.
 *
 * @param values without their headers
 */
record Values(Map<Integer, ByteBuffer> values) {

  private static final int TYPE = 0x3FFF;
  private static final int ALIGN = 4;

  static Values of(ByteBuffer bytes) {
    Map<Integer, ByteBuffer> values = new HashMap<>();
    ByteBuffer from = bytes.order(ByteOrder.nativeOrder());
    for (int at = 0; at + Attributes.HEADER <= from.limit(); ) {
      int length = Short.toUnsignedInt(from.getShort(at));
      if (length < Attributes.HEADER || at + length > from.limit()) {
        break;
      }
      values.put(
          from.getShort(at + 2) & TYPE,
          from.slice(at + Attributes.HEADER, length - Attributes.HEADER));
      at += (length + ALIGN - 1) / ALIGN * ALIGN;
    }
    return new Values(values);
  }

  /** Empty when it is not there. */
  String text(int type) {
    return Optional.ofNullable(values.get(type))
        .map(value -> StandardCharsets.UTF_8.decode(value.duplicate()).toString())
        .map(text -> text.substring(0, Math.max(0, text.indexOf('\0'))))
        .orElse("");
  }

  /** A number of 64 bits in network order; 0 when it is not there. */
  long number(int type) {
    return Optional.ofNullable(values.get(type))
        .map(value -> value.order(ByteOrder.BIG_ENDIAN).getLong(0))
        .orElse(0L);
  }

  Values nested(int type) {
    return Optional.ofNullable(values.get(type)).map(Values::of).orElse(new Values(Map.of()));
  }
}
