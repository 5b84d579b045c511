package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/** What every refusal owes its reader, whatever was wrong. */
final class Manners {

  /** Words of the workshop, which a user of the tool cannot know. */
  private static final Pattern JARGON =
      Pattern.compile(
          "dev\\.faultline|jackson|snakeyaml|fasterxml|java\\.(lang|util|io)|Exception"
              + "|reference chain|deserializ|Cannot construct|\\b(null|JsonNode|token|scalar|enum)\\b"
              + "|<block|%[sdn]",
          Pattern.CASE_INSENSITIVE);

  /** What a refusal quotes, and the path at its end. */
  private static final Pattern OF_THE_FILE =
      Pattern.compile("'[^']*'|\"[^\"]*\"|\\[[^]]*]|\\(.*\\)$");

  private Manners() {}

  static void check(InvalidFile refusal) {
    assertThat(OF_THE_FILE.matcher(refusal.problem()).replaceAll("")).doesNotContainPattern(JARGON);
    assertThat(refusal.problem()).isNotBlank().hasSizeLessThan(1_100);
    refusal
        .place()
        .ifPresent(
            place -> {
              String[] lines = String.valueOf(refusal.getMessage()).lines().toArray(String[]::new);
              assertThat(lines).as(refusal.getMessage()).hasSize(3);
              assertThat(lines[0])
                  .startsWith("%s:%d:%d: ".formatted(refusal.file(), place.line(), place.column()));
              assertThat(lines[1]).hasSizeLessThan(300);
              assertThat(lines[2]).matches(" {4,}\\^");
            });
  }
}
