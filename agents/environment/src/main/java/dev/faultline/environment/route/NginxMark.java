package dev.faultline.environment.route;

import dev.faultline.model.world.RouteReading;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * What the memory of Nginx shows of what it has loaded.
 *
 * @param parts of the requests that go to the canary, in hundredths of a percent
 * @param maps which maps send them there, from 1 to {@value #MOST_MAPS}: a checksum of all that is
 *     written; 0 where requests are split by weights alone
 */
record NginxMark(int parts, int maps) {

  /** How many checksums there are. */
  static final int MOST_MAPS = 14_399;

  /** The checksum of a text, as far as it goes. */
  static int maps(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return 1 + (int) (crc.getValue() % MOST_MAPS);
  }

  /** The mark in words: {@code 25%}, or {@code 25% by maps 4711}. */
  String words() {
    return RouteReading.percent((double) parts / NginxShift.WHOLE)
        + (maps == 0 ? "" : " by maps " + maps);
  }
}
