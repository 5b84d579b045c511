package dev.faultline.environment.lab;

import dev.faultline.model.world.ClockShift;
import dev.faultline.node.ChildSpec;
import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Another clock for a process from its start on, by libfaketime, which stands between the process
 * and its libc.
 *
 * <p>libfaketime keeps two small files in {@code /dev/shm}, named after the process, and leaves
 * them behind when that is killed. So the process writes its number down before it loads the
 * library, and {@link #sweep} removes what belongs to those that have ended.
 *
 * @param library libfaketime
 * @param shift how far the clock is off
 */
public record FakeTime(Path library, ClockShift shift) {

  private static final String FILE = "libfaketime.so.1";
  private static final String VARIABLE = "FAKETIME";
  private static final String MARK = ".clock";

  /** A constant text that interprets none of our data; the number stays that of the program. */
  private static final String BEGIN =
      "echo \"$$\" > \"$0\"; LD_PRELOAD=\"$1${LD_PRELOAD:+:$LD_PRELOAD}\"; export LD_PRELOAD;"
          + " shift; exec \"$@\"";

  /** The library, where it is installed for programs of this processor. */
  public static Optional<Path> find() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String triplet = (arch.equals("amd64") ? "x86_64" : arch) + "-linux-gnu";
    return Stream.of("lib/" + triplet, "lib64", "lib", "local/lib")
        .map(folder -> Path.of("/usr", folder, "faketime", FILE))
        .filter(Files::isReadable)
        .findFirst();
  }

  /**
   * The same program with this clock.
   *
   * @param folder where it writes its number down
   * @param name names it there
   */
  ChildSpec in(ChildSpec spec, Path folder, String name) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                BEGIN,
                folder.resolve(name + MARK).toString(),
                library.toString()));
    argv.addAll(spec.argv());
    Map<String, String> environment = new HashMap<>(spec.environment());
    environment.put(VARIABLE, "%+d".formatted(shift.seconds()));
    environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    // Its remedy for an old glibc lets waits by the monotonic clock, as Java has them, end at once.
    environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    // Files are those of the machine, whose clock is right.
    environment.put("NO_FAKE_STAT", "1");
    return new ChildSpec(argv, environment, spec.directory(), spec.stdout(), spec.stderr());
  }

  /**
   * How far the clock of a process is off, as the kernel shows its libraries and its variables.
   *
   * @throws IOException when it has ended
   */
  static ClockShift seenIn(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    if (!read(process.resolve("maps")).contains("/libfaketime")) {
      return ClockShift.NONE;
    }
    return Stream.of(read(process.resolve("environ")).split("\0", -1))
        .filter(word -> word.matches(VARIABLE + "=[+-]\\d{1,12}"))
        .map(word -> new ClockShift(Long.parseLong(word.substring(VARIABLE.length() + 1))))
        .findFirst()
        .orElse(ClockShift.NONE);
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  /** Removes what the processes of a lab left that had another clock and have ended. */
  static void sweep(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> marks = Files.newDirectoryStream(folder, "*" + MARK)) {
      for (Path mark : marks) {
        String pid = Files.readString(mark).strip();
        if (pid.matches("[1-9]\\d{0,9}") && ProcessIdentity.of(Long.parseLong(pid)).isEmpty()) {
          Files.deleteIfExists(Path.of("/dev/shm", "faketime_shm_" + pid));
          Files.deleteIfExists(Path.of("/dev/shm", "sem.faketime_sem_" + pid));
          Files.deleteIfExists(mark);
        }
      }
    }
  }
}
