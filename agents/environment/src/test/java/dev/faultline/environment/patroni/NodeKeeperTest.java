package dev.faultline.environment.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.postgres.NodeFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeKeeperTest {

  private static final class Node implements NodeKeeper.Kept {
    private boolean alive = true;
    private boolean broken;

    @Override
    public String name() {
      return "a";
    }

    @Override
    public boolean isAlive() {
      return alive;
    }

    @Override
    public void start() throws NodeFailure {
      if (broken) {
        throw new NodeFailure("a cannot be started");
      }
      alive = true;
    }
  }

  private final Node node = new Node();
  private final List<String> notes = new ArrayList<>();
  private final NodeKeeper keeper =
      new NodeKeeper(List.of(node), Duration.ofSeconds(80), notes::add);

  private void lookAt(double seconds, String leader, boolean led) throws Exception {
    keeper.look(leader, led, Math.round(seconds * 1e9));
  }

  @Test
  void aNodeComesBackSomeSecondsAfterAnotherLeads() throws Exception {
    lookAt(0, "a", true);
    node.alive = false;
    lookAt(1, "a", true);
    lookAt(19, "a", false);
    lookAt(20, "b", true);
    lookAt(24.9, "b", true);
    assertThat(node.alive).isFalse();

    lookAt(25, "b", true);

    assertThat(node.alive).isTrue();
    assertThat(notes).containsExactly("starting a again, after 24 s: b leads");
  }

  @Test
  void anOldLeaderStaysAwayWhileItsLockLives() throws Exception {
    node.alive = false;
    lookAt(0, "a", true);
    lookAt(79, "a", true);
    assertThat(node.alive).isFalse();

    lookAt(80, "a", true);

    assertThat(notes).containsExactly("starting a again, after 80 s: nobody else leads");
  }

  @Test
  void aNodeThatCannotBeStartedIsTriedAgainAfterThePause() throws Exception {
    node.alive = false;
    node.broken = true;
    lookAt(0, "b", true);
    lookAt(5, "b", true);
    assertThat(notes).containsExactly("a cannot be started");
    node.broken = false;
    lookAt(6, "b", true);
    lookAt(10, "b", true);
    assertThat(node.alive).isFalse();

    lookAt(11, "b", true);

    assertThat(node.alive).isTrue();
  }
}
