package dev.faultline.environment.prometheus;

import java.util.List;
import java.util.stream.Stream;

/** Takes what must not be told out of what a server says, which may repeat what it was sent. */
final class Secrets {

  private static final String BLANK = "***";
  private static final int LONGEST = 500;
  // Taking out every "1" or "ab" would destroy the text and hide nothing.
  private static final int SHORTEST = 4;

  private final List<String> token;
  private final List<String> all;

  Secrets(List<String> token, List<String> headers) {
    this.token = longEnough(token);
    this.all = longEnough(Stream.concat(token.stream(), headers.stream()).toList());
  }

  /** A text of the server's for a message: one line, of bounded length, without any secret. */
  String message(String text) {
    String line = without(all, text).replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  /** A label: only the token is taken out, as headers often name a tenant that labels name too. */
  String label(String text) {
    return without(token, text);
  }

  private static String without(List<String> secrets, String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, BLANK);
    }
    return clean;
  }

  private static List<String> longEnough(List<String> secrets) {
    return secrets.stream().filter(secret -> secret.length() >= SHORTEST).toList();
  }
}
