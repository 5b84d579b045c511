package dev.faultline.node.packet.agent;

import dev.faultline.node.Bearers;
import dev.faultline.node.Bearers.Bearer;
import dev.faultline.node.ProcessIdentity;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Finds the packet agents of this host by their command lines, without any journal. */
public final class PacketProcesses {

  private static final String WORD = "faultline-packets";

  private PacketProcesses() {}

  /** The arguments that an agent carries only so that it can be found. */
  static List<String> marks(String run) {
    return List.of(WORD, "run=" + run);
  }

  /**
   * The living agents of a run, whoever started them. As the kernel has bound rules and queues to
   * the agent that made them, there are none of the run where there is no agent of it.
   *
   * @throws UncheckedIOException when {@code /proc} cannot be listed
   */
  public static List<ProcessIdentity> find(String run) {
    List<String> marks = marks(run);
    return Bearers.find(line -> Optional.of(marks).filter(_ -> bears(line, marks))).stream()
        .map(Bearer::identity)
        .toList();
  }

  private static boolean bears(List<String> line, List<String> marks) {
    int main = line.indexOf(PacketAgent.class.getName());
    return main >= 0 && line.subList(main + 1, line.size()).equals(marks);
  }
}
