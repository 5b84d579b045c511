package dev.faultline.node.packet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.packet.TestNetwork;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RehearsalTest {

  @Test
  void whereTheEngineWorksNothingIsLackingAndNothingIsLeft() throws Exception {
    try (TestNetwork network = TestNetwork.create()) {
      assertThat(network.nft("list", "ruleset")).isEmpty();
      assertThat(Rehearsal.lacking()).isEmpty();
    }
  }

  @Test
  void whoMayNotDoItIsToldWhy() throws Exception {
    try (TestNetwork network = TestNetwork.create()) {
      assertThat(network.nft("list", "ruleset")).isEmpty();
      Process nobody =
          new ProcessBuilder(
                  "setpriv",
                  "--bounding-set=-net_admin,-sys_admin",
                  "--inh-caps=-net_admin,-sys_admin",
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Tells.class.getName())
              .redirectErrorStream(true)
              .start();

      String said = new String(nobody.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(nobody.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(said).contains("a network of its own");
    }
  }

  /** Says what is lacking. */
  static final class Tells {
    private Tells() {}

    public static void main(String[] args) throws Exception {
      System.out.println(Rehearsal.lacking().orElse("nothing"));
    }
  }
}
