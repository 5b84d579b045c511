package dev.faultline.node;

import dev.faultline.node.ChildStartException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The chain of programs that binds a child to its parent, each executed in place of the one before,
 * so that they all have the child's pid.
 *
 * <ol>
 *   <li>{@code setpriv} asks the kernel for KILL when the parent dies. Should the parent have died
 *       already, the kernel will never say so; hence the next one.
 *   <li>{@code sh}, a constant text that interprets none of our data, waits for one line with the
 *       parent's pid, and goes on only if that is still its parent. Nobody to write the line: end
 *       of input, and the program is never executed.
 *   <li>{@code setsid} gives it a session, so that Ctrl-C in a terminal does not reach it. It does
 *       not fork, as this process is never the leader of its group.
 * </ol>
 */
record BoundCommand(Program setpriv, Program setsid, List<String> argv) {

  private static final String GATE = "read -r go && [ \"$PPID\" = \"$go\" ] && exec \"$@\"";

  /**
   * Finds the programs of the chain.
   *
   * @param path our own {@code PATH}, which is also that of the child unless it has another
   */
  static BoundCommand of(ChildSpec spec, String path) throws IOException {
    for (String word : spec.argv()) {
      if (!CommandLine.carries(word)) {
        throw new ChildStartException(
            Reason.FAILED,
            "the locale of this process cannot express '" + word + "' (LC_ALL=C.UTF-8?)");
      }
    }
    String theirs = spec.environment().getOrDefault("PATH", path);
    String name = spec.argv().getFirst();
    Program program =
        Program.find(name, theirs, spec.directory())
            .orElseThrow(
                () ->
                    new ChildStartException(
                        Reason.NOT_EXECUTABLE, "no executable program '" + name + "'"));
    if (program.changesCredentials()) {
      throw new ChildStartException(
          Reason.CANNOT_BIND, program.file() + " is setuid or setgid: it would outlive us");
    }
    return new BoundCommand(tool("setpriv", path), tool("setsid", path), spec.argv());
  }

  private static Program tool(String name, String path) throws ChildStartException {
    return Program.find(name, path, Path.of("/"))
        .orElseThrow(
            () ->
                new ChildStartException(
                    Reason.MISSING_TOOL, "'" + name + "' of util-linux is not installed"));
  }

  List<String> words() {
    return concat(List.of(setpriv.file().toString(), "--pdeathsig", "KILL", "--"), gate());
  }

  /** Whether a process with this command line is still on its way to the program. */
  boolean onTheWay(List<String> commandLine) {
    return commandLine.equals(words())
        || commandLine.equals(gate())
        || commandLine.equals(session());
  }

  private List<String> gate() {
    return concat(List.of("/bin/sh", "-c", GATE, "faultline-child"), session());
  }

  private List<String> session() {
    return concat(List.of(setsid.file().toString(), "--"), argv);
  }

  private static List<String> concat(List<String> head, List<String> tail) {
    return Stream.concat(head.stream(), tail.stream()).toList();
  }
}
