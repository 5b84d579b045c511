package dev.faultline.examples.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Processes whose environment has a mark, as the kernel tells; no code of the product is asked. */
record Marked(String variable, String value) {

  private static final String LISTENING = "0A";

  /** The living ones; a zombie has no environment any more. */
  List<Long> processes() {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.filter(process -> name(process).matches("[0-9]+"))
          .filter(process -> read(process.resolve("environ")).contains(variable + "=" + value))
          .map(process -> Long.valueOf(name(process)))
          .toList();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  /** Those whose command line contains this. */
  List<Long> processes(String words) {
    return processes().stream().filter(process -> commandLine(process).contains(words)).toList();
  }

  static String commandLine(long process) {
    return read(Path.of("/proc", "" + process, "cmdline")).replace('\0', ' ').strip();
  }

  /** The state of a process as one letter: S sleeping, T stopped, Z zombie; empty when gone. */
  static String state(long process) {
    String stat = read(Path.of("/proc", "" + process, "stat"));
    return stat.isEmpty() ? "" : stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
  }

  /** The sockets on which any of them listens, as the kernel numbers them. */
  Set<String> listening() {
    Set<String> sockets =
        processes().stream()
            .flatMap(process -> sockets(process).stream())
            .collect(Collectors.toSet());
    sockets.retainAll(allListening());
    return sockets;
  }

  /** The sockets of this machine on which anybody listens. */
  static Set<String> allListening() {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : read(Path.of(table)).lines().skip(1).toList()) {
        String[] fields = line.strip().split("\\s+");
        if (fields[3].equals(LISTENING)) {
          sockets.add("socket:[" + fields[9] + "]");
        }
      }
    }
    return sockets;
  }

  private static Set<String> sockets(long process) {
    try (Stream<Path> open = Files.list(Path.of("/proc", "" + process, "fd"))) {
      return open.map(Marked::link).collect(Collectors.toSet());
    } catch (IOException ended) {
      return Set.of();
    }
  }

  private static String link(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
