package dev.faultline.node.pod;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The agent of a node, which nobody has to see before it cuts. */
final class NodeProgram {

  private NodeProgram() {}

  /** The arguments are those of the agent. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(NodeAgent.run(List.of(arguments), Duration.ofMillis(1), out));
  }
}
