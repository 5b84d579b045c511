package dev.faultline.model.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.InvalidValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NginxTest {

  private static final List<String> ONE = List.of("127.0.0.1:80");
  private static final List<String> TWO = List.of("127.0.0.1:81");

  private static Nginx nginx(String upstream, List<String> stable, List<String> canary) {
    return new Nginx(
        "/etc/nginx/a.conf", upstream, stable, canary, List.of(), List.of(), Optional.empty());
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
}
