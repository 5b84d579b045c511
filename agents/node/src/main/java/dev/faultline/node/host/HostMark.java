package dev.faultline.node.host;

import dev.faultline.node.Bearers;
import dev.faultline.node.Bearers.Bearer;
import java.util.List;
import java.util.Optional;

/**
 * The arguments that a holder carries only so that it can be found on the command lines of a host.
 *
 * @param run the run that it belongs to
 * @param name its name within the run
 */
public record HostMark(String run, String name) {

  private static final String WORD = "faultline-host";

  List<String> arguments() {
    return List.of(WORD, "run=" + run, "strain=" + name);
  }

  /** The holders of this run that live on this host, whoever started them. */
  public static List<Bearer<HostMark>> of(String run) {
    return Bearers.find(HostMark::in).stream()
        .filter(holder -> holder.mark().run().equals(run))
        .toList();
  }

  /** Looks for the mark right behind the name of the main class; empty when there is none. */
  static Optional<HostMark> in(List<String> commandLine) {
    int main = commandLine.indexOf(HostHolder.class.getName());
    if (main < 0 || commandLine.size() != main + 4 || !commandLine.get(main + 1).equals(WORD)) {
      return Optional.empty();
    }
    String run = commandLine.get(main + 2);
    String name = commandLine.get(main + 3);
    return run.startsWith("run=") && name.startsWith("strain=")
        ? Optional.of(new HostMark(run.substring(4), name.substring(7)))
        : Optional.empty();
  }
}
