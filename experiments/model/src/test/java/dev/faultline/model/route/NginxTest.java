package dev.faultline.model.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NginxTest {

  private static final List<String> ONE = List.of("127.0.0.1:80");
  private static final List<String> TWO = List.of("127.0.0.1:81");

  private static Nginx nginx(String upstream, List<String> stable, List<String> canary) {
    return nginx(upstream, stable, canary, Optional.empty());
  }

  private static Nginx nginx(
      String upstream, List<String> stable, List<String> canary, Optional<Sticky> sticky) {
    return new Nginx(
        "/etc/nginx/a.conf",
        upstream,
        stable,
        canary,
        List.of(),
        List.of(),
        Optional.empty(),
        sticky);
  }

  private static Nginx sticky(String header, String cookie) {
    return nginx(
        "orders",
        ONE,
        TWO,
        Optional.of(
            new Sticky(
                Optional.of(header).filter(name -> !name.isEmpty()),
                Optional.of(cookie).filter(name -> !name.isEmpty()))));
  }

  @Test
  void programsThatAreNotNamedAreNginxItself() {
    Nginx nginx = nginx("orders", ONE, TWO);

    assertThat(nginx.test()).containsExactly("nginx", "-t");
    assertThat(nginx.reload()).containsExactly("nginx", "-s", "reload");
    assertThat(nginx.pidFile()).isEqualTo("/run/nginx.pid");
    assertThat(nginx.words()).isEqualTo("upstream orders of Nginx");
    assertThat(nginx.canaryName()).isEqualTo("127.0.0.1:81");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:80",
        "a.shop-1.internal:65535",
        "[::1]:1",
        "127.0.0.1:${orders.http}",
        "${host}:80"
      })
  void aHostAndAPortAreAServer(String server) {
    assertThat(nginx("orders", List.of(server), TWO).stable()).containsExactly(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        ":80",
        "a:",
        "a:0",
        "a:65536",
        "a:1;",
        "a:1 backup",
        "a:1\n",
        "{:1",
        "a:1}",
        "ü:1",
        "unix:/run/a",
        "-a:1",
        "[::1:1",
        "${a;}:1",
        "a:$b",
        "#a:1",
        "http://a:1"
      })
  void whatCouldBecomeAnotherDirectiveIsNoServer(String server) {
    assertThatThrownBy(() -> nginx("orders", List.of(server), TWO))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("HOST:PORT");
    assertThatThrownBy(() -> nginx("orders", ONE, List.of("a:1", server)))
        .isInstanceOf(InvalidValue.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a;", "a\n", "a{", "a:b", "a/b", "$a", "ü"})
  void whatCouldBecomeAnotherDirectiveIsNoUpstream(String name) {
    assertThatThrownBy(() -> nginx(name, ONE, TWO)).isInstanceOf(InvalidValue.class);
  }

  @Test
  void twoVersionsShareNoServerAndEachHasOne() {
    assertThatThrownBy(() -> nginx("orders", ONE, ONE)).hasMessageContaining("of both versions");
    assertThatThrownBy(() -> nginx("orders", ONE, List.of())).isInstanceOf(InvalidValue.class);
    assertThatThrownBy(() -> nginx("orders", List.of(), TWO)).isInstanceOf(InvalidValue.class);
  }

  @Test
  void usersAreKnownByWhatNginxHasAVariableFor() {
    assertThat(nginx("orders", ONE, TWO).splitsUsers()).isFalse();
    assertThat(sticky("X-User-Id", "").splitsUsers()).isTrue();
    assertThat(sticky("X-User-Id", "").sticky().orElseThrow().words()).isEqualTo("x-user-id");
    assertThat(sticky("", "session_1").sticky().orElseThrow().words())
        .isEqualTo("cookie session_1");
    assertThatThrownBy(() -> sticky("", "my-session")).hasMessageContaining("another cookie");
    assertThatThrownBy(() -> sticky("x_user", "")).hasMessageContaining("drops headers with '_'");
    assertThatThrownBy(() -> sticky("x-user", "session"))
        .hasMessageContaining("sticky: {header: x-user-id}");
    assertThatThrownBy(() -> sticky("a b", "")).hasMessageContaining("cannot name a header");
  }

  @Test
  void requestsAreMatchedByWhatNginxHasAVariableFor() {
    Nginx route = nginx("orders", ONE, TWO);

    assertThat(route.unfit(match("x-user", "a b"))).isEmpty();
    assertThat(route.unfit(new Match(Optional.empty(), Optional.of("my-cookie_1"), List.of("a"))))
        .isEmpty();
    assertThat(route.unfit(match("x_user", "a")).orElse("")).contains("'_'");
    String[] long200 =
        IntStream.range(100, 400).mapToObj(i -> "x".repeat(197) + i).toArray(String[]::new);
    assertThat(route.unfit(match("x-user", long200)).orElse(""))
        .contains("61500 characters")
        .contains("match fewer");
  }

  private static Match match(String header, String... values) {
    return new Match(Optional.of(header), Optional.empty(), List.of(values));
  }
}
