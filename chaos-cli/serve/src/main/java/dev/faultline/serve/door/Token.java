package dev.faultline.serve.door;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that opens the page. A browser that has shown it once is given a pass in its place,
 * which is of no use after its time, or with another token. Never shown, never logged.
 */
public final class Token {

  /** How long a pass is good for. */
  public static final Duration PASS = Duration.ofHours(12);

  private static final int FEWEST = 20;

  private final byte[] secret;

  private Token(byte[] secret) {
    this.secret = secret.clone();
  }

  /**
   * The token of a file.
   *
   * @param text what the file holds; its first line counts
   * @throws Unservable when that is too short to be a secret
   */
  public static Token of(String text) throws Unservable {
    String token = text.lines().findFirst().orElse("").strip();
    if (token.length() < FEWEST || !token.chars().allMatch(one -> one > ' ' && one < 127)) {
      throw Unservable.wrong(
          "the first line of that file is no token",
          "a token has %d letters at least, without spaces, and is hard to guess".formatted(FEWEST),
          "make one: openssl rand -hex 32 > FILE && chmod 600 FILE");
    }
    return new Token(token.getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether this is the token; takes as long for one wrong token as for another. */
  public boolean is(String offered) {
    // Hashes are of one length, so that not even that of the token shows in the time it takes.
    return MessageDigest.isEqual(mac("token " + offered), mac("token " + text()));
  }

  private String text() {
    return new String(secret, StandardCharsets.US_ASCII);
  }

  /** A pass from this moment on. */
  public String pass(Instant now) {
    long end = now.plus(PASS).getEpochSecond();
    return end + "." + HexFormat.of().formatHex(mac("pass " + end));
  }

  /** Whether a pass is one of ours, and still good. */
  public boolean isPass(String offered, Instant now) {
    Optional<Long> end = end(offered);
    return end.isPresent()
        && now.getEpochSecond() < end.get()
        && MessageDigest.isEqual(
            offered.getBytes(StandardCharsets.UTF_8),
            (end.get() + "." + HexFormat.of().formatHex(mac("pass " + end.get())))
                .getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Long> end(String pass) {
    int point = pass.indexOf('.');
    boolean number = point > 0 && point < 13 && pass.chars().limit(point).allMatch(Token::digit);
    return number ? Optional.of(Long.parseLong(pass.substring(0, point))) : Optional.empty();
  }

  private static boolean digit(int letter) {
    return letter >= '0' && letter <= '9';
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HmacSHA256", impossible);
    }
  }

  /** How a header tells a token. */
  static Optional<String> bearer(String header) {
    return header.regionMatches(true, 0, "Bearer ", 0, 7)
        ? Optional.of(header.substring(7).strip())
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "a token";
  }
}
