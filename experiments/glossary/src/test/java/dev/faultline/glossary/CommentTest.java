package dev.faultline.glossary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CommentTest {

  private static final String RAW =
      """
       How many writers: {@code writers: 8}.

       <p>In a lab {@code ${NAME.PORT}} stands for
       a port, see {@link Lab#ports} and {@link Lab the lab}.

       @param writers from 1 to 256;
           4 when absent
       @param env {@code {A: b}} &lt;here&gt;
       @throws IllegalStateException never
      """;

  @Test
  void theTextIsOneLineWithoutMarkup() {
    assertThat(Comment.of(RAW).text())
        .isEqualTo(
            "How many writers: `writers: 8`. In a lab `${NAME.PORT}` stands for a port, see"
                + " ports and the lab.");
  }

  @Test
  void eachPartHasItsOwnText() {
    assertThat(Comment.of(RAW).part("writers")).contains("from 1 to 256; 4 when absent");
    assertThat(Comment.of(RAW).part("env")).contains("`{A: b}` <here>");
    assertThat(Comment.of(RAW).part("nobody")).isEmpty();
  }

  @Test
  void aCommentMayHaveNoParts() {
    assertThat(Comment.of(" Never. ")).isEqualTo(new Comment("Never.", java.util.Map.of()));
  }
}
