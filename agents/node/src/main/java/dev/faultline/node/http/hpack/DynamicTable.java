package dev.faultline.node.http.hpack;

import dev.faultline.node.http.message.Field;

/** The fields that were sent last, as many as there is room for (RFC 7541, 2.3.2 and 4). */
final class DynamicTable {

  private static final int OVERHEAD = 32;

  private final int limit;
  private final Field[] ring;
  private int newest;
  private int count;
  private int size;
  private int room;

  DynamicTable(int limit) {
    this.limit = limit;
    this.room = limit;
    this.ring = new Field[limit / OVERHEAD + 1];
  }

  static int sizeOf(Field field) {
    return field.name().length() + field.value().length() + OVERHEAD;
  }

  void resize(int wanted) throws HpackException {
    if (wanted > limit) {
      throw new HpackException("a table of %d bytes, of %d at most".formatted(wanted, limit));
    }
    room = wanted;
    evict(0);
  }

  void add(Field field) {
    evict(sizeOf(field));
    if (sizeOf(field) <= room) {
      newest = (newest + 1) % ring.length;
      ring[newest] = field;
      count++;
      size += sizeOf(field);
    }
  }

  /**
   * @param age 0 for the newest
   */
  Field get(int age) throws HpackException {
    if (age >= count) {
      throw new HpackException("an index beyond the table");
    }
    return ring[Math.floorMod(newest - age, ring.length)];
  }

  private void evict(int needed) {
    while (count > 0 && size + needed > room) {
      size -= sizeOf(ring[Math.floorMod(newest - count + 1, ring.length)]);
      count--;
    }
  }
}
