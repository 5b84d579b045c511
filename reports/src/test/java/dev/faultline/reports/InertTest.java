package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InertTest {

  private final Inert inert = new Inert(10);

  @Test
  void ordinaryTextStaysAsItIs() {
    assertThat(new Inert(20).shown("häßlich 漢\n\t")).isEqualTo("häßlich 漢\n\t");
  }

  @Test
  void controlCharactersAndDirectionsBecomeVisible() {
    assertThat(inert.shown("a\u0000b\u202Ec")).isEqualTo("a⟨U+0000⟩b⟨U+202E⟩c");
    assertThat(inert.shown("\u2066\u200B\u001B")).isEqualTo("⟨U+2066⟩⟨U+200B⟩⟨U+001B⟩");
  }

  @Test
  void halfACharacterBecomesVisible() {
    assertThat(inert.shown("\uD83D")).isEqualTo("⟨U+D83D⟩");
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertThat(inert.shown("0123456789abc")).isEqualTo("0123456789… (3 characters more)");
    assertThat(inert.shown("012345678😀ab")).isEqualTo("012345678… (4 characters more)");
  }
}
