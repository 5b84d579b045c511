package dev.faultline.environment.hands;

import dev.faultline.model.world.MachineRoom;
import dev.faultline.model.world.MachineRoom.DiskRoom;
import dev.faultline.model.world.MachineRoom.PortRoom;
import dev.faultline.model.world.Strain;
import dev.faultline.node.host.EphemeralPorts;
import dev.faultline.node.host.ProcFile;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What this machine has left.
 *
 * @param journal a folder on the file system of the runs' journal, which need not be there yet
 * @param expand replaces placeholders in a path
 */
record MachineRooms(Path journal, UnaryOperator<String> expand) {

  /**
   * What is left now.
   *
   * @throws IOException when it cannot be told, or the path of the strain is no folder
   * @throws IllegalArgumentException when a placeholder stands for nothing
   */
  MachineRoom room(Strain strain) throws IOException {
    Optional<Path> folder = strain.path().map(expand).map(Path::of);
    return new MachineRoom(
        Runtime.getRuntime().availableProcessors(),
        ProcFile.memoryAvailable(),
        folder.isPresent() ? Optional.of(disk(folder.get())) : Optional.empty(),
        ports(strain));
  }

  /** The folder of a strain, as it is meant. */
  Path folder(String path) throws IOException {
    Path folder = Path.of(expand.apply(path));
    if (!folder.isAbsolute() || !Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    return folder;
  }

  /** Of another network it is not known before it is entered. */
  private static Optional<PortRoom> ports(Strain strain) throws IOException {
    return strain instanceof Strain.Ports ports && ports.network().isEmpty()
        ? Optional.of(new PortRoom(EphemeralPorts.read().cardinality(), ProcFile.mostDescriptors()))
        : Optional.empty();
  }

  private DiskRoom disk(Path path) throws IOException {
    Path folder = folder(path.toString());
    FileStore store = Files.getFileStore(folder);
    return new DiskRoom(
        store.getUsableSpace(),
        isSame(folder, existing(journal)),
        List.of("tmpfs", "ramfs").contains(store.type()));
  }

  /**
   * Whether both are on one file system. It may be seen under two numbers (an overlay and what is
   * below it, volumes of btrfs): then it has the same size and the same space left.
   */
  private static boolean isSame(Path one, Path other) throws IOException {
    if (Files.getAttribute(one, "unix:dev").equals(Files.getAttribute(other, "unix:dev"))) {
      return true;
    }
    FileStore first = Files.getFileStore(one);
    FileStore second = Files.getFileStore(other);
    return !first.type().equals("tmpfs")
        && first.getTotalSpace() == second.getTotalSpace()
        && first.getUnallocatedSpace() == second.getUnallocatedSpace();
  }

  private static Path existing(Path path) {
    Path at = path.toAbsolutePath();
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }
}
