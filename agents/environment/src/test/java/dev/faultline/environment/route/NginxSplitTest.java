package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Nginx is told, and what its memory shows of it. */
class NginxSplitTest {

  private static final NginxSplit ONE_EACH =
      new NginxSplit("orders", List.of("a:1"), List.of("b:1"));

  @Test
  void aSplitIsAnUpstreamAndTwoZones() {
    NginxSplit split =
        new NginxSplit("orders", List.of("10.0.0.1:80", "[::1]:81"), List.of("b.shop:82"));

    assertThat(split.text(505))
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
  void aVersionThatGetsNothingIsNotThere() {
    assertThat(ONE_EACH.text(0)).contains("server a:1 weight=1 ").doesNotContain("b:1");
    assertThat(ONE_EACH.text(Parts.WHOLE)).contains("server b:1 weight=1 ").doesNotContain("a:1");
  }

  @Test
  void eachShareIsReadBackFromItsTextAndFromItsZones() throws Exception {
    for (int parts = 0; parts <= Parts.WHOLE; parts++) {
      String text = ONE_EACH.text(parts);
      assertThat(ONE_EACH.partsOf(text)).contains(parts);
      assertThat(ONE_EACH.marks().read(zones(text))).contains(parts);
    }
    assertThat(ONE_EACH.partsOf(ONE_EACH.text(0).replace("0.00%", "999.99%"))).isEmpty();
    assertThat(ONE_EACH.marks().read(List.of(4L, 512L, 10_240L))).isEmpty();
  }

  @Test
  void theDocumentsAndTheExampleHoldWhatNginxBeginsWith() throws Exception {
    Path home = Path.of(System.getProperty("basedir", "agents/environment")).resolve("../..");
    String documented =
        new NginxSplit("orders", List.of("10.0.0.1:8080"), List.of("10.0.0.2:8080")).text(0);

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
    List<Long> carts = zones(new NginxSplit("carts", List.of("a:1"), List.of("b:1")).text(5000));
    List<Long> orders = zones(ONE_EACH.text(0));
    List<Long> both = Stream.concat(carts.stream(), orders.stream()).toList();

    assertThat(ONE_EACH.marks().read(carts)).isEmpty();
    assertThat(ONE_EACH.marks().read(both)).contains(0);
    List<Long> twice = Stream.of(orders, both).flatMap(List::stream).toList();
    assertThatThrownBy(() -> ONE_EACH.marks().read(twice))
        .isInstanceOf(RouterTrouble.class)
        .hasMessageContaining("another name");
  }

  @Test
  void sharesAreRoundedToHundredthsAndNeverToNothingOrAll() {
    assertThat(Parts.of(0)).isZero();
    assertThat(Parts.of(0.000001)).isEqualTo(1);
    assertThat(Parts.of(0.29)).isEqualTo(2900);
    assertThat(Parts.of(0.999999)).isEqualTo(9999);
    assertThat(Parts.of(1)).isEqualTo(10_000);
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> Parts.of(wrong)).isInstanceOf(IllegalArgumentException.class);
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
