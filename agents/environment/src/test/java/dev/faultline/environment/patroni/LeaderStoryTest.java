package dev.faultline.environment.patroni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaderStoryTest {

  /** A cluster of a, b and c, in which a leads. */
  private static final class Stage implements Sight {
    private Optional<String> holder = Optional.of("a");
    private boolean silent;
    private boolean orderly;
    private final Set<String> living = new HashSet<>(Set.of("a", "b", "c"));
    private final Map<String, String> states = new HashMap<>();
    private final Map<String, Long> writing = new HashMap<>(Map.of("a", 1L));

    @Override
    public Optional<String> holder() throws IOException {
      if (silent) {
        throw new IOException("no answer");
      }
      return holder;
    }

    @Override
    public boolean serverLives(String node) {
      return living.contains(node);
    }

    @Override
    public String serverState(String node) {
      return states.getOrDefault(node, "unknown");
    }

    @Override
    public Optional<Long> takesWritesOn(String node) {
      return Optional.ofNullable(writing.get(node));
    }

    @Override
    public boolean isOrderly() {
      return orderly;
    }
  }

  private final Stage stage = new Stage();
  private final List<String> told = new ArrayList<>();
  private final LeaderStory story =
      new LeaderStory("a", stage, (kind, words) -> told.add(kind + " " + words));

  @Test
  void aLeaderThatLeadsIsNoStory() throws Exception {
    story.look();
    story.look();

    assertThat(told).isEmpty();
    assertThat(story.isLed()).isTrue();
  }

  @Test
  void eachStepOfAFailoverIsToldOnceAndWhenItIsSeen() throws Exception {
    stage.holder = Optional.empty();
    story.look();
    story.look();
    assertThat(told).containsExactly("DETECTED a no longer holds the leader's lock");
    assertThat(story.isLed()).isFalse();

    stage.holder = Optional.of("b");
    story.look();
    story.look();
    assertThat(told).hasSize(2).endsWith("MITIGATED b holds the leader's lock: it is elected");
    assertThat(story.leader()).isEqualTo("a");

    stage.writing.put("b", 2L);
    story.look();
    story.look();
    assertThat(told).hasSize(3);
    assertThat(told.getLast()).startsWith("PROMOTED b takes writes on timeline 2, after 0.");
    assertThat(story.leader()).isEqualTo("b");
    assertThat(story.isLed()).isTrue();
  }

  @Test
  void aLockThatChangesHandsBetweenTwoLooksIsDetectedAndMitigatedAtOnce() throws Exception {
    stage.holder = Optional.of("b");
    story.look();

    assertThat(told)
        .containsExactly(
            "DETECTED a no longer holds the leader's lock",
            "MITIGATED b holds the leader's lock: it is elected");
  }

  @Test
  void whoeverIsElectedMayLoseTheLockBeforeItTakesWrites() throws Exception {
    stage.holder = Optional.of("b");
    story.look();
    stage.holder = Optional.of("c");
    stage.writing.put("c", 3L);
    story.look();
    story.look();

    assertThat(told)
        .hasSize(5)
        .contains(
            "DETECTED b no longer holds the leader's lock",
            "MITIGATED c holds the leader's lock: it is elected");
    assertThat(story.leader()).isEqualTo("c");
  }

  @Test
  void aServerThatEndedIsDetectedWhenItsAgentSaysSo() throws Exception {
    stage.living.remove("a");
    stage.writing.clear();
    story.look();
    story.look();
    assertThat(told).as("the agent has not noticed").isEmpty();

    stage.states.put("a", "starting");
    story.look();
    story.look();
    assertThat(told)
        .containsExactly(
            "DETECTED the agent of a noticed that its server ended",
            "MITIGATED the agent of a starts its server again");

    stage.writing.put("a", 1L);
    story.look();
    assertThat(told).hasSize(3).endsWith("PROMOTED a takes writes again on timeline 1");
    assertThat(story.isLed()).isTrue();
  }

  @Test
  void aServerThatEndedMayCostItsNodeTheLock() throws Exception {
    stage.living.remove("a");
    stage.writing.clear();
    story.look();
    stage.states.put("a", "crashed");
    story.look();
    stage.holder = Optional.empty();
    story.look();

    assertThat(told)
        .containsExactly(
            "DETECTED the agent of a noticed that its server ended",
            "NOTE a no longer holds the leader's lock");
  }

  @Test
  void inASwitchoverThereIsNothingToDetect() throws Exception {
    stage.orderly = true;
    stage.living.remove("a");
    stage.states.put("a", "stopped");
    stage.writing.clear();
    story.look();
    story.look();
    stage.holder = Optional.empty();
    story.look();

    assertThat(told).containsExactly("NOTE a no longer holds the leader's lock");
  }

  @Test
  void anEtcdThatDoesNotAnswerSaysNothingAboutTheLeader() throws Exception {
    stage.silent = true;
    assertThatThrownBy(story::look).isInstanceOf(IOException.class);
    stage.silent = false;
    story.look();

    assertThat(told).isEmpty();
  }
}
