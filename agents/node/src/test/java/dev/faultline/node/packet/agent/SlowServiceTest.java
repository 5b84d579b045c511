package dev.faultline.node.packet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect.Latency;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.Probe;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.TestNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of docs/packets.md. */
class SlowServiceTest {

  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void aServiceBecomesSlow() throws Exception {
    try (TestNetwork network = TestNetwork.create();
        Probe probe = Probe.on(network, "127.0.0.1")) {
      breakFor(new Place.Named(network.path()), probe);
    }
  }

  private static void breakFor(Place place, Probe service) throws Exception {
    Duration bound = Duration.ofSeconds(30);
    PacketSettings settings = PacketSettings.of("run-1", place, Duration.ofSeconds(30));
    try (RunningPackets packets = PacketLauncher.likeThisProcess().start(settings, bound)) {
      Selection requests = Selection.of(Protocol.UDP, Ends.local(service.port()), Direction.IN);
      packets.put("slow", PacketFault.of(requests, Latency.of(Duration.ofMillis(100))));
      packets.renew(); // well before the lease ends, again and again
      service.send(1);
      service.await(1);
      PacketReading reading = packets.remove("slow");
      assertThat(reading.least()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void theDocumentationShowsIt() throws Exception {
    Matcher snippet = JAVA.matcher(Files.readString(Path.of("../../docs/packets.md")));
    List<String> test =
        Files.readAllLines(
            Path.of("src/test/java/dev/faultline/node/packet/agent/SlowServiceTest.java"));

    assertThat(snippet.find()).isTrue();
    assertThat(snippet.group(1).lines().filter(line -> !line.isBlank())).hasSizeGreaterThan(9);
    assertThat(test).containsAll(snippet.group(1).lines().toList());
  }
}
