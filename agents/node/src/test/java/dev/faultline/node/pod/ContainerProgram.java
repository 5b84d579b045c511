package dev.faultline.node.pod;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The agent of a container, which sees what a test lets it see of the control groups. */
final class ContainerProgram {

  private ContainerProgram() {}

  /** The arguments: a folder as {@code /proc}, and those of the agent. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> words = List.of(arguments);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(ContainerAgent.run(words.subList(1, words.size()), Path.of(words.getFirst()), out));
  }
}
