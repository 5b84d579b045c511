package dev.faultline.serve.page;

import java.util.Map;
import java.util.regex.Pattern;

/** Pages of few words: refusals, and the form that asks for the token. */
public final class MessagePage {

  private static final Pattern OWN = Pattern.compile("/([\\w.~%+-][\\w./~%+?=&-]*)?");

  private MessagePage() {}

  /** A page that says why there is no other. */
  public static Screen of(int status, String words) {
    return Screen.still(
        "message",
        status < 400 ? "Signed in" : "Not shown",
        Map.of("status", status, "words", words));
  }

  /**
   * The form.
   *
   * @param next where to go afterwards
   * @param wrong what was wrong with the token before; may be empty
   */
  public static Screen signIn(String next, String wrong) {
    return Screen.still("sign-in", "Sign in", Map.of("next", next, "wrong", wrong));
  }

  /** An address of this page; anything else is its beginning. */
  public static String next(String wanted) {
    return OWN.matcher(wanted).matches() && !wanted.startsWith("/sign-in") ? wanted : "/";
  }
}
