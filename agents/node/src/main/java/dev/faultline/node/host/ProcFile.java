package dev.faultline.node.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the kernel says about the machine and this process. */
public final class ProcFile {

  private static final int IDLE = 4;
  private static final int WAITS_FOR_DISK = 5;
  private static final long KIBI = 1024;
  private static final String STATUS = "/proc/self/status";

  /** CAP_SYS_RESOURCE. */
  private static final long BEYOND_LIMITS = 1L << 24;

  private ProcFile() {}

  /** How many bytes of memory can be taken without swapping, as the kernel estimates it. */
  public static long memoryAvailable() throws IOException {
    return kibibytes("/proc/meminfo", "MemAvailable:");
  }

  /** How many bytes of memory this process has, without the pages of files. */
  static long resident() throws IOException {
    return kibibytes(STATUS, "RssAnon:");
  }

  /** How long all cores together were idle since the machine began, in hundredths of a second. */
  static long idleTicks() throws IOException {
    String[] cpu = line("/proc/stat", "cpu ").split(" +");
    return Long.parseLong(cpu[IDLE]) + Long.parseLong(cpu[WAITS_FOR_DISK]);
  }

  /** What this process may do beyond others: its effective capabilities, a bit for each. */
  public static long rights() throws IOException {
    return Long.parseUnsignedLong(line(STATUS, "CapEff:").split("\\s+")[1], 16);
  }

  /** How many descriptors a process like this one may have at most. */
  public static long mostDescriptors() throws IOException {
    if ((rights() & BEYOND_LIMITS) != 0) {
      return Long.parseLong(line("/proc/sys/fs/nr_open", ""));
    }
    String[] words = line("/proc/self/limits", "Max open files").split(" +");
    return words[4].equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(words[4]);
  }

  /** How many bytes this process has had written to disks. */
  static long written() throws IOException {
    return Long.parseLong(line("/proc/self/io", "write_bytes:").split(" +")[1]);
  }

  private static long kibibytes(String file, String key) throws IOException {
    return Long.parseLong(line(file, key).split("\\s+")[1]) * KIBI;
  }

  private static String line(String file, String begin) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(begin))
          .findFirst()
          .orElseThrow(() -> new IOException("%s has no line %s".formatted(file, begin)));
    }
  }
}
