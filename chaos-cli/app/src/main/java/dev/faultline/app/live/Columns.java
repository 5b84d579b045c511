package dev.faultline.app.live;

import java.lang.Character.UnicodeScript;

/** How many columns of a terminal a text takes. */
final class Columns {

  private Columns() {}

  static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  /** The longest beginning that fits into so many columns. */
  static String cut(String text, int columns) {
    int used = 0;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      used += of(point);
      if (used > columns) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }

  private static int of(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default -> wide(point) ? 2 : 1;
    };
  }

  private static boolean wide(int point) {
    return switch (UnicodeScript.of(point)) {
      case HAN, HANGUL, HIRAGANA, KATAKANA -> true;
      default -> Character.isEmojiPresentation(point);
    };
  }
}
