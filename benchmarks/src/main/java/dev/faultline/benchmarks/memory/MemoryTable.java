package dev.faultline.benchmarks.memory;

import dev.faultline.benchmarks.Spread;
import dev.faultline.environment.lives.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Prints how much memory runs of experiments take, and their labs with them. */
public final class MemoryTable {

  private static final int FIRST_EXPERIMENT = 2;
  private static final int KIB = 1024;

  private MemoryTable() {}

  /**
   * Runs.
   *
   * @param args the command {@code faultline}, how often, experiments
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int passes = Integer.parseInt(args[1]);
    System.out.println("| | Faultline, MiB: least, median, most | with its lab, MiB |");
    System.out.println("|---|---|---|");
    for (String experiment : List.of(args).subList(FIRST_EXPERIMENT, args.length)) {
      List<Held> all = new ArrayList<>();
      for (int pass = 0; pass < passes; pass++) {
        all.add(run(args[0], experiment));
      }
      System.out.printf(
          "| `faultline run %s` | %s | %s |%n",
          experiment, mib(all, Held::own), mib(all, Held::together));
    }
  }

  private static Held run(String faultline, String experiment)
      throws IOException, InterruptedException {
    Path state = Files.createTempDirectory("faultline-memory");
    ProcessBuilder run =
        new ProcessBuilder(faultline, "run", experiment)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(state.resolve("said").toFile());
    run.environment().put("XDG_STATE_HOME", state.toString());
    Held held = Held.by(run);
    Folders.remove(state);
    return held;
  }

  private static Spread mib(List<Held> all, ToLongFunction<Held> part) {
    return Spread.of(all.stream().mapToLong(part).map(kib -> kib / KIB).toArray());
  }
}
