package dev.faultline.operator.course;

import java.util.Locale;

/** What the runs of objects are called: one name for each generation and each request. */
public final class RunNames {

  private static final int LONGEST = 30;
  private static final int OF_UID = 8;

  private RunNames() {}

  /** The id of the next run of an object: up to 63 lower-case letters, digits and dashes. */
  public static String of(Seen seen) {
    String name = seen.key().name();
    String uid = seen.uid().replace("-", "").toLowerCase(Locale.ROOT);
    String again =
        seen.requested().map(text -> "-" + Integer.toHexString(text.hashCode())).orElse("");
    return "%s-%s-%d%s"
        .formatted(
            name.length() <= LONGEST ? name : name.substring(0, LONGEST),
            uid.length() <= OF_UID ? uid : uid.substring(0, OF_UID),
            seen.generation(),
            again);
  }
}
