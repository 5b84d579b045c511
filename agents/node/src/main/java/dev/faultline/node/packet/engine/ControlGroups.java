package dev.faultline.node.packet.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The control groups of this host, version 2. */
final class ControlGroups {

  private static final Path MOUNTS = Path.of("/proc/self/mounts");
  private static final int FOLDER = 1;
  private static final int TYPE = 2;

  private ControlGroups() {}

  /** The number of a group, which is that of its folder. */
  static long id(Path group) throws PacketRefused {
    try {
      Path folder = mount().resolve(group);
      if (!Files.isDirectory(folder)) {
        throw new PacketRefused("there is no control group " + folder);
      }
      return (long) Files.getAttribute(folder, "unix:ino");
    } catch (PacketRefused refused) {
      throw refused;
    } catch (IOException unreadable) {
      throw new PacketRefused("control groups cannot be read", unreadable);
    }
  }

  private static Path mount() throws IOException {
    return Files.readAllLines(MOUNTS).stream()
        .map(line -> line.split(" "))
        .filter(words -> words.length > TYPE && words[TYPE].equals("cgroup2"))
        .map(words -> Path.of(words[FOLDER]))
        .findFirst()
        .orElseThrow(() -> new PacketRefused("this host has no control groups of version 2"));
  }
}
