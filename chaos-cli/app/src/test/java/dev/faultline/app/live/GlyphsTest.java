package dev.faultline.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class GlyphsTest {

  @Test
  void theLocaleDecidesTheStrongestVariableFirst() {
    assertThat(Glyphs.of(Map.of("LANG", "de_DE.UTF-8"))).isEqualTo(Glyphs.UNICODE);
    assertThat(Glyphs.of(Map.of("LC_ALL", "C.utf8", "LANG", "C"))).isEqualTo(Glyphs.UNICODE);
    assertThat(Glyphs.of(Map.of("LC_ALL", "C", "LANG", "en_US.UTF-8"))).isEqualTo(Glyphs.ASCII);
    assertThat(Glyphs.of(Map.of())).isEqualTo(Glyphs.ASCII);
  }

  @Test
  void theConsoleOfTheKernelHasNoSuchSigns() {
    assertThat(Glyphs.of(Map.of("LANG", "en_US.UTF-8", "TERM", "linux"))).isEqualTo(Glyphs.ASCII);
  }

  @Test
  void wideSignsTakeTwoColumnsAndAreNeverCutInHalf() {
    assertThat(Columns.of("日本 a\u0301")).isEqualTo(6);
    assertThat(Columns.cut("日本", 3)).isEqualTo("日");
    assertThat(Line.of("日本語").cut(4, Glyphs.UNICODE).text()).isEqualTo("日…");
  }
}
