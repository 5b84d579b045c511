package dev.faultline.engine.run;

import dev.faultline.engine.journal.JournalFile;
import dev.faultline.engine.journal.RunStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A run in a JVM of its own that kills itself, as the kernel would, at one of its boundaries. */
final class CrashingRun {

  private static final AtomicInteger PASSED = new AtomicInteger();

  private CrashingRun() {}

  /**
   * Runs.
   *
   * @param arguments the folder of everything, the number of the victim, and at which boundary to
   *     die
   */
  public static void main(String... arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    int deadly = Integer.parseInt(arguments[2]);
    Runnable boundary =
        () -> {
          if (PASSED.getAndIncrement() == deadly) {
            die();
          }
        };
    Engine engine = engine(root, Long.parseLong(arguments[1]), boundary);
    Result result =
        engine.run(
            CrashMatrixTest.experiment(root), new Options(false, Optional.empty(), 1), _ -> {});
    System.out.println(result.verdict().outcome());
  }

  /** An engine with simple real hands; this is told of every boundary. */
  static Engine engine(Path root, long victim, Runnable boundary) {
    return new Engine(
        new Means(
            new RunStore(root.resolve("state"), file -> new Bounded(file, boundary)),
            (_, _, run, _, _) -> new SimpleHands(root, run.id(), victim, boundary),
            Clock.system(),
            Courses.EXPERIMENTS,
            Executors::newVirtualThreadPerTaskExecutor,
            "host",
            "version"));
  }

  private static void die() {
    try {
      new ProcessBuilder("kill", "-9", String.valueOf(ProcessHandle.current().pid()))
          .start()
          .waitFor();
    } catch (IOException | InterruptedException stillHere) {
      Runtime.getRuntime().halt(99);
    }
  }

  private record Bounded(JournalFile file, Runnable boundary) implements JournalFile {
    @Override
    public void write(byte[] bytes) throws IOException {
      // A sample more or less makes no difference.
      boolean sample = new String(bytes, StandardCharsets.UTF_8).contains("\"gateRead\"");
      Runnable edge = sample ? () -> {} : boundary;
      edge.run();
      file.write(bytes);
      edge.run();
    }

    @Override
    public void force() throws IOException {
      file.force();
      boundary.run();
    }

    @Override
    public void reserve(int bytes) throws IOException {
      file.reserve(bytes);
    }

    @Override
    public void close() throws IOException {
      boundary.run();
      file.close();
      boundary.run();
    }
  }
}
