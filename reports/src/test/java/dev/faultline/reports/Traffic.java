package dev.faultline.reports;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** Latencies as the load's hands encode them. */
final class Traffic {

  private Traffic() {}

  static String histogram(long seed, int requests, long median, long tail) {
    Random random = new Random(seed);
    Histogram histogram = new Histogram(3);
    for (int i = 0; i < requests; i++) {
      double spread = Math.exp(random.nextGaussian() * 0.35);
      long micros = (long) ((random.nextInt(100) < 2 ? tail : median) * spread);
      histogram.recordValue(Math.max(1, micros));
    }
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }
}
