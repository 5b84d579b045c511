package dev.faultline.node.host;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What a {@link HostHolder} takes and holds. */
public sealed interface HostOrder {

  /** How every order begins, with the version of its form. */
  String BEGIN = "faultline-host 1";

  /** Stands for the network of this machine. */
  String HERE = "-";

  /**
   * Processor time.
   *
   * @param share of the time of each core, above 0 and at most 1
   * @param cores how many, 0 for all
   */
  record Cpu(double share, int cores) implements HostOrder {
    /** Refuses what cannot be. */
    public Cpu {
      require(share > 0 && share <= 1, "share", share);
      require(cores >= 0, "cores", cores);
    }
  }

  /**
   * Memory.
   *
   * @param bytes how much
   * @param leave how much must stay available
   */
  record Memory(long bytes, long leave) implements HostOrder {
    /** Refuses what cannot be. */
    public Memory {
      require(bytes > 0, "bytes", bytes);
      require(leave >= 0, "leave", leave);
    }
  }

  /**
   * Space of a file system.
   *
   * @param folder of it, absolute
   * @param bytes how much, 0 for all but what is left
   * @param leave how much must stay free
   */
  record Disk(Path folder, long bytes, long leave) implements HostOrder {
    /** Refuses what cannot be. */
    public Disk {
      require(folder.isAbsolute(), "folder", folder);
      require(bytes >= 0, "bytes", bytes);
      require(leave >= 0, "leave", leave);
    }
  }

  /**
   * The time of a disk.
   *
   * @param folder of its file system, absolute
   * @param workers how many write and read
   * @param bytes how large the file of each is
   * @param leave how much must stay free
   */
  record Io(Path folder, int workers, long bytes, long leave) implements HostOrder {
    /** Refuses what cannot be. */
    public Io {
      require(folder.isAbsolute(), "folder", folder);
      require(workers > 0, "workers", workers);
      require(bytes > 0, "bytes", bytes);
      require(leave >= 0, "leave", leave);
    }
  }

  /**
   * The ports of TCP that programs get for connections of their own.
   *
   * @param leave how many stay free at most
   * @param network the file of the network namespace; that of this machine when empty
   */
  record Ports(int leave, Optional<Path> network) implements HostOrder {
    /** Refuses what cannot be. */
    public Ports {
      require(leave >= 0, "leave", leave);
      require(network.isEmpty() || network.get().isAbsolute(), "network", network);
    }
  }

  /**
   * Something of what a container has, not of what the machine has.
   *
   * @param proc {@code /proc}, as the node itself sees it
   * @param pid a process of the container
   * @param container its id
   * @param what processor time or memory
   */
  record Within(Path proc, long pid, String container, HostOrder what) implements HostOrder {
    /** Refuses what cannot be. */
    public Within {
      require(proc.isAbsolute(), "proc", proc);
      require(pid > 0, "pid", pid);
      require(container.matches("[0-9a-f]+"), "container", container);
      require(what instanceof Cpu || what instanceof Memory, "what", what);
    }
  }

  private static void require(boolean right, String part, Object value) {
    if (!right) {
      throw new IllegalArgumentException("%s cannot be %s".formatted(part, value));
    }
  }

  /** As one line, with how long the holder may live without being renewed. */
  static String write(HostOrder order, Duration lease) {
    return "%s %d %s".formatted(BEGIN, lease.toMillis(), order.text());
  }

  /** In words without a line's end, such as {@code cpu 0.8 2}. */
  default String text() {
    return switch (this) {
      case Cpu(double share, int cores) -> "cpu %s %d".formatted(share, cores);
      case Memory(long bytes, long leave) -> "memory %d %d".formatted(bytes, leave);
      case Disk(Path folder, long bytes, long leave) ->
          "disk %s %d %d".formatted(hex(folder), bytes, leave);
      case Io(Path folder, int workers, long bytes, long leave) ->
          "io %s %d %d %d".formatted(hex(folder), workers, bytes, leave);
      case Ports(int leave, Optional<Path> network) ->
          "ports %s %d".formatted(network.map(HostOrder::hex).orElse(HERE), leave);
      case Within(Path proc, long pid, String container, HostOrder what) ->
          "within %s %d %s %s".formatted(hex(proc), pid, container, what.text());
    };
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when the line is anything else
   */
  static HostOrder parse(String line) {
    return ofText(words(line)[3]);
  }

  /**
   * Reads what {@link #text()} wrote.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static HostOrder ofText(String text) {
    String[] words = text.split(" ", -1);
    return switch (words[0]) {
      case "cpu" -> new Cpu(Double.parseDouble(word(words, 1)), (int) number(words, 2));
      case "memory" -> new Memory(number(words, 1), number(words, 2));
      case "disk" -> new Disk(folder(words), number(words, 2), number(words, 3));
      case "io" ->
          new Io(folder(words), (int) number(words, 2), number(words, 3), number(words, 4));
      case "ports" ->
          new Ports(
              (int) number(words, 2),
              word(words, 1).equals(HERE) ? Optional.empty() : Optional.of(folder(words)));
      case "within" ->
          new Within(
              folder(words),
              number(words, 2),
              word(words, 3),
              ofText(String.join(" ", List.of(words).subList(4, words.length))));
      default -> throw new IllegalArgumentException("not known: " + words[0]);
    };
  }

  /**
   * The lease of an order.
   *
   * @throws IllegalArgumentException when the line has none
   */
  static Duration lease(String line) {
    long millis = number(words(line), 2);
    require(millis > 0, "lease", millis);
    return Duration.ofMillis(millis);
  }

  private static String[] words(String line) {
    String[] words = line.split(" ", 4);
    if (words.length < 4 || !line.startsWith(BEGIN + " ")) {
      throw new IllegalArgumentException("no order of this version");
    }
    return words;
  }

  private static String word(String[] words, int at) {
    if (at >= words.length) {
      throw new IllegalArgumentException("the order is cut off");
    }
    return words[at];
  }

  private static long number(String[] words, int at) {
    return Long.parseLong(word(words, at));
  }

  private static Path folder(String[] words) {
    return Path.of(new String(HexFormat.of().parseHex(word(words, 1)), StandardCharsets.UTF_8));
  }

  private static String hex(Path folder) {
    return HexFormat.of().formatHex(folder.toString().getBytes(StandardCharsets.UTF_8));
  }
}
