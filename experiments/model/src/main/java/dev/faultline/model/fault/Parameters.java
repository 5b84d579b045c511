package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What faults ask of their parameters. */
final class Parameters {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final long MEBI = 1L << 20;
  private static final long MOST_SPACE = 16L << 40;

  private static final Pattern FOUR =
      Pattern.compile("((\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])(\\.(?!$)|$)){4}");
  private static final int MOST_SHORT = 7;
  private static final String GROUP = "[0-9a-fA-F]{1,4}";
  private static final String SOME = "(%s(:%s){0,6})?".formatted(GROUP, GROUP);
  private static final Pattern SIX = Pattern.compile("%s(:%s){7}".formatted(GROUP, GROUP));
  private static final Pattern SHORT_SIX = Pattern.compile(SOME + "::" + SOME);

  private Parameters() {}

  /** Refuses a time that nobody would wait for. */
  static void checkTime(String key, Duration time) {
    if (time.compareTo(LONGEST) > 0) {
      throw new InvalidValue(key, "'%s' must be at most 5m".formatted(key));
    }
  }

  /** Refuses a time that is absent, none, or longer than anybody would wait for. */
  static Duration positive(String key, Duration time) {
    InvalidValue.required(time, key);
    if (time.isZero()) {
      throw new InvalidValue(key, "'%s' must be above 0".formatted(key));
    }
    checkTime(key, time);
    return time;
  }

  /** Whether this is an address of IPv4 or IPv6. */
  static boolean isAddress(String text) {
    return FOUR.matcher(text).matches()
        || SIX.matcher(text).matches()
        || (SHORT_SIX.matcher(text).matches() && groups(text) <= MOST_SHORT);
  }

  private static long groups(String address) {
    return Pattern.compile(":").splitAsStream(address).filter(group -> !group.isEmpty()).count();
  }

  /** A size in bytes, within limits that are told in words. */
  static long size(String key, Quantity size, long least, long most) {
    InvalidValue.required(size, key);
    if (size.unit() != Unit.BYTES) {
      throw new InvalidValue(
          key, "'%s' is not a size; write it as 512B, 64Ki or 1Mi".formatted(size));
    }
    long bytes = Math.round(size.value());
    if (bytes < least || bytes > most) {
      throw new InvalidValue(
          key, "'%s' must be from %dB to %dMi".formatted(key, least, most >> 20));
    }
    return bytes;
  }

  /** Refuses a folder that is absent, or whose place depends on where somebody stands. */
  static void fromRoot(String key, String path) {
    InvalidValue.required(path, key);
    if (!path.startsWith("/") && !path.startsWith("${")) {
      throw new InvalidValue(
          key, "'%s' does not start at the root; write it as /var/lib/shop".formatted(path));
    }
  }

  /** Refuses what is no size of memory or of a disk. */
  static void space(String key, Quantity size, long least) {
    if (size.unit() != Unit.BYTES) {
      throw new InvalidValue(key, "'%s' is not a size; write it as 512Mi or 1Gi".formatted(size));
    }
    if (bytes(size) < least || bytes(size) > MOST_SPACE) {
      throw new InvalidValue(
          key,
          "'%s' must be from %s to 16Ti".formatted(key, least == 0 ? "0B" : least / MEBI + "Mi"));
    }
  }

  /** A size in whole bytes. */
  static long bytes(Quantity size) {
    return Math.round(size.value());
  }

  /** A share from 0 to 1; 0 when absent. */
  static double share(String key, Optional<Quantity> share) {
    if (share.isEmpty()) {
      return 0;
    }
    if (share.get().unit() != Unit.SHARE || share.get().value() < 0 || share.get().value() > 1) {
      throw new InvalidValue(
          key, "'%s' must be from 0%% to 100%%, such as %s: 25%%".formatted(key, key));
    }
    return share.get().value();
  }

  /** A share above 0 and at most 1. */
  static double someShare(String key, Quantity share) {
    InvalidValue.required(share, key);
    double value = share(key, Optional.of(share));
    if (value <= 0) {
      throw new InvalidValue(
          key, "'%s' must be above 0%% and at most 100%%, such as %s: 25%%".formatted(key, key));
    }
    return value;
  }
}
