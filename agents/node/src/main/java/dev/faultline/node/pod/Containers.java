package dev.faultline.node.pod;

import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.packet.engine.PacketRefused;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the processes of a container among all of its node, by the control group in which the
 * container runtime has put them: its path bears the container's id, whichever version of control
 * groups and whichever runtime it is.
 *
 * @param proc {@code /proc}, as the node itself sees it
 */
record Containers(Path proc) {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32,128}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");

  /**
   * The oldest process of a container that has a network of its own.
   *
   * @throws PacketRefused when the container does not run here, or is in the network of the node
   * @throws IllegalArgumentException when this is not the id of a container
   */
  long pid(String id) throws PacketRefused {
    long pid = inside(id).getFirst();
    requireOwnNetwork(pid);
    return pid;
  }

  /**
   * All processes of a container, as they are at this moment: its first one, which ends it, before
   * the others.
   *
   * @throws PacketRefused when the container does not run here
   * @throws IllegalArgumentException when this is not the id of a container
   */
  List<ProcessIdentity> processes(String id) throws PacketRefused {
    List<ProcessIdentity> processes =
        inside(id).stream()
            .flatMap(pid -> ProcessIdentity.of(pid).stream())
            // One that took the number of another meanwhile is somewhere else.
            .filter(process -> isIn(id, process.pid()))
            .sorted(
                Comparator.comparingLong(ProcessIdentity::startTicks)
                    .thenComparingLong(ProcessIdentity::pid))
            .toList();
    if (processes.isEmpty()) {
      throw ended(id);
    }
    return processes;
  }

  private List<Long> inside(String id) throws PacketRefused {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not the id of a container: '" + id + "'");
    }
    List<Long> inside = pids().stream().filter(pid -> isIn(id, pid)).toList();
    if (inside.isEmpty()) {
      throw ended(id);
    }
    return inside;
  }

  private static PacketRefused ended(String id) {
    return new PacketRefused(
        "no process of container %s runs on this node; has it ended?".formatted(id));
  }

  private List<Long> pids() throws PacketRefused {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc)) {
      for (Path folder : folders) {
        String name = folder.getFileName().toString();
        if (NUMBER.matcher(name).matches()) {
          pids.add(Long.parseLong(name));
        }
      }
    } catch (IOException hidden) {
      throw new PacketRefused("processes of the node are not shown", hidden);
    }
    Collections.sort(pids);
    return pids;
  }

  private boolean isIn(String id, long pid) {
    try {
      return Files.readString(file(pid, "cgroup")).contains(id);
    } catch (IOException ended) {
      return false;
    }
  }

  private void requireOwnNetwork(long pid) throws PacketRefused {
    try {
      if (Files.isSameFile(file(pid, "ns/net"), file(1, "ns/net"))) {
        throw new PacketRefused("the pod is in the network of its node, which all there share");
      }
    } catch (PacketRefused refused) {
      throw refused;
    } catch (IOException hidden) {
      throw new PacketRefused(
          "the network of the pod is not shown, which takes the right SYS_PTRACE", hidden);
    }
  }

  private Path file(long pid, String name) {
    return proc.resolve(Long.toString(pid)).resolve(name);
  }
}
