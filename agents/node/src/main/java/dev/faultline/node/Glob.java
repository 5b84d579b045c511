package dev.faultline.node;

/** A pattern in which {@code *} stands for any characters. Takes linear time for usual patterns. */
public record Glob(String pattern) {

  /** Whether the whole text is like this; capital letters are others than small ones. */
  public boolean matches(String text) {
    int at = 0;
    int in = 0;
    int star = -1;
    int tried = 0;
    while (in < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        tried = in;
      } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(in)) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++tried;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }
}
