package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which server Nginx takes for a key; that a real one does is seen where it has loaded the maps.
 */
class NginxRingTest {

  private static List<String> servers(String host, int number) {
    return IntStream.rangeClosed(1, number).mapToObj(i -> host + i + ":8080").toList();
  }

  @Test
  void eachServerHasAKeyAndThenAnotherOfItsVersion() {
    for (int[] sizes : new int[][] {{1, 1}, {2, 1}, {3, 3}, {40, 2}, {256, 256}}) {
      List<String> stable = servers("stable", sizes[0]);
      List<String> canary = servers("canary", sizes[1]);
      NginxRing ring = new NginxRing(Stream.of(stable, canary).flatMap(List::stream).toList());
      for (List<String> version : List.of(stable, canary)) {
        List<String> keys = ring.keys(version);
        assertThat(keys).doesNotHaveDuplicates().hasSameSizeAs(version);
        assertThat(keys.stream().map(ring::first)).isEqualTo(version);
        if (version.size() > 1) {
          assertThat(keys).allSatisfy(key -> assertThat(ring.second(key)).get().isIn(version));
        }
      }
    }
  }

  @Test
  void aServerThatIsNamedTwiceHasOneKey() {
    NginxRing ring = new NginxRing(List.of("a:1", "a:1", "[::1]:81"));

    assertThat(ring.keys(List.of("a:1", "a:1"))).hasSize(1);
    assertThat(ring.keys(List.of("[::1]:81"))).hasSize(1);
  }
}
