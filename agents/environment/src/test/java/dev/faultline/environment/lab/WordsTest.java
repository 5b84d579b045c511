package dev.faultline.environment.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.hands.Placeholders;
import dev.faultline.environment.lives.ExitWords;
import dev.faultline.environment.lives.Seconds;
import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordsTest {

  private final Placeholders placeholders =
      new Placeholders(Map.of("web.http", "8080", "dir", "/a$1/b", "java", "/java"));

  @Test
  void placeholders_are_replaced_wherever_they_stand() {
    assertThat(placeholders.expand(List.of("${dir}/x", "http://h:${web.http}/${web.http}", "$dir")))
        .containsExactly("/a$1/b/x", "http://h:8080/8080", "$dir");
  }

  @Test
  void an_unknown_placeholder_is_refused_with_the_known_ones() {
    assertThatThrownBy(() -> placeholders.expand("${something.else}"))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("unknown placeholder ${something.else}; known: ${dir}, ${java}, ${web.http}");
  }

  @Test
  void ends_are_told_by_signal_or_exit_code() {
    assertThat(ExitWords.of(137)).isEqualTo("SIGKILL");
    assertThat(ExitWords.of(143)).isEqualTo("SIGTERM");
    assertThat(ExitWords.of(3)).isEqualTo("exit code 3");
    assertThat(ExitWords.of(255)).isEqualTo("exit code 255");
  }

  @Test
  void durations_are_told_in_seconds() {
    assertThat(Seconds.words(Duration.ofMillis(430))).isEqualTo("0.4 s");
    assertThat(Seconds.words(Duration.ofSeconds(30))).isEqualTo("30 s");
    assertThat(Seconds.words(Duration.ofMillis(1_960))).isEqualTo("2 s");
  }
}
