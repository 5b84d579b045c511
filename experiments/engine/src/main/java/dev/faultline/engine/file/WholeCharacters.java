package dev.faultline.engine.file;

import java.io.Reader;

/**
 * A text in pieces, none of which ends between the two halves of a character: there the scanner of
 * YAML reads past the end of its buffer. Not thread-safe.
 */
final class WholeCharacters extends Reader {

  private final String text;
  private int at;

  WholeCharacters(String text) {
    this.text = text;
  }

  @Override
  public int read(char[] into, int offset, int length) {
    if (at == text.length()) {
      return -1;
    }
    int end = Math.min(text.length(), at + length);
    if (end - at > 1 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    text.getChars(at, end, into, offset);
    int read = end - at;
    at = end;
    return read;
  }

  @Override
  public void close() {
    // There is nothing to give back.
  }
}
