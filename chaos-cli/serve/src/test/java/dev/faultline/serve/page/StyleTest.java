package dev.faultline.serve.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class StyleTest {

  private static String read(String name) throws IOException {
    try (InputStream file = Objects.requireNonNull(Pages.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Set<String> colours(String css, String property) {
    Set<String> names = new TreeSet<>();
    Pattern.compile("[ {;]" + property + ": var\\(--([\\w-]+)\\)")
        .matcher(css)
        .results()
        .map((MatchResult one) -> one.group(1))
        .forEach(names::add);
    return names;
  }

  /** The contrast of those is tested where they are defined. */
  @Test
  void everyColourIsOneOfTheReports() throws IOException {
    String css = read("serve.css");
    assertThat(css).doesNotContainPattern("#[0-9a-fA-F]{3,8}[; ]|rgb|hsl");
    assertThat(Set.of("ink", "soft", "bad", "link")).containsAll(colours(css, "color"));
    assertThat(Set.of("card", "bad-tint", "faint", "fault-tint"))
        .containsAll(colours(css, "background"));
  }

  @Test
  void styleAndScriptAreWhereTheirContentSays() {
    for (String path : Assets.PATHS.values()) {
      assertThat(Assets.at(path)).isPresent();
    }
    assertThat(Assets.at("/assets/other.css")).isEmpty();
  }

  @Test
  void aChoiceThatMakesNoSenseIsAsIfNotGiven() {
    assertThat(Chosen.of(Map.of("page", "-1"))).isEqualTo(new Chosen("", "", 1));
    assertThat(Chosen.of(Map.of("page", "x", "run", " shop ", "verdict", "Passed")))
        .isEqualTo(new Chosen("shop", "Passed", 1));
    assertThat(Chosen.of(Map.of("run", "x".repeat(5000))).text()).hasSize(200);
  }

  @Test
  void afterSigningInOnlyPagesOfThisServerAreGoneTo() {
    assertThat(MessagePage.next("/runs/20260314-a?x=1")).isEqualTo("/runs/20260314-a?x=1");
    for (String wrong :
        List.of("//evil.example", "https://evil.example", "/\\evil", "", "/sign-in", "/a\r\nb")) {
      assertThat(MessagePage.next(wrong)).as(wrong).isEqualTo("/");
    }
  }
}
