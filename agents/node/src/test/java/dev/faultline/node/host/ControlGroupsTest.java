package dev.faultline.node.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control groups of containers, as kernels of both versions show them. */
class ControlGroupsTest {

  private static final String ID = "ab".repeat(32);
  private static final String POD = "/kubepods/burstable/pod7/";

  private static final List<String> NEWER =
      List.of(
          "23 1 0:21 / / rw,relatime - ext4 /dev/vda1 rw",
          "35 23 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate");

  private static final List<String> OLDER =
      List.of(
          "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:3 - cgroup cgroup rw,cpu,cpuacct",
          "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory",
          "40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd",
          "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw");

  @TempDir private Path folder;

  private Path root() {
    return folder.resolve("1/root");
  }

  private Path write(String file, String text) throws IOException {
    Path path = root().resolve("sys/fs/cgroup/" + file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private ControlGroups groups(List<String> places, List<String> mounts) throws IOException {
    Files.createDirectories(folder.resolve("7"));
    Files.createDirectories(folder.resolve("1"));
    Files.write(folder.resolve("7/cgroup"), places);
    Files.write(folder.resolve("1/mountinfo"), mounts);
    return ControlGroups.of(folder, 7, ID);
  }

  @Test
  void inVersionTwoThereIsOneForAll() throws Exception {
    ControlGroups groups = groups(List.of("0::" + POD + ID), NEWER);

    assertThat(groups.groups())
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.folder()).isEqualTo(root().resolve("sys/fs/cgroup" + POD + ID));
              assertThat(group.isOf("cpu")).isTrue();
            });
  }

  @Test
  void inVersionOneThereIsOneForEachKind() throws Exception {
    ControlGroups groups =
        groups(
            List.of(
                "9:name=systemd:" + POD + ID,
                "4:memory:" + POD + ID,
                "3:cpuset:" + POD + ID,
                "2:cpu,cpuacct:" + POD + ID,
                "1:pids:/",
                "0::/"),
            OLDER);

    assertThat(groups.groups())
        .extracting(ControlGroups.Group::kinds)
        .containsExactly(Set.of("name=systemd"), Set.of("memory"), Set.of("cpu", "cpuacct"));
    assertThat(groups.groups().getLast().folder())
        .isEqualTo(root().resolve("sys/fs/cgroup/cpu,cpuacct" + POD + ID));
  }

  @Test
  void aPartOfAHierarchyThatIsMountedIsTakenFromThere() {
    List<String> nested = List.of("35 23 0:30 /outer /sys/fs/cgroup rw - cgroup2 cgroup2 rw");

    assertThat(
            ControlGroups.find(
                List.of("0::/outer/kubepods/" + ID), nested, Path.of("/proc/1/root"), ID))
        .extracting(ControlGroups.Group::folder)
        .containsExactly(Path.of("/proc/1/root/sys/fs/cgroup/kubepods/" + ID));
    assertThat(
            ControlGroups.find(List.of("0::/kubepods/" + ID), nested, Path.of("/proc/1/root"), ID))
        .isEmpty();
  }

  @Test
  void oneThatIsNotShownIsRefused() {
    // As a namespace shows what is outside of it.
    assertThatThrownBy(() -> groups(List.of("0::/../../pod7/" + ID), NEWER))
        .hasMessageContaining("shows no control group of container");
    assertThatThrownBy(() -> groups(List.of("0::/other"), NEWER))
        .hasMessageContaining("shows no control group of container");
  }

  @Test
  void limitsOfVersionTwoAreRead() throws Exception {
    ControlGroups groups = groups(List.of("0::" + POD + ID), NEWER);
    write(POD + ID + "/cpu.max", "max 100000\n");
    write(POD + "cpu.max", "150000 100000\n");
    write(POD + ID + "/cpu.stat", "usage_usec 7000\nuser_usec 1\n");
    write(POD + ID + "/memory.max", "104857600\n");
    write(POD + ID + "/memory.current", "62914560\n");
    write(POD + ID + "/memory.stat", "anon 1\ninactive_file 20971520\n");
    write(POD + "memory.max", "max\n");

    assertThat(groups.cores()).contains(1.5);
    assertThat(groups.usedNanos()).isEqualTo(7_000_000);
    assertThat(groups.memoryLeft()).contains(60L << 20);
  }

  @Test
  void limitsOfVersionOneAreRead() throws Exception {
    ControlGroups groups =
        groups(List.of("4:memory:" + POD + ID, "2:cpu,cpuacct:" + POD + ID), OLDER);
    write("cpu,cpuacct" + POD + ID + "/cpu.cfs_quota_us", "20000\n");
    write("cpu,cpuacct" + POD + ID + "/cpu.cfs_period_us", "100000\n");
    write("cpu,cpuacct" + POD + "cpu.cfs_quota_us", "-1\n");
    write("cpu,cpuacct" + POD + "cpu.cfs_period_us", "100000\n");
    write("cpu,cpuacct" + POD + ID + "/cpuacct.usage", "7000000\n");
    write("memory" + POD + ID + "/memory.limit_in_bytes", "104857600\n");
    write("memory" + POD + ID + "/memory.usage_in_bytes", "62914560\n");
    write("memory" + POD + ID + "/memory.stat", "inactive_file 1\ntotal_inactive_file 20971520\n");
    write("memory" + POD + "memory.limit_in_bytes", "9223372036854771712\n");

    assertThat(groups.cores()).contains(0.2);
    assertThat(groups.usedNanos()).isEqualTo(7_000_000);
    assertThat(groups.memoryLeft()).contains(60L << 20);
  }

  @Test
  void whereNothingLimitsThereIsNoLimit() throws Exception {
    ControlGroups groups = groups(List.of("0::" + POD + ID), NEWER);

    assertThat(groups.cores()).isEmpty();
    assertThat(groups.memoryLeft()).isEmpty();
  }

  @Test
  void allAreJoined() throws Exception {
    ControlGroups groups =
        groups(List.of("4:memory:" + POD + ID, "2:cpu,cpuacct:" + POD + ID), OLDER);
    Path cpu = write("cpu,cpuacct" + POD + ID + "/cgroup.procs", "");
    Path memory = write("memory" + POD + ID + "/cgroup.procs", "");

    groups.join();

    assertThat(cpu).hasContent("0");
    assertThat(memory).hasContent("0");
  }
}
