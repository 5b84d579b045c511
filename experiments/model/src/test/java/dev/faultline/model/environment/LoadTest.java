package dev.faultline.model.environment;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static String words(String keys) {
    String json = "{'http': 'http://x/', %s}".formatted(keys).replace('\'', '"');
    return Codec.json().readValue(json, Load.class).words();
  }
}
