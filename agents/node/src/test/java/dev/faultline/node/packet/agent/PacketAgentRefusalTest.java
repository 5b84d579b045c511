package dev.faultline.node.packet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.text.SettingsText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that does not understand its settings does nothing, and says so. */
class PacketAgentRefusalTest {

  private record Ended(int exit, String said) {}

  private static Ended run(String input) throws IOException, InterruptedException {
    PacketLauncher like = PacketLauncher.likeThisProcess();
    Process agent =
        new ProcessBuilder(
                like.java().toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                like.classPath(),
                PacketAgent.class.getName())
            .start();
    try (OutputStream in = agent.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.US_ASCII));
    }
    String said = new String(agent.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(agent.exitValue(), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rubbish\n", "faultline-packets 2\n", "faultline-packets 1\nbegin\n"})
  void rubbishEndsItAtOnce(String input) throws Exception {
    Ended ended = run(input);

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.said()).startsWith("refused ").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/run/netns/there-is-none", "/dev/null"})
  void whereItCannotEnterItIsNotReady(String place) throws Exception {
    PacketSettings settings =
        PacketSettings.of("run", new Place.Named(Path.of(place)), Duration.ofSeconds(5));

    Ended ended = run(String.join("\n", SettingsText.write(settings)) + "\n");

    assertThat(ended.exit()).isEqualTo(5);
    assertThat(ended.said()).startsWith("refused the network namespace " + place);
  }
}
