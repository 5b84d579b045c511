package dev.faultline.node.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.packet.engine.PacketRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container is found by the control group of its processes. */
class ContainersTest {

  private static final String ID =
      "2f1b7cb0fc5d8250ea9e3d9269c4591fc3e7bd251485983beffb5f710cc6a6fb";

  @TempDir private Path proc;
  private Path nodes;
  private Path pods;

  @BeforeEach
  void aNodeWithItsFirstProcess() throws IOException {
    nodes = Files.createFile(proc.resolve("net-of-node"));
    pods = Files.createFile(proc.resolve("net-of-pod"));
    process(1, "0::/init.scope\n", nodes);
    Files.createDirectory(proc.resolve("self"));
  }

  private void process(long pid, String cgroup, Path network) throws IOException {
    Path folder = proc.resolve(Long.toString(pid));
    Files.createDirectories(folder.resolve("ns"));
    Files.writeString(folder.resolve("cgroup"), cgroup);
    Files.createSymbolicLink(folder.resolve("ns/net"), network);
  }

  private Containers containers() {
    return new Containers(proc);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-%s.scope\n",
        "0::/../../kubepods-besteffort-pod1.slice/crio-%s.scope\n",
        "12:pids:/kubepods/besteffort/pod1/%s\n11:memory:/kubepods/besteffort/pod1/%1$s\n"
      })
  void itsOldestProcessIsFoundWithEveryRuntimeAndVersion(String cgroup) throws Exception {
    process(9, "0::/kubepods/pod2/" + "ab".repeat(32), pods);
    process(110, cgroup.formatted(ID), pods);
    process(20, cgroup.formatted(ID), pods);

    assertThat(containers().pid(ID)).isEqualTo(20);
  }

  @Test
  void oneThatHasEndedIsRefused() {
    assertThatThrownBy(() -> containers().pid(ID))
        .isInstanceOf(PacketRefused.class)
        .hasMessageContaining("runs on this node");
  }

  @Test
  void oneInTheNetworkOfItsNodeIsRefused() throws Exception {
    process(20, "0::/kubepods/pod1/" + ID, nodes);

    assertThatThrownBy(() -> containers().pid(ID))
        .isInstanceOf(PacketRefused.class)
        .hasMessageContaining("network of its node");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kubepods", "2f1b", "containerd://2f1b7cb0fc5d8250ea9e3d9269c4591f"})
  void whatIsNoIdIsRefusedForItCouldMeanOthers(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> containers().pid(id));
  }
}
