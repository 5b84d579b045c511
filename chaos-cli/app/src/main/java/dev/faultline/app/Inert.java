package dev.faultline.app;

import java.util.regex.Pattern;

/** Text of others on its way to a terminal. */
final class Inert {

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");

  private Inert() {}

  /** The text without what could move the cursor or reorder what is read. */
  static String text(String text) {
    return CONTROLS.matcher(text).replaceAll("\uFFFD");
  }
}
