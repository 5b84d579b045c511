package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file system of 16 MiB in memory, which is gone in the end. */
public record SmallDisk(Path folder) implements AutoCloseable {

  /** Mounts it, or skips the test. */
  public static SmallDisk in(Path temp) throws IOException {
    Path folder = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        exit("mount", "-t", "tmpfs", "-o", "size=16m", "faultline-test", folder.toString()) == 0,
        "needs the right to mount a small file system");
    return new SmallDisk(folder);
  }

  /** How many bytes are free, as the kernel says. */
  public long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Every name in it. */
  public List<Path> names() throws IOException {
    try (Stream<Path> names = Files.list(folder)) {
      return names.toList();
    }
  }

  @Override
  public void close() throws IOException {
    assertThat(exit("umount", "--lazy", folder.toString())).isEqualTo(0);
  }

  private static int exit(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.onExit().join().exitValue();
  }
}
