package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * A hundred users who ask a router.
 *
 * @param header by which each is told from the others
 * @param value of that header, with {@code %s} for the user
 */
record Crowd(HttpClient http, URI url, String header, String value) {

  static final int SIZE = 100;

  /** Those who meet the second version, each of whom is asked for twice. */
  Set<String> atTheCanary() throws Exception {
    Set<String> found = new TreeSet<>();
    for (int user = 0; user < SIZE; user++) {
      String name = "user-" + user;
      String first = version(name);
      assertThat(version(name)).as(name).isEqualTo(first);
      if (first.equals("new")) {
        found.add(name);
      }
    }
    return found;
  }

  private String version(String user) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header(header, value.formatted(user))
            .timeout(Duration.ofSeconds(10))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** Requires that a fifth, and then half of them meet it, and that whoever has met it stays. */
  static void assertStay(Set<String> few, Set<String> half) {
    assertThat(few.size()).isBetween(SIZE / 10, SIZE * 3 / 10);
    assertThat(half.size()).isBetween(SIZE / 4, SIZE * 3 / 4).isGreaterThan(few.size());
    assertThat(half).containsAll(few);
  }
}
