package dev.faultline.serve.door;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides on each request before anything is done for it. Immutable.
 *
 * @param token what opens the page; empty where whoever reaches this machine's loopback may read it
 * @param listen where it listens
 * @param secure whether it is reached by TLS
 */
public record Guard(Optional<Token> token, Listen listen, boolean secure) {

  /** Where the form is. */
  public static final String SIGN_IN = "/sign-in";

  /** Where style and script are, which tell nothing. */
  public static final String ASSETS = "/assets/";

  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /**
   * Makes the guard.
   *
   * @throws Unservable when others than this machine could read the page without a token, or read
   *     the token on its way
   */
  public static Guard of(Listen listen, Optional<Token> token, boolean secure) throws Unservable {
    if (!listen.isLoopback() && (token.isEmpty() || !secure)) {
      throw Unservable.wrong(
          "the page is not served at %s without %s"
              .formatted(
                  listen.host(),
                  token.isPresent() ? "TLS" : secure ? "a token" : "a token and TLS"),
          "others than this machine can reach that address",
          "give --token-file, --tls-certificate and --tls-key; or leave it at 127.0.0.1 and come"
              + " by ssh -L 8480:127.0.0.1:8480");
    }
    return new Guard(token, listen, secure);
  }

  /** What becomes of a request. */
  public Decision decide(Asked asked, Instant now) {
    boolean form = asked.path().equals(SIGN_IN) && token.isPresent();
    if (!Set.of("GET", "HEAD").contains(asked.method())
        && !(form && asked.method().equals("POST"))) {
      return new Decision.Refused(405, "This page is read, and nothing is sent to it.");
    }
    if (token.isEmpty() && !isLocal(asked.host())) {
      // A name of others that points here is how a page of theirs would read this one.
      return new Decision.Refused(
          421, "Without a token this page answers to localhost and 127.0.0.1 alone.");
    }
    if (isForeign(asked)) {
      return new Decision.Refused(403, "Another site asks for this page.");
    }
    if (form && asked.method().equals("POST")) {
      return new Decision.Presented();
    }
    if (asked.path().startsWith(ASSETS) || isKnown(asked, now)) {
      return new Decision.Enter();
    }
    return new Decision.SignIn();
  }

  private boolean isLocal(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":\\d{1,5}$", "");
    return LOCAL.contains(name) || name.equals(listen.host().toLowerCase(Locale.ROOT));
  }

  /** A link from elsewhere is followed; what a page of others fetches or embeds is not given. */
  private static boolean isForeign(Asked asked) {
    boolean own = Set.of("", "same-origin", "none").contains(asked.site());
    return !own && !(asked.mode().equals("navigate") && !asked.method().equals("POST"));
  }

  private boolean isKnown(Asked asked, Instant now) {
    return token.isEmpty()
        || Token.bearer(asked.authorization()).filter(token.get()::is).isPresent()
        || passes(asked.cookies()).stream().anyMatch(pass -> token.get().isPass(pass, now));
  }

  private List<String> passes(String cookies) {
    String name = cookie() + "=";
    return List.of(cookies.split(";", 50)).stream()
        .map(String::strip)
        .filter(one -> one.startsWith(name))
        .map(one -> one.substring(name.length()))
        .toList();
  }

  /** What the cookie is called; browsers hold one of such a name to being secure. */
  private String cookie() {
    return secure ? "__Host-faultline" : "faultline";
  }

  /** The cookie for a browser that has shown the token; empty for another token. */
  public Optional<String> cookie(String offered, Instant now) {
    return token
        .filter(known -> known.is(offered))
        .map(
            known ->
                "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s"
                    .formatted(
                        cookie(),
                        known.pass(now),
                        Token.PASS.toSeconds(),
                        secure ? "; Secure" : ""));
  }
}
