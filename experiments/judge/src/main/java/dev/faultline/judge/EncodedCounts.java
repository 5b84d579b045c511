package dev.faultline.judge;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;

/**
 * Adds up histograms in HdrHistogram's compressed encoding V2 without making a histogram of each:
 * one second of a run has a few hundred values, its histogram room for ten thousand. What is
 * encoded with other settings than those of the sum is left to the library. Not thread-safe.
 *
 * <p>The encoding: a cookie, the compressed length, and, compressed by zlib, 40 bytes of settings
 * and the counts in the order of their values: numbers in ZigZag LEB128 of at most 9 bytes, of
 * which a negative one tells how many values in a row have no count.
 */
final class EncodedCounts implements AutoCloseable {

  private static final int COMPRESSED = 0x1c849314;
  private static final int COUNTS = 0x1c849313;
  private static final int SETTINGS_BYTES = 40;
  private static final int DIGITS = 3;
  private static final int HALF_BITS = 10;
  private static final int HALF = 1 << HALF_BITS;
  private static final int MOST_VALUES = (Long.SIZE - HALF_BITS) << HALF_BITS;
  private static final int LONGEST_NUMBER = 9;

  private final Histogram sum = new Histogram(DIGITS);
  private final Inflater inflater = new Inflater();

  /**
   * Adds one.
   *
   * @throws DataFormatException or a runtime exception when it is not such a histogram; the sum is
   *     of no use then
   */
  void add(byte[] encoded) throws DataFormatException {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    if (bytes.remaining() < 2 * Integer.BYTES || bytes.getInt() != COMPRESSED) {
      addAny(encoded);
      return;
    }
    inflater.reset();
    inflater.setInput(bytes.slice(2 * Integer.BYTES, bytes.getInt()));
    ByteBuffer settings = inflated(SETTINGS_BYTES);
    int cookie = settings.getInt();
    int length = settings.getInt();
    boolean shifted = settings.getInt() != 0;
    boolean alike = settings.getInt() == DIGITS && settings.getLong() == 1;
    if (cookie != COUNTS || shifted || !alike) {
      addAny(encoded);
      return;
    }
    if (length < 0 || length > MOST_VALUES * LONGEST_NUMBER) {
      throw new DataFormatException("counts of %d bytes".formatted(length));
    }
    addCounts(inflated(length));
  }

  /** All that was added. */
  Histogram sum() {
    return sum;
  }

  @Override
  public void close() {
    inflater.end();
  }

  private void addAny(byte[] encoded) throws DataFormatException {
    sum.add(Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0));
  }

  private ByteBuffer inflated(int length) throws DataFormatException {
    byte[] bytes = new byte[length];
    int filled = 0;
    while (filled < length) {
      int more = inflater.inflate(bytes, filled, length - filled);
      if (more == 0) {
        throw new DataFormatException("it ends too early");
      }
      filled += more;
    }
    return ByteBuffer.wrap(bytes);
  }

  private void addCounts(ByteBuffer counts) throws DataFormatException {
    long index = 0;
    while (counts.hasRemaining()) {
      long number = number(counts);
      if (number < 0) {
        index = Math.min(MOST_VALUES, index - Math.max(number, -MOST_VALUES));
      } else if (index >= MOST_VALUES) {
        throw new DataFormatException("more values than there can be");
      } else {
        if (number > 0) {
          sum.recordValueWithCount(value((int) index), number);
        }
        index++;
      }
    }
  }

  private static long number(ByteBuffer bytes) throws DataFormatException {
    long raw = 0;
    try {
      for (int at = 0; at < LONGEST_NUMBER; at++) {
        long next = bytes.get();
        boolean last = at == LONGEST_NUMBER - 1;
        raw |= (last ? next & 0xff : next & 0x7f) << (7 * at);
        if (last || next >= 0) {
          break;
        }
      }
    } catch (BufferUnderflowException torn) {
      throw new DataFormatException("a number without an end");
    }
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** The least value that is counted at this place, when the smallest unit is 1. */
  private static long value(int index) {
    int scale = (index >> HALF_BITS) - 1;
    return scale < 0 ? index : (long) ((index & (HALF - 1)) + HALF) << scale;
  }
}
