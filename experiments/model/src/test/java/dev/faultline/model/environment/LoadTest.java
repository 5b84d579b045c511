package dev.faultline.model.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.Codec;
import org.junit.jupiter.api.Test;

final class LoadTest {

  @Test
  void itsRatesAreToldAndWhetherSomeRequestsAreTaggedAndNoHeader() {
    assertThat(words("'rate': '30/m'")).isEqualTo("30/m");
    assertThat(words("'steps': ['100/s', '200/s'], 'each': '5s'")).isEqualTo("100/s, 200/s");
    assertThat(words("'rate': '9/s', 'tagged': {'share': '10%', 'headers': {'key': 'secret'}}"))
        .isEqualTo("9/s, 10% of them tagged");
  }

  @Test
  void podsAreCountedAndToldNothingThatOthersMustNotRead() {
    assertThat(load("'rate': '9/s', 'pods': 50").pods()).contains(50);
    refuses("'rate': '9/s', 'pods': 0", "'pods' must be 1 to 50");
    refuses("'rate': '9/s', 'pods': 51", "'pods' must be 1 to 50");
    for (String header : new String[] {"Authorization", "cookie", "X-Api-Key", "my-token"}) {
      String headers = "'headers': {'%s': 'x'}".formatted(header);
      assertThat(load("'rate': '9/s', " + headers).headers()).hasSize(1);
      refuses("'rate': '9/s', 'pods': 2, " + headers, "leave '%s' out".formatted(header));
      refuses(
          "'rate': '9/s', 'pods': 2, 'tagged': {'share': '10%%', %s}".formatted(headers),
          "leave '%s' out".formatted(header));
    }
  }

  private static void refuses(String keys, String words) {
    assertThatThrownBy(() -> load(keys)).hasMessageContaining(words);
  }

  private static String words(String keys) {
    return load(keys).words();
  }

  private static Load load(String keys) {
    String json = "{'http': 'http://x/', %s}".formatted(keys).replace('\'', '"');
    return Codec.json().readValue(json, Load.class);
  }
}
