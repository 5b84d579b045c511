package dev.faultline.node.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  /** RFC 7396, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"b\"} | {\"a\":\"c\"} | {\"a\":\"c\"}",
        "{\"a\":\"b\"} | {\"b\":\"c\"} | {\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"} | {\"a\":null} | {}",
        "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null} | {\"b\":\"c\"}",
        "{\"a\":[\"b\"]} | {\"a\":\"c\"} | {\"a\":\"c\"}",
        "{\"a\":\"c\"} | {\"a\":[\"b\"]} | {\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}} | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]} | {\"a\":[1]}",
        "[\"a\",\"b\"] | [\"c\",\"d\"] | [\"c\",\"d\"]",
        "{\"a\":\"b\"} | [\"c\"] | [\"c\"]",
        "{\"a\":\"foo\"} | null | null",
        "{\"a\":\"foo\"} | \"bar\" | \"bar\"",
        "{\"e\":null} | {\"a\":1} | {\"e\":null,\"a\":1}",
        "[1,2] | {\"a\":\"b\",\"c\":null} | {\"a\":\"b\"}",
        "{} | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}",
      })
  void aMergePatchDoesWhatTheStandardSays(String target, String patch, String result)
      throws Exception {
    assertThat(Json.parse(target).patched(Json.parse(patch)).text()).isEqualTo(result);
  }

  @Test
  void whatIsNotPatchedStaysAsItWas() throws Exception {
    String text =
        "{\"n\":-0.10e+99,\"big\":123456789012345678901234567890,\"s\":\"\\\"\\\\\\u0001é\",\"l\":[true,null,{}]}";
    assertThat(Json.parse(" " + text + "\r\n").text()).isEqualTo(text);
    assertThat(Json.parse("\"\\ud83d\\ude00\\/\\t\"").text())
        .isEqualTo("\"\\ud83d\\ude00/\\u0009\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\"}",
        "{\"a\":1,}",
        "01",
        "1.",
        ".5",
        "+1",
        "'a'",
        "\"a",
        "nul",
        "\"\n\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "1 2",
        "{a:1}",
        "NaN",
        "[1}",
        "tru"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(NotJson.class);
  }

  @Test
  void deepNestingIsRefusedInsteadOfOverflowing() {
    assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000)))
        .isInstanceOf(NotJson.class)
        .hasMessageContaining("deeply");
  }

  @Test
  void brokenTextsAreReadOrRefusedAndNothingElse() {
    String text = "{\"a\":[1,-2.5e3,true,null,\"x\\u00e9\\n\"],\"b\":{\"c\":\"d\"}}";
    Random random = new Random(5);
    int refused = 0;
    for (int round = 0; round < 5_000; round++) {
      StringBuilder broken = new StringBuilder(text);
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        broken.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
      }
      try {
        Json.parse(broken.toString());
      } catch (NotJson expected) {
        refused++;
      }
    }
    assertThat(refused).isBetween(500, 4_999);
  }
}
