package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every colour of the page is told from what it lies on, as WCAG 2.2 asks at level AA. */
final class ContrastTest {

  private static final double TEXT = 4.5;
  private static final double DRAWING = 3;
  private static final Pattern VARIABLE = Pattern.compile("--([\\w-]+): (#[0-9a-f]{3,6});");
  private static final Set<String> GROUNDS = Set.of("card", "page");

  /** What text and drawings stand on beside the usual grounds. */
  private static final Map<String, Set<String>> ON =
      Map.of(
          "good", Set.of("card", "page", "good-tint"),
          "bad", Set.of("card", "page", "bad-tint"),
          "unsure", Set.of("card", "page", "unsure-tint"),
          "ink",
              Set.of("card", "page", "good-tint", "bad-tint", "unsure-tint", "faint", "fault-tint"),
          "on-part", Set.of("p1", "p2", "p3", "p4"),
          "fault", Set.of("card", "page", "fault-tint"),
          "signal", Set.of("card", "page", "fault-tint"),
          "card", Set.of("signal", "breach", "good", "bad", "unsure"));

  private static final Set<String> DECORATION = Set.of("line", "faint", "fault-tint", "page");

  private String css = "";

  @BeforeEach
  void read() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
      css = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, String> variables(String block) {
    Map<String, String> found = new HashMap<>();
    VARIABLE.matcher(block).results().forEach(one -> found.put(one.group(1), one.group(2)));
    return found;
  }

  private String block(String from) {
    int start = css.indexOf(from);
    assertThat(start).as(from).isNotNegative();
    int root = css.indexOf(":root {", start);
    return css.substring(root, css.indexOf('}', root));
  }

  private List<Map<String, String>> themes() {
    Map<String, String> light = variables(block(":root {"));
    Map<String, String> dark = new HashMap<>(light);
    dark.putAll(variables(block("@media screen and (prefers-color-scheme: dark)")));
    Map<String, String> print = new HashMap<>(light);
    print.putAll(variables(block("@media print")));
    return List.of(light, dark, print);
  }

  /** The variables that a property takes its colour from. */
  private Set<String> used(String property) {
    Set<String> names = new TreeSet<>();
    Pattern.compile("[ {;]" + property + ": var\\(--([\\w-]+)\\)")
        .matcher(css)
        .results()
        .forEach(one -> names.add(one.group(1)));
    return names;
  }

  private Set<String> text() {
    Set<String> names = used("color");
    Matcher drawn = Pattern.compile("svg text[^{]*\\{ fill: var\\(--([\\w-]+)\\)").matcher(css);
    drawn.results().forEach(one -> names.add(one.group(1)));
    return names;
  }

  @Test
  void textIsReadableInLightInDarkAndOnPaper() {
    assertThat(text()).contains("ink", "soft", "link", "on-part", "before", "during", "after");
    assertThat(tooFaint(text(), TEXT)).isEmpty();
  }

  @Test
  void whatDrawingsSayIsSeenInLightInDarkAndOnPaper() {
    Set<String> drawn = used("stroke");
    drawn.addAll(used("fill"));
    drawn.removeAll(DECORATION);
    drawn.removeAll(Set.of("p1", "p2", "p3", "p4"));
    assertThat(drawn).contains("signal", "breach", "fault", "e1", "e2", "e3", "e4", "soft");
    assertThat(tooFaint(drawn, DRAWING)).isEmpty();
  }

  private List<String> tooFaint(Set<String> names, double least) {
    List<String> found = new ArrayList<>();
    for (Map<String, String> theme : themes()) {
      for (String name : names) {
        for (String ground : ON.getOrDefault(name, GROUNDS)) {
          double ratio = ratio(theme, name, ground);
          if (ratio < least) {
            found.add(
                "%s %s on %s %s: %.2f"
                    .formatted(name, theme.get(name), ground, theme.get(ground), ratio));
          }
        }
      }
    }
    return found;
  }

  private static double ratio(Map<String, String> theme, String front, String ground) {
    double a = luminance(Objects.requireNonNull(theme.get(front), front));
    double b = luminance(Objects.requireNonNull(theme.get(ground), ground));
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    String hex =
        colour.length() == 4 ? colour.substring(1).replaceAll("(.)", "$1$1") : colour.substring(1);
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  @Test
  void theMeasureIsTheOneOfTheStandard() {
    Map<String, String> theme = Map.of("black", "#000", "white", "#ffffff", "grey", "#777777");
    assertThat(ratio(theme, "black", "white")).isEqualTo(21);
    assertThat(ratio(theme, "grey", "white")).isBetween(4.47, 4.49);
    assertThat(ratio(theme, "grey", "white")).isEqualTo(ratio(theme, "white", "grey"));
  }
}
