package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.route.Address;
import dev.faultline.model.route.Match;
import dev.faultline.model.route.Sticky;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Nginx is told, and what its memory shows of it. */
class NginxSplitTest {

  private static final NginxSplit ONE_EACH =
      new NginxSplit("orders", List.of("a:1"), List.of("b:1"));

  private static final Match STAFF = header("staff", "a b");
  private static final Optional<Sticky> BY_ID =
      Optional.of(new Sticky(Optional.of("X-User-Id"), Optional.empty()));
  private static final Optional<Sticky> BY_SESSION =
      Optional.of(new Sticky(Optional.empty(), Optional.of("session")));

  private static final String MATCHED =
      """
      # Written by Faultline: upstream orders, 5.05% to the canary, and x-user-type: staff, a b. What is changed here by hand is lost.
      map $http_x_user_type $faultline_orders_matched {
          default 0;
          "~^(?:staff|\\Qa b\\E)$" 1;
      }
      split_clients $request_id $faultline_orders_share {
          5.05% canary;
          * stable;
      }
      map $faultline_orders_matched $faultline_orders_version {
          1 canary;
          default $faultline_orders_share;
      }
      split_clients "stable $request_id" $faultline_orders_stable {
          50.00% 10;
          * 13;
      }
      # The hash of the upstream finds each of these keys at one server.
      map $faultline_orders_version $faultline_orders_key {
          canary 1;
          default $faultline_orders_stable;
      }
      upstream orders {
          zone faultline_orders 512k;
          hash $faultline_orders_key consistent;
          server 10.0.0.1:80 max_fails=0;
          server 10.0.0.2:80 max_fails=0;
          server b.shop:82 max_fails=0;
          keepalive 32;
      }
      # Nothing is kept in these: their sizes show which maps Nginx has loaded.
      limit_conn_zone $binary_remote_addr zone=faultline_orders_percent:6176k;
      limit_conn_zone $binary_remote_addr zone=faultline_orders_hundredths:6688k;
      limit_conn_zone $binary_remote_addr zone=faultline_orders_maps:22872k;
      limit_conn_zone $binary_remote_addr zone=faultline_orders_maps_too:23368k;
      """;

  private static Match header(String... values) {
    return new Match(Optional.of("X-User-Type"), Optional.empty(), List.of(values));
  }

  private static NginxShift parts(int parts) {
    return new NginxShift(parts, Optional.empty());
  }

  private static int ofShare(double share) {
    return NginxShift.of(share, Optional.empty()).parts();
  }

  @Test
  void aSplitIsAnUpstreamAndTwoZones() {
    NginxSplit split =
        new NginxSplit("orders", List.of("10.0.0.1:80", "[::1]:81"), List.of("b.shop:82"));

    assertThat(split.text(parts(505)))
        .isEqualTo(
            """
            # Written by Faultline: upstream orders, 5.05% to the canary. What is changed here by hand is lost.
            upstream orders {
                zone faultline_orders 512k;
                server 10.0.0.1:80 weight=1899 max_fails=0;
                server [::1]:81 weight=1899 max_fails=0;
                server b.shop:82 weight=202 max_fails=0;
                keepalive 32;
            }
            # Nothing is kept in these: their sizes show which share Nginx has loaded.
            limit_conn_zone $binary_remote_addr zone=faultline_orders_percent:6176k;
            limit_conn_zone $binary_remote_addr zone=faultline_orders_hundredths:6688k;
            """);
  }

  @Test
  void aMatchIsMadeByMaps() {
    NginxSplit split =
        new NginxSplit("orders", List.of("10.0.0.1:80", "10.0.0.2:80"), List.of("b.shop:82"));

    assertThat(split.text(new NginxShift(505, Optional.of(STAFF)))).isEqualTo(MATCHED);
  }

  @Test
  void whatIsToldIsReadBackFromItsTextAndFromItsZones() throws Exception {
    List<Match> matches =
        List.of(
            STAFF,
            header("a|b", "|", "(", ")^", "a'", "~", "1"),
            header("y".repeat(200), "z".repeat(200)),
            new Match(Optional.of("cookie"), Optional.empty(), List.of("a=b; c")),
            new Match(Optional.empty(), Optional.of("a-B_c"), List.of("x.y", "staff")),
            new Match(
                Optional.empty(),
                Optional.empty(),
                Optional.of(Address.CLIENT),
                List.of("10.0.0.0/8", "::1", "0.0.0.0/0")));
    for (Optional<Sticky> sticky : List.of(BY_ID, BY_SESSION, Optional.<Sticky>empty())) {
      NginxSplit split = new NginxSplit("orders", List.of("a:1"), List.of("b:1"), sticky);
      for (int parts : new int[] {0, 1, 2500, 9999, 10_000}) {
        for (Match match : matches) {
          NginxShift shift = new NginxShift(parts, Optional.of(match));
          String text = split.text(shift);
          assertThat(split.read(text)).contains(shift);
          assertThat(split.mark(shift).maps()).isPositive();
          assertThat(split.marks().read(zones(text))).contains(split.mark(shift));
          assertThat(split.read(text.replace("default 0", "default 1"))).isEmpty();
          assertThat(split.read(text.replaceAll("~|(?<=geo )", "~*"))).isEmpty();
        }
        assertThat(split.read(split.text(parts(parts)))).contains(parts(parts));
      }
    }
  }

  @Test
  void usersWhoStayAreSplitByMapsAndAreNoMatterWhereNobodyIsSplit() {
    NginxSplit split = new NginxSplit("orders", List.of("a:1"), List.of("b:1"), BY_ID);

    assertThat(split.text(NginxShift.NOTHING)).isEqualTo(ONE_EACH.text(NginxShift.NOTHING));
    assertThat(split.text(parts(NginxShift.WHOLE)))
        .isEqualTo(ONE_EACH.text(parts(NginxShift.WHOLE)));
    assertThat(split.text(parts(505)))
        .contains(
            """
            5.05% to the canary by x-user-id. What is changed here by hand is lost.
            map $http_x_user_id $faultline_orders_user {
                "" $request_id;
                default $http_x_user_id;
            }
            split_clients $faultline_orders_user $faultline_orders_version {
                5.05% canary;
                * stable;
            }
            # The hash of the upstream finds each of these keys at one server.
            map $faultline_orders_version $faultline_orders_key {
            """);
    assertThat(new NginxSplit("orders", List.of("a:1"), List.of("b:1"), BY_SESSION).text(parts(1)))
        .contains("map $cookie_session $faultline_orders_user {");
  }

  @Test
  void aVersionThatGetsNothingIsNotThere() {
    assertThat(ONE_EACH.text(NginxShift.NOTHING))
        .contains("server a:1 weight=1 ")
        .doesNotContain("b:1");
    assertThat(ONE_EACH.text(parts(NginxShift.WHOLE)))
        .contains("server b:1 weight=1 ")
        .doesNotContain("a:1");
  }

  @Test
  void eachShareIsReadBackFromItsTextAndFromItsZones() throws Exception {
    for (int parts = 0; parts <= NginxShift.WHOLE; parts++) {
      String text = ONE_EACH.text(parts(parts));
      assertThat(ONE_EACH.read(text)).contains(parts(parts));
      assertThat(ONE_EACH.marks().read(zones(text))).contains(new NginxMark(parts, 0));
    }
    assertThat(ONE_EACH.read(ONE_EACH.text(NginxShift.NOTHING).replace("0.00%", "999.99%")))
        .isEmpty();
    assertThat(ONE_EACH.marks().read(List.of(4L, 512L, 10_240L))).isEmpty();
  }

  @Test
  void theDocumentsAndTheExampleHoldWhatNginxBeginsWith() throws Exception {
    Path home = Path.of(System.getProperty("basedir", "agents/environment")).resolve("../..");
    String documented =
        new NginxSplit("orders", List.of("10.0.0.1:8080"), List.of("10.0.0.2:8080"))
            .text(NginxShift.NOTHING);

    assertThat(home.resolve("docs/rollouts.md")).content().contains("```\n" + documented + "```\n");
    assertThat(home.resolve("examples/shop/nginx.sh"))
        .content()
        .contains(
            documented
                .replace("10.0.0.1:8080", "127.0.0.1:$ORDERS_PORT")
                .replace("$binary", "\\$binary"));
  }

  private static List<Long> zones(String text) {
    return Stream.concat(
            Stream.of(4L, 512L, 10_240L),
            text.lines()
                .filter(line -> line.startsWith("limit_conn_zone"))
                .map(line -> Long.valueOf(line.replaceAll(".*:(\\d+)k;", "$1"))))
        .toList();
  }

  @Test
  void zonesOfOthersAreNotTakenForAShare() throws Exception {
    List<Long> carts =
        zones(new NginxSplit("carts", List.of("a:1"), List.of("b:1")).text(parts(5000)));
    List<Long> orders = zones(ONE_EACH.text(NginxShift.NOTHING));
    List<Long> both = Stream.concat(carts.stream(), orders.stream()).toList();

    assertThat(ONE_EACH.marks().read(carts)).isEmpty();
    assertThat(ONE_EACH.marks().read(both)).contains(new NginxMark(0, 0));
    List<Long> twice = Stream.of(orders, both).flatMap(List::stream).toList();
    assertThatThrownBy(() -> ONE_EACH.marks().read(twice))
        .isInstanceOf(RouterTrouble.class)
        .hasMessageContaining("another name");
  }

  @Test
  void sharesAreRoundedToHundredthsAndNeverToNothingOrAll() {
    assertThat(ofShare(0)).isZero();
    assertThat(ofShare(0.000001)).isEqualTo(1);
    assertThat(ofShare(0.29)).isEqualTo(2900);
    assertThat(ofShare(0.999999)).isEqualTo(9999);
    assertThat(ofShare(1)).isEqualTo(10_000);
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> ofShare(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a:0",
        "a:65536",
        "a:1;",
        "a:1 b",
        "a:1\n",
        "{a}:1",
        "a:1}",
        "ü:1",
        "${a}:1",
        "unix:/a",
        "-a:1",
        "[::1:1",
        "a:1 weight=5"
      })
  void whatCouldBecomeAnotherDirectiveIsNoServer(String server) {
    assertThatThrownBy(() -> new NginxSplit("orders", List.of(server), List.of("b:1")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NginxSplit("orders", List.of("b:1"), List.of(server)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a;", "a\n", "a{", "a:b", "$a", "ü"})
  void whatCouldBecomeAnotherDirectiveIsNoName(String name) {
    assertThatThrownBy(() -> new NginxSplit(name, List.of("a:1"), List.of("b:1")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
