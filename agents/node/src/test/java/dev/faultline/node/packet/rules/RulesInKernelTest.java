package dev.faultline.node.packet.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.Network;
import dev.faultline.node.packet.Owner;
import dev.faultline.node.packet.PacketEffect.Partition;
import dev.faultline.node.packet.PacketEffect.Partition.Manner;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.Ports;
import dev.faultline.node.packet.Probe;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.Share;
import dev.faultline.node.packet.TestNetwork;
import dev.faultline.node.packet.engine.PacketEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the kernel took our rules for, as {@code nft} tells it, and which packets they choose. */
class RulesInKernelTest {

  private TestNetwork network;
  private PacketEngine engine;

  @BeforeEach
  void start() throws Exception {
    network = TestNetwork.create();
    engine =
        PacketEngine.start(
            PacketSettings.of("rules", new Place.Named(network.path()), Duration.ofMinutes(5)));
  }

  @AfterEach
  void end() throws Exception {
    if (engine != null) {
      engine.close();
    }
    if (network != null) {
      network.close();
    }
  }

  private List<String> rules(PacketFault fault) throws Exception {
    engine.put("fault", fault);
    return network
        .nft("list", "table", "inet", engine.table())
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private static Partition drop() {
    return new Partition(Manner.DROP);
  }

  @Test
  void eachConditionIsThere() throws Exception {
    Ends ends =
        new Ends(
            List.of(Ports.of(80)),
            List.of(new Ports(8000, 8010), Ports.of(443)),
            List.of(Network.parse("10.1.0.0/16"), Network.parse("2001:db8::/32")));
    Selection selection =
        new Selection(
            Set.of(Direction.OUT),
            Protocol.ANY,
            ends,
            Optional.of("eth0"),
            Optional.of(new Owner.User(1000)));

    List<String> rules = rules(PacketFault.of(selection, new Partition(Manner.REJECT)));

    assertThat(rules)
        .anyMatch(line -> line.matches("type filter hook output priority -\\d+; policy accept;"))
        .contains(
            "flags owner",
            "icmpv6 type 133-137 accept",
            "tcp sport 22 accept",
            "meta nfproto @lease goto f0_out_1",
            "meta l4proto tcp goto f0_out_2",
            "meta l4proto udp goto f0_out_2",
            "th sport 80 goto f0_out_3",
            "th dport 8000-8010 goto f0_out_4",
            "th dport 443 goto f0_out_4",
            "ip daddr 10.1.0.0/16 goto f0_out_5",
            "ip6 daddr 2001:db8::/32 goto f0_out_5",
            "oifname \"eth0\" goto f0_out_6",
            "meta skuid 1000 goto f0_out_7",
            "meta l4proto tcp counter name \"f0_out\" reject with tcp reset");
  }

  @Test
  void whatComesInIsSeenFromTheOtherSide() throws Exception {
    Ends ends =
        new Ends(
            List.of(Ports.of(80)), List.of(Ports.of(443)), List.of(Network.parse("10.1.0.0/16")));
    Selection selection =
        new Selection(
            Set.of(Direction.IN), Protocol.TCP, ends, Optional.of("eth0"), Optional.empty());

    assertThat(rules(PacketFault.of(selection, drop())))
        .contains(
            "tcp dport 22 accept",
            "th dport 80 goto f0_in_3",
            "th sport 443 goto f0_in_4",
            "ip saddr 10.1.0.0/16 goto f0_in_5",
            "iifname \"eth0\" goto f0_in_6",
            "counter name \"f0_in\" drop");
  }

  @Test
  void aShareOfFlowsIsChosenForGood() throws Exception {
    int count = 400;
    List<Probe> probes = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        probes.add(Probe.on(network, i % 2 == 0 ? "127.0.0.1" : "::1"));
      }
      List<Boolean> once = chosen(probes);
      long hit = once.stream().filter(it -> it).count();
      assertThat((double) hit).isCloseTo(0.3 * count, within(5 * Math.sqrt(0.3 * 0.7 * count)));
      assertThat(chosen(probes)).isEqualTo(once);
    } finally {
      probes.forEach(Probe::close);
    }
  }

  /** Which of them a fault that hits a share of flows stops. */
  private List<Boolean> chosen(List<Probe> probes) throws Exception {
    Selection all = Selection.of(Protocol.UDP, Ends.ANY, Direction.IN);
    engine.put("flows", new PacketFault(all, new Share(0.3, 1), List.of(drop()), 5));
    List<Integer> before = probes.stream().map(probe -> probe.arrivals().size()).toList();
    for (Probe probe : probes) {
      probe.send(1);
    }
    engine.remove("flows");
    // One more for each, behind the first one: when it is there, the first one is or never comes.
    for (Probe probe : probes) {
      probe.send(1);
    }
    List<Boolean> chosen = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      int had = before.get(i);
      int first = probes.get(i).await(had + 1).get(had).number();
      chosen.add(first % 2 != 0);
      if (first % 2 == 0) {
        probes.get(i).await(had + 2);
      }
    }
    return chosen;
  }
}
