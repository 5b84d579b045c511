package dev.faultline.node.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The control groups of a container, one in each hierarchy where it has its own: one for each kind
 * of resource in version 1, a single one in version 2. They are reached by the files of the node,
 * whatever this process sees of them. Immutable.
 *
 * @param groups at least one
 */
record ControlGroups(List<Group> groups) {

  private static final String OF_VERSION_1 = "cgroup";
  private static final String OF_VERSION_2 = "cgroup2";
  private static final String NO_LIMIT = "max";
  private static final String PROCESSES = "cgroup.procs";
  private static final long NANOS_PER_MICRO = 1_000L;

  /** Those of version 1 say so by numbers that no machine has. */
  private static final long UNLIMITED = 1L << 60;

  /**
   * One of them.
   *
   * @param kinds of which resources; none in version 2, where it is of all
   * @param top the folder of its hierarchy
   * @param folder its own
   */
  record Group(Set<String> kinds, Path top, Path folder) {

    Group {
      kinds = Set.copyOf(kinds);
    }

    boolean isOf(String kind) {
      return kinds.isEmpty() || kinds.contains(kind);
    }

    /** Its folder and all above it that can have limits, which hold for it too. */
    private List<Path> levels() {
      List<Path> levels = new ArrayList<>();
      Path at = folder;
      while (at.startsWith(top) && !at.equals(top)) {
        levels.add(at);
        at = at.resolveSibling("");
      }
      return levels;
    }
  }

  ControlGroups {
    groups = List.copyOf(groups);
  }

  /**
   * Those that a process is in and that bear the id of its container.
   *
   * @param proc {@code /proc}, as the node itself sees it
   * @param pid any process of the container
   * @throws IOException when they are not shown
   */
  static ControlGroups of(Path proc, long pid, String id) throws IOException {
    List<Group> groups =
        find(
            Files.readAllLines(proc.resolve(pid + "/cgroup")),
            Files.readAllLines(proc.resolve("1/mountinfo")),
            proc.resolve("1/root"),
            id);
    if (groups.isEmpty()) {
      throw new IOException("the node shows no control group of container " + id);
    }
    return new ControlGroups(groups);
  }

  /**
   * The same, from what the kernel says.
   *
   * @param places the lines of {@code /proc/PID/cgroup}
   * @param mounts the lines of {@code /proc/1/mountinfo}
   * @param root the root of the node's files
   */
  static List<Group> find(List<String> places, List<String> mounts, Path root, String id) {
    List<Group> found = new ArrayList<>();
    for (String place : places) {
      String[] words = place.split(":", 3);
      if (words.length == 3 && words[2].contains(id)) {
        Set<String> kinds = words[1].isEmpty() ? Set.of() : Set.of(words[1].split(","));
        mounts.stream()
            .flatMap(mount -> at(mount, kinds, words[2], root).stream())
            .findFirst()
            .ifPresent(found::add);
      }
    }
    return found;
  }

  /** Such as {@code 35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory}. */
  private static Optional<Group> at(String mount, Set<String> kinds, String place, Path root) {
    int dash = mount.indexOf(" - ");
    String[] words = mount.split(" ", 6);
    if (dash < 0 || words.length < 6) {
      return Optional.empty();
    }
    String[] what = mount.substring(dash + 3).split(" ", 3);
    boolean hierarchy =
        kinds.isEmpty()
            ? what[0].equals(OF_VERSION_2)
            : what[0].equals(OF_VERSION_1)
                && what.length == 3
                && Set.copyOf(List.of(what[2].split(","))).containsAll(kinds);
    String from = words[3].equals("/") ? "" : words[3];
    if (!hierarchy || !place.startsWith(from + "/") || place.contains("/..")) {
      return Optional.empty();
    }
    Path top = inside(root, words[4]);
    return Optional.of(new Group(kinds, top, inside(top, place.substring(from.length()))));
  }

  private static Path inside(Path folder, String path) {
    return folder.resolve(path.substring(1));
  }

  /**
   * Moves this process into all of them, with all of its threads.
   *
   * @throws IOException when it cannot be; then it may be in some of them
   */
  void join() throws IOException {
    for (Group group : groups) {
      // The kernel takes 0 for whoever writes.
      Files.writeString(group.folder().resolve(PROCESSES), "0");
    }
  }

  /** The time of how many cores it may have; empty where nothing limits it. */
  Optional<Double> cores() throws IOException {
    Optional<Double> least = Optional.empty();
    for (Path level : levels("cpu")) {
      Optional<Double> here = cores(level);
      if (here.isPresent() && (least.isEmpty() || here.get() < least.get())) {
        least = here;
      }
    }
    return least;
  }

  private static Optional<Double> cores(Path level) throws IOException {
    String[] words;
    if (Files.exists(level.resolve("cpu.max"))) {
      words = text(level.resolve("cpu.max")).split(" ");
    } else if (Files.exists(level.resolve("cpu.cfs_quota_us"))) {
      words =
          new String[] {
            text(level.resolve("cpu.cfs_quota_us")), text(level.resolve("cpu.cfs_period_us"))
          };
    } else {
      return Optional.empty();
    }
    return words[0].equals(NO_LIMIT) || words[0].startsWith("-")
        ? Optional.empty()
        : Optional.of((double) Long.parseLong(words[0]) / Long.parseLong(words[1]));
  }

  /** How much processor time all of its processes have had. */
  long usedNanos() throws IOException {
    for (Group group : groups) {
      if (group.kinds().contains("cpuacct")) {
        return number(group.folder().resolve("cpuacct.usage"));
      }
      if (group.kinds().isEmpty() && Files.exists(group.folder().resolve("cpu.stat"))) {
        return NANOS_PER_MICRO * entry(group.folder().resolve("cpu.stat"), "usage_usec");
      }
    }
    throw new IOException("the node does not count the container's processor time");
  }

  /** How many bytes it may take until it meets a limit; empty where there is none. */
  Optional<Long> memoryLeft() throws IOException {
    Optional<Long> least = Optional.empty();
    for (Path level : levels("memory")) {
      Optional<Long> here = memoryLeft(level);
      if (here.isPresent() && (least.isEmpty() || here.get() < least.get())) {
        least = here;
      }
    }
    return least;
  }

  /** What the kernel would take back before it misses anything counts as free. */
  private static Optional<Long> memoryLeft(Path level) throws IOException {
    boolean newer = Files.exists(level.resolve("memory.max"));
    Path limit = level.resolve(newer ? "memory.max" : "memory.limit_in_bytes");
    if (!Files.exists(limit) || text(limit).equals(NO_LIMIT) || number(limit) >= UNLIMITED) {
      return Optional.empty();
    }
    long used = number(level.resolve(newer ? "memory.current" : "memory.usage_in_bytes"));
    long idle =
        entry(level.resolve("memory.stat"), newer ? "inactive_file" : "total_inactive_file");
    return Optional.of(Math.max(0, number(limit) - Math.max(0, used - idle)));
  }

  private List<Path> levels(String kind) {
    return groups.stream()
        .filter(group -> group.isOf(kind))
        .flatMap(group -> group.levels().stream())
        .toList();
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(text(file));
  }

  private static long entry(Path file, String key) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key + " "))
          .findFirst()
          .map(line -> Long.parseLong(line.substring(key.length() + 1)))
          .orElse(0L);
    }
  }
}
