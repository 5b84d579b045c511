package dev.faultline.model.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Quantity;
import dev.faultline.model.world.Target.Pick;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetTest {

  private static final List<Instance> TEN =
      IntStream.range(0, 10).mapToObj(i -> instance("p" + i)).toList();

  private static Instance instance(String name) {
    return new Instance.ProcessInstance(
        name, name, Optional.empty(), ProcessState.RUNNING, Optional.empty());
  }

  private static Target target(
      Optional<Integer> count, Optional<String> percent, Optional<Pick> pick) {
    return new Target(
        Optional.of(new Selector.Process(List.of("p"))),
        List.of(),
        List.of(),
        Optional.empty(),
        count,
        percent.map(Quantity::parse),
        pick,
        Optional.empty());
  }

  private static List<String> names(List<Instance> chosen) {
    return chosen.stream().map(Instance::name).toList();
  }

  @Test
  void allAreChosenWhereNothingIsSaid() {
    assertThat(target(Optional.empty(), Optional.empty(), Optional.empty()).choose(TEN, 1))
        .isEqualTo(TEN);
  }

  @ParameterizedTest
  @CsvSource({"1%, 1", "10%, 1", "11%, 2", "30%, 3", "99%, 10", "100%, 10"})
  void aShareIsRoundedUp(String percent, int expected) {
    assertThat(target(Optional.empty(), Optional.of(percent), Optional.empty()).choose(TEN, 1))
        .hasSize(expected);
  }

  @Test
  void theFirstAreFirstByNameHoweverTheyWereFound() {
    Target two = target(Optional.of(2), Optional.empty(), Optional.empty());

    assertThat(names(two.choose(TEN.reversed(), 1))).containsExactly("p0", "p1");
  }

  @Test
  void noMoreAreChosenThanThereAre() {
    Target many = target(Optional.of(50), Optional.empty(), Optional.of(Pick.RANDOM));

    assertThat(many.choose(TEN, 1)).containsExactlyInAnyOrderElementsOf(TEN);
    assertThat(many.choose(List.of(), 1)).isEmpty();
  }

  @Test
  void theSameSeedChoosesTheSameHoweverTheyWereFound() {
    Target three = target(Optional.of(3), Optional.empty(), Optional.of(Pick.RANDOM));
    for (long seed = 0; seed < 100; seed++) {
      assertThat(names(three.choose(TEN, seed)))
          .doesNotHaveDuplicates()
          .isEqualTo(names(three.choose(TEN.reversed(), seed)));
    }
  }

  @Test
  void chanceReachesAllOfThemAlike() {
    Target one = target(Optional.of(1), Optional.empty(), Optional.of(Pick.RANDOM));
    int[] hits = new int[10];
    Set<String> seen = new HashSet<>();
    for (long seed = 0; seed < 5_000; seed++) {
      String name = one.choose(TEN, seed).getFirst().name();
      seen.add(name);
      hits[name.charAt(1) - '0']++;
    }
    assertThat(seen).hasSize(10);
    assertThat(IntStream.of(hits).min().orElseThrow()).isGreaterThan(400);
    assertThat(IntStream.of(hits).max().orElseThrow()).isLessThan(600);
  }
}
