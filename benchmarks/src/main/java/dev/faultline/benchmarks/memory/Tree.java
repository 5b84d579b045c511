package dev.faultline.benchmarks.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A program and all that it started, as long as they live; see proc(5). Not thread-safe. */
final class Tree {

  private final ProcessHandle root;
  // Remembered, as a fuse leaves its parent.
  private final Set<ProcessHandle> known = new LinkedHashSet<>();

  Tree(ProcessHandle root) {
    this.root = root;
    known.add(root);
  }

  /** The most memory that the program itself ever held, in KiB; 0 when it has ended. */
  long peak() {
    return figure(root, "status", "VmHWM:");
  }

  /** The memory of all at this moment, in KiB; what several share is counted once. */
  long together() {
    for (ProcessHandle one : List.copyOf(known)) {
      one.descendants().forEach(known::add);
    }
    known.removeIf(one -> !one.isAlive());
    return known.stream().mapToLong(one -> figure(one, "smaps_rollup", "Pss:")).sum();
  }

  private static long figure(ProcessHandle process, String file, String name) {
    try {
      return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), file)).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException ended) {
      return 0;
    }
  }
}
