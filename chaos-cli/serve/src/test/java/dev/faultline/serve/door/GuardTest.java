package dev.faultline.serve.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GuardTest {

  private static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");
  private static final String SECRET = "correct-horse-battery-staple";

  private Optional<Token> token = Optional.empty();

  @BeforeEach
  void makeToken() throws Unservable {
    token = Optional.of(Token.of(SECRET + "\nnot the token\n"));
  }

  private static Guard local() throws Unservable {
    return Guard.of(Listen.parse("127.0.0.1:8480"), Optional.empty(), false);
  }

  private Guard guarded() throws Unservable {
    return Guard.of(Listen.parse("0.0.0.0:8443"), token, true);
  }

  private static Asked get(String host) {
    return new Asked("GET", "/", host, "", "", "", "");
  }

  private static Asked with(String authorization, String cookies) {
    return new Asked("GET", "/history", "war.example", authorization, cookies, "", "");
  }

  private static int status(Decision decision) {
    return decision instanceof Decision.Refused refused ? refused.status() : 0;
  }

  @Test
  void othersThanThisMachineNeedATokenAndTls() throws Unservable {
    Listen open = Listen.parse("0.0.0.0:8443");
    assertThatThrownBy(() -> Guard.of(open, Optional.empty(), false))
        .isInstanceOf(Unservable.class)
        .hasMessageContaining("without a token and TLS");
    assertThatThrownBy(() -> Guard.of(open, token, false)).hasMessageContaining("without TLS");
    assertThatThrownBy(() -> Guard.of(open, Optional.empty(), true))
        .hasMessageContaining("without a token");
    assertThat(guarded().secure()).isTrue();
  }

  @Test
  void withoutATokenOnlyNamesOfThisMachineAreAnswered() throws Unservable {
    for (String host : new String[] {"127.0.0.1:8480", "localhost:9000", "[::1]:8480"}) {
      assertThat(local().decide(get(host), NOW)).isEqualTo(new Decision.Enter());
    }
    for (String host :
        new String[] {"", "evil.example", "localhost.evil.example:8480", "10.0.0.1"}) {
      assertThat(status(local().decide(get(host), NOW))).as(host).isEqualTo(421);
    }
  }

  @Test
  void nothingIsWrittenAndNothingIsGivenToOtherSites() throws Unservable {
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"}) {
      Asked asked = new Asked(method, "/", "localhost", "", "", "", "");
      assertThat(status(local().decide(asked, NOW))).as(method).isEqualTo(405);
    }
    for (String site : new String[] {"cross-site", "same-site", "anything"}) {
      Asked fetched = new Asked("GET", "/live", "localhost", "", "", site, "no-cors");
      assertThat(status(local().decide(fetched, NOW))).as(site).isEqualTo(403);
      Asked link = new Asked("GET", "/", "localhost", "", "", site, "navigate");
      assertThat(local().decide(link, NOW)).isEqualTo(new Decision.Enter());
    }
    Asked form = new Asked("POST", Guard.SIGN_IN, "localhost", "", "", "cross-site", "navigate");
    assertThat(status(guarded().decide(form, NOW))).isEqualTo(403);
  }

  @Test
  void theTokenOpensThePageByHeaderAndByCookieAlone() throws Unservable {
    Guard guard = guarded();
    assertThat(guard.decide(with("", ""), NOW)).isEqualTo(new Decision.SignIn());
    assertThat(guard.decide(with("Bearer " + SECRET, ""), NOW)).isEqualTo(new Decision.Enter());
    assertThat(guard.decide(with("bearer " + SECRET, ""), NOW)).isEqualTo(new Decision.Enter());
    assertThat(guard.decide(with("Bearer " + SECRET + "x", ""), NOW))
        .isEqualTo(new Decision.SignIn());
    assertThat(guard.decide(with("", "__Host-faultline=" + SECRET), NOW))
        .isEqualTo(new Decision.SignIn());
    Asked style = new Asked("GET", "/assets/any.css", "war.example", "", "", "", "");
    assertThat(guard.decide(style, NOW)).isEqualTo(new Decision.Enter());
  }

  @Test
  void aCookieIsGivenForTheTokenAndLastsItsTime() throws Unservable {
    Guard guard = guarded();
    assertThat(guard.cookie("wrong", NOW)).isEmpty();
    String cookie = guard.cookie(SECRET, NOW).orElseThrow();
    assertThat(cookie)
        .startsWith("__Host-faultline=")
        .contains("; HttpOnly", "; SameSite=Strict", "; Secure", "; Path=/")
        .doesNotContain(SECRET);
    Asked later = with("", "theme=dark; " + cookie.substring(0, cookie.indexOf(';')));
    assertThat(guard.decide(later, NOW.plus(Duration.ofHours(11)))).isEqualTo(new Decision.Enter());
    assertThat(guard.decide(later, NOW.plus(Token.PASS))).isEqualTo(new Decision.SignIn());
  }

  @Test
  void aPassOfAnotherTokenOrWithAnotherTimeIsNone() throws Exception {
    String pass = token.orElseThrow().pass(NOW);
    Token other = Token.of(SECRET + "-2");
    assertThat(other.isPass(pass, NOW)).isFalse();
    String longer = (Long.parseLong(pass.substring(0, pass.indexOf('.'))) + 1) + pass.substring(10);
    for (String wrong : new String[] {longer, "", ".", "x.y", "99999999999999.00", "9999999999."}) {
      assertThat(token.orElseThrow().isPass(wrong, NOW)).as(wrong).isFalse();
    }
  }

  @Test
  void aTextThatIsNoTokenIsRefusedWithTheWayOut() {
    for (String wrong : new String[] {"secret\n", "", "a token with many spaces in it"}) {
      assertThatThrownBy(() -> Token.of(wrong))
          .isInstanceOfSatisfying(
              Unservable.class, why -> assertThat(why.fix()).contains("openssl rand -hex 32"));
    }
  }

  @Test
  void addressesAreReadOrRefused() throws Unservable {
    assertThat(Listen.parse("[::1]:0").isLoopback()).isTrue();
    assertThat(Listen.parse("0.0.0.0:80").isLoopback()).isFalse();
    for (String wrong : new String[] {"8480", "localhost", "localhost:65536", "a b:1", "", ":1"}) {
      assertThatThrownBy(() -> Listen.parse(wrong)).as(wrong).isInstanceOf(Unservable.class);
    }
  }
}
