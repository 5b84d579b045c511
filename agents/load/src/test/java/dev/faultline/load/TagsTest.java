package dev.faultline.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TagsTest {

  @Test
  void taggedRequestsAreSpreadEvenly() {
    Tags tags = Tags.of(0.3);
    String row =
        Stream.generate(() -> tags.next() ? "x" : ".").limit(20).collect(Collectors.joining());

    assertThat(row).isEqualTo("...x..x..x...x..x..x");
  }
}
