package dev.faultline.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SnippetTest {

  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void whatTheDocumentationShowsIsATestThatRuns() throws IOException {
    String page = Files.readString(Path.of("../../docs/relay.md"));
    List<String> test =
        Files.readAllLines(Path.of("src/test/java/dev/faultline/junit/SlowServerTest.java"));
    Matcher snippet = JAVA.matcher(page);

    assertThat(snippet.find()).isTrue();
    assertThat(snippet.group(1).lines().filter(line -> !line.isBlank())).hasSizeGreaterThan(9);
    assertThat(test).containsAll(snippet.group(1).lines().toList());
  }
}
