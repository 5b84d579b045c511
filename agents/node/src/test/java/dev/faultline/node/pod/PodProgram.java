package dev.faultline.node.pod;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The agent of a pod, which sees what a test lets it see of the processes. */
final class PodProgram {

  private PodProgram() {}

  /** The arguments: a folder as {@code /proc}, and those of the agent. */
  public static void main(String[] arguments) throws IOException {
    List<String> words = List.of(arguments);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(PodAgent.run(words.subList(1, words.size()), Path.of(words.getFirst()), out));
  }
}
