package dev.faultline.model.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.InvalidValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchTest {

  private static final Match STAFF = header("staff");
  private static final Match BETA =
      new Match(Optional.empty(), Optional.of("beta"), List.of("always"));

  private static Match header(String... values) {
    return new Match(Optional.of("X-User-Type"), Optional.empty(), List.of(values));
  }

  @Test
  void theCaseOfAHeaderDoesNotCount() {
    assertThat(STAFF.words()).isEqualTo("x-user-type: staff");
    assertThat(BETA.words()).isEqualTo("cookie beta: always");
    assertThat(header("a".repeat(40), "b").words()).hasSize(48).endsWith("…");
  }

  @Test
  void whoCanMatchSaysSo() {
    assertThat(new GatewayApi("r", "a", "b").unfit(STAFF)).isEmpty();
    assertThat(new Istio("r", "a", "b").unfit(STAFF)).isEmpty();
    assertThat(new Istio("r", "a", "b").unfit(BETA)).isEmpty();
    assertThat(new GatewayApi("r", "a", "b").unfit(BETA).orElse("")).contains("match a header");
    assertThat(new Replicas("a", "b", 4).unfit(STAFF).orElse(""))
        .isEqualTo(
            "requests to the pods of a and b are split by weight alone, whatever they have;"
                + " haproxy, nginx, envoy, gatewayApi and istio can match");
    assertThat(new Haproxy("/s", "b", "one", "two").unfit(STAFF).orElse("")).contains("matched:");
  }

  @Test
  void aListOfHaproxyIsOfOneHeaderAndHasPlainValues() {
    Haproxy route =
        new Haproxy(
            "/s",
            "b",
            "one",
            "two",
            Optional.of(new MatchList(Optional.of("X-User-Type"), Optional.empty(), "/l.lst")),
            Optional.empty());

    assertThat(route.unfit(STAFF)).isEmpty();
    assertThat(route.unfit(BETA).orElse("")).contains("is of the header x-user-type");
    assertThat(route.unfit(header("a b")).orElse("")).contains("cannot hold 'a b'");
    for (String file : List.of("", "a b", "a;b", "a\nb", "#1")) {
      assertThatThrownBy(() -> new MatchList(Optional.of("a"), Optional.empty(), file))
          .isInstanceOf(InvalidValue.class);
    }
  }

  @Test
  void theOrderOfValuesDoesNotCount() {
    assertThat(header("a", "b").isAs(header("b", "a"))).isTrue();
    assertThat(header("a").isAs(header("b", "a"))).isFalse();
    assertThat(STAFF.isAs(BETA)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a\\", "a$b", "a\"", "a\n", "ä"})
  void aValueIsNoOtherWordOfARouter(String value) {
    assertThatThrownBy(() -> header(value)).isInstanceOf(InvalidValue.class);
  }

  @Test
  void aCookieHasNoSeparators() {
    assertThatThrownBy(() -> new Match(Optional.empty(), Optional.of("a"), List.of("b;c")))
        .hasMessageContaining("as a cookie may have");
    assertThatThrownBy(() -> new Match(Optional.of("a b"), Optional.empty(), List.of("b")))
        .hasMessageContaining("cannot name a header");
    assertThatThrownBy(() -> new Match(Optional.of("a"), Optional.of("a"), List.of("b")))
        .hasMessageContaining("a 'header' or a 'cookie'");
    assertThatThrownBy(() -> header("a", "a")).hasMessageContaining("twice");
  }

  private static Match from(String... networks) {
    return new Match(
        Optional.empty(), Optional.empty(), Optional.of(Address.CLIENT), List.of(networks));
  }

  @Test
  void clientsAreToldByTheirNetworksWhereARouterSeesThem() {
    Match office = from("10.1.0.0/16", "2001:db8::/32", "192.168.1.7", "::1", "0.0.0.0/0");
    MatchList list =
        new MatchList(Optional.empty(), Optional.empty(), Optional.of(Address.CLIENT), "/l.lst");
    Haproxy haproxy = new Haproxy("/s", "b", "1", "2", Optional.of(list), Optional.empty());

    assertThat(office.words()).startsWith("client: 10.1.0.0/16, ");
    assertThat(office.isAs(from("::1"))).isFalse();
    assertThat(haproxy.unfit(office)).isEmpty();
    assertThat(haproxy.unfit(STAFF).orElse("")).contains("is of the address of the client");
    for (Route route : List.of(new GatewayApi("r", "a", "b"), new Istio("r", "a", "b"))) {
      assertThat(route.unfit(office).orElse("")).contains("do not see the addresses of clients");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3/16",
        "10.1/16",
        "010.1.2.3",
        "10.1.2.256",
        "10.0.0.0/33",
        "2001:db8::1/32",
        "::/129",
        "1::2::3",
        "localhost",
        "10.0.0.0/8; deny all",
        ""
      })
  void whatIsNoNetworkIsRefused(String network) {
    assertThatThrownBy(() -> from(network)).isInstanceOf(InvalidValue.class);
  }

  @Test
  void anAddressStandsAlone() {
    assertThatThrownBy(
            () ->
                new Match(
                    Optional.of("a"), Optional.empty(), Optional.of(Address.CLIENT), List.of("b")))
        .hasMessageContaining("or the 'address' of the client");
  }
}
