package dev.faultline.environment.hands;

import dev.faultline.model.environment.Local.LocalProcess;
import dev.faultline.node.Bearers;
import dev.faultline.node.Bearers.Bearer;
import dev.faultline.node.CommandLine;
import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks through the processes of this machine for those that are meant. */
final class FoundProcesses {

  /** The classes of Faultline's own programs: no run disturbs another, or itself. */
  private static final String OURS = "dev.faultline.";

  /** What tells those that are meant. */
  @FunctionalInterface
  private interface Sign {
    boolean isOn(long pid) throws IOException;
  }

  private FoundProcesses() {}

  /**
   * All that live now, by their numbers; those that {@code /proc} hides from us are not found.
   *
   * @param how by anything but a pid file
   */
  static List<ProcessIdentity> of(LocalProcess how) {
    Sign sign = sign(how);
    Set<Long> own =
        Stream.iterate(
                Optional.of(ProcessHandle.current()),
                Optional::isPresent,
                process -> process.flatMap(ProcessHandle::parent))
            .map(process -> process.orElseThrow().pid())
            .collect(Collectors.toSet());
    return Bearers.having(
            pid ->
                !own.contains(pid) && sign.isOn(pid) && !isOurs(pid)
                    ? Optional.of(true)
                    : Optional.empty())
        .stream()
        .map(Bearer::identity)
        .toList();
  }

  private static Sign sign(LocalProcess how) {
    if (how.name().isPresent()) {
      String name = how.name().get();
      return pid -> isCalled(pid, name);
    }
    if (how.port().isPresent()) {
      return Listening.on(how.port().get())::isHeldBy;
    }
    if (how.unit().isPresent()) {
      String unit = how.unit().get();
      String whole = unit.contains(".") ? unit : unit + ".service";
      return pid -> groups(pid).anyMatch(path -> List.of(path.split("/")).contains(whole));
    }
    String group = how.cgroup().orElseThrow();
    return pid -> groups(pid).anyMatch(path -> (path + "/").startsWith(group + "/"));
  }

  private static boolean isCalled(long pid, String name) throws IOException {
    List<String> words = CommandLine.of(pid);
    String first = words.isEmpty() ? "" : words.getFirst();
    return first.substring(first.lastIndexOf('/') + 1).equals(name)
        || Files.readString(Path.of("/proc", Long.toString(pid), "comm")).strip().equals(name);
  }

  private static boolean isOurs(long pid) throws IOException {
    return CommandLine.of(pid).stream().anyMatch(word -> word.startsWith(OURS));
  }

  /** The paths of its control groups, of all hierarchies. */
  private static Stream<String> groups(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "cgroup")).stream()
        .map(line -> line.substring(line.indexOf(':', line.indexOf(':') + 1) + 1));
  }
}
