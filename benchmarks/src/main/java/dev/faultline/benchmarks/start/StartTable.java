package dev.faultline.benchmarks.start;

import dev.faultline.benchmarks.Spent;
import dev.faultline.benchmarks.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints how long short commands take beside those of other tools. They take turns. */
public final class StartTable {

  private static final int WARM = 2;

  private StartTable() {}

  /**
   * Compares.
   *
   * @param args the command {@code faultline}, {@code kubectl}, {@code chaos} (each may be {@code
   *     -}), an experiment, how often
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int passes = args.length > 4 ? Integer.parseInt(args[4]) : 21;
    Map<List<String>, List<Spent>> all = new LinkedHashMap<>();
    add(all, args[0], "--help");
    add(all, args[0], "validate", args[3]);
    add(all, args[1], "version", "--client");
    add(all, args[2], "--version");
    for (int pass = -WARM; pass < passes; pass++) {
      for (Map.Entry<List<String>, List<Spent>> one : all.entrySet()) {
        Spent spent = Spent.by(quietly(one.getKey()));
        if (pass >= 0) {
          one.getValue().add(spent);
        }
      }
    }
    System.out.println("| | wall ms: least, median, most | processor ms: least, median, most |");
    System.out.println("|---|---|---|");
    all.forEach(StartTable::print);
  }

  private static void add(Map<List<String>, List<Spent>> all, String... command) {
    if (command[0].equals("-")) {
      System.out.println("not measured, as it is not on this machine: " + command[1]);
    } else {
      all.put(List.of(command), new ArrayList<>());
    }
  }

  private static ProcessBuilder quietly(List<String> command) {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  private static void print(List<String> command, List<Spent> spent) {
    String name = command.getFirst();
    System.out.printf(
        "| `%s %s` | %s | %s |%n",
        name.substring(name.lastIndexOf('/') + 1),
        String.join(" ", command.subList(1, command.size())),
        Spread.millis(spent.stream().map(Spent::wall)),
        Spread.millis(spent.stream().map(Spent::processor)));
  }
}
