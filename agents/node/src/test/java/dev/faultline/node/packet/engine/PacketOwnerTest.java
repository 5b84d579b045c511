package dev.faultline.node.packet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.node.Await;
import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.Owner;
import dev.faultline.node.packet.PacketEffect.Partition;
import dev.faultline.node.packet.PacketEffect.Partition.Manner;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.Probe;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.TestNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fault that hits one program of a host, and spares the others. */
class PacketOwnerTest {

  private TestNetwork network;
  private PacketEngine engine;
  private Probe probe;

  @BeforeEach
  void start() throws Exception {
    network = TestNetwork.create();
    probe = Probe.on(network, "127.0.0.1");
    engine =
        PacketEngine.start(
            PacketSettings.of("owner", new Place.Named(network.path()), Duration.ofMinutes(5)));
  }

  @AfterEach
  void end() throws Exception {
    if (engine != null) {
      engine.close();
    }
    if (probe != null) {
      probe.close();
    }
    if (network != null) {
      network.close();
    }
  }

  private void partition(Owner owner) throws PacketRefused {
    Selection selection =
        new Selection(
            Set.of(Direction.OUT),
            Protocol.UDP,
            Ends.remote(probe.port()),
            Optional.empty(),
            Optional.of(owner));
    engine.put("fault", PacketFault.of(selection, new Partition(Manner.DROP)));
  }

  /** Has a shell send a datagram, after what it does first. */
  private void shell(String first, String... prefix) throws Exception {
    String[] command = new String[prefix.length + 3];
    System.arraycopy(prefix, 0, command, 0, prefix.length);
    command[prefix.length] = "bash";
    command[prefix.length + 1] = "-c";
    command[prefix.length + 2] = first + " printf '%064d' 0 > /dev/udp/127.0.0.1/" + probe.port();
    network.run(command);
  }

  private long matched() throws PacketRefused {
    return engine.readings().values().stream().mapToLong(PacketReading::matched).sum();
  }

  private void assertHit() throws Exception {
    Await.until("hit", () -> matched() == 1);
    probe.mustPass();
    assertThat(probe.arrivals()).hasSize(1);
  }

  @Test
  void whatAUserSendsIsHitAlone() throws Exception {
    partition(new Owner.User(65_534));

    shell("", "setpriv", "--reuid=65534", "--clear-groups");

    assertHit();
  }

  @Test
  void whatAControlGroupSendsIsHitAlone() throws Exception {
    Path group = groups().resolve("flt-" + ProcessHandle.current().pid());
    Files.createDirectory(group);
    try {
      partition(new Owner.Group(group.getFileName()));

      shell("echo $$ > " + group.resolve("cgroup.procs") + " &&");

      assertHit();
    } finally {
      Await.until(
          "an empty group", () -> Files.readString(group.resolve("cgroup.procs")).isEmpty());
      Files.delete(group);
    }
  }

  @Test
  void aControlGroupThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> partition(new Owner.Group(Path.of("there/is-none"))))
        .isInstanceOf(PacketRefused.class);
  }

  private static Path groups() throws IOException {
    Optional<Path> mount =
        Files.readAllLines(Path.of("/proc/self/mounts")).stream()
            .map(line -> line.split(" "))
            .filter(words -> words[2].equals("cgroup2"))
            .map(words -> Path.of(words[1]))
            .findFirst();
    assumeTrue(mount.filter(Files::isWritable).isPresent(), "needs control groups of version 2");
    return mount.orElseThrow();
  }
}
