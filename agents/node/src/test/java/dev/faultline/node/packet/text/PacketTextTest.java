package dev.faultline.node.packet.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.faultline.node.delay.Distribution;
import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.DnsReply;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.Network;
import dev.faultline.node.packet.Owner;
import dev.faultline.node.packet.PacketEffect;
import dev.faultline.node.packet.PacketEffect.Bandwidth;
import dev.faultline.node.packet.PacketEffect.Bursts;
import dev.faultline.node.packet.PacketEffect.Corrupt;
import dev.faultline.node.packet.PacketEffect.Dns;
import dev.faultline.node.packet.PacketEffect.Duplicate;
import dev.faultline.node.packet.PacketEffect.Latency;
import dev.faultline.node.packet.PacketEffect.Loss;
import dev.faultline.node.packet.PacketEffect.Partition;
import dev.faultline.node.packet.PacketEffect.Reorder;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.Ports;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.Share;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What crosses standard input comes out as it went in, and has one spelling. */
class PacketTextTest {

  private static final InetAddress FOUR = InetAddress.ofLiteral("10.0.0.9");
  private static final InetAddress SIX = InetAddress.ofLiteral("2001:db8::9");
  private static final Selection EVERYTHING =
      new Selection(
          Set.of(Direction.OUT),
          Protocol.TCP,
          new Ends(
              List.of(Ports.of(80)),
              List.of(Ports.of(443), new Ports(8000, 8010)),
              List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::/32"))),
          Optional.of("eth0;flush"),
          Optional.of(new Owner.Group(Path.of("system.slice/a b.service"))));

  static List<List<PacketEffect>> effects() {
    Duration time = Duration.ofNanos(1_234_567);
    return List.of(
        List.of(
            new Latency(time, time, Distribution.PARETO, 0.25, false),
            new Loss(0.1),
            new Duplicate(1e-7),
            new Corrupt(1),
            new Reorder(0.5, time),
            new Bandwidth(Long.MAX_VALUE, Duration.ofSeconds(1))),
        List.of(new Dns(List.of("*.shop", "db"), time, new DnsReply.Same())),
        List.of(new Dns(List.of("*"), time, new DnsReply.None())),
        List.of(new Dns(List.of("*"), time, new DnsReply.Failure(DnsReply.Code.REFUSED))),
        List.of(new Dns(List.of("*"), time, new DnsReply.Addresses(List.of(FOUR, SIX)))),
        List.of(new Bursts(0.1, 0.2, 0.3, 0.4)),
        List.of(new Partition(Partition.Manner.REJECT)));
  }

  @ParameterizedTest
  @MethodSource("effects")
  void anOrderIsReadAsItWasWritten(List<PacketEffect> effects) {
    PacketOrder order =
        new PacketOrder.Put("slow", new PacketFault(EVERYTHING, new Share(0.5, 1), effects, -7));

    assertThat(PacketOrder.parse(order.text())).isEqualTo(order);
    assertThat(order.text()).doesNotContain("\n", ";");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "put",
        "read now",
        "remove a/b",
        "put a direction=IN",
        "put a direction=OUT,IN protocol=ANY local=- remote=- peers=- device=- owner=- flows=1.0"
            + " packets=1.0 seed=0 loss:0.5",
        "put a direction=IN protocol=ANY local=- remote=- peers=localhost device=- owner=-"
            + " flows=1.0 packets=1.0 seed=0 loss:0.5",
        "put a direction=IN protocol=ANY local=- remote=- peers=- device=- owner=- flows=1"
            + " packets=1.0 seed=0 loss:0.5",
        "put a direction=IN protocol=ANY local=- remote=- peers=- device=- owner=- flows=1.0"
            + " packets=1.0 seed=0 gravity:0.5"
      })
  void rubbishAndASecondSpellingAreRefused(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> PacketOrder.parse(line));
  }

  static List<Place> places() {
    return List.of(
        new Place.Here(), new Place.Named(Path.of("/run/netns/a b")), new Place.OfProcess(7));
  }

  @ParameterizedTest
  @MethodSource("places")
  void settingsAreReadAsTheyWereWritten(Place place) {
    PacketSettings settings =
        new PacketSettings(
            "run-1", place, Duration.ofMillis(1500), 7, List.of(Ends.local(22), Ends.remote(6443)));

    assertThat(SettingsText.parse(SettingsText.write(settings))).isEqualTo(settings);
  }

  @Test
  void halfOfSettingsIsRefused() {
    List<String> lines =
        SettingsText.write(PacketSettings.of("run", new Place.Here(), Duration.ofSeconds(1)));
    for (int length = 0; length < lines.size(); length++) {
      List<String> half = lines.subList(0, length);
      assertThatIllegalArgumentException().isThrownBy(() -> SettingsText.parse(half));
    }
  }

  @Test
  void aReadingIsReadAsItWasWritten() {
    PacketReading reading =
        new PacketReading(
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            Duration.ofNanos(10),
            Duration.ofNanos(11),
            Duration.ofDays(1));

    assertThat(ReadingText.parse(ReadingText.write(reading))).isEqualTo(reading);
  }
}
