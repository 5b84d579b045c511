package dev.faultline.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The arguments that a fuse carries only so that it can be found on the command lines of a host.
 */
record FuseMarker(String runId, String fault, Path lease) {

  private static final String WORD = "faultline-fuse";

  static FuseMarker of(FuseOrder order) {
    return new FuseMarker(order.runId(), order.fault(), order.lease());
  }

  List<String> arguments() {
    return List.of(WORD, "run=" + runId, "fault=" + fault, "lease=" + lease);
  }

  /** Looks for the marker right behind the name of the main class; empty when there is none. */
  static Optional<FuseMarker> in(List<String> commandLine) {
    int main = commandLine.indexOf(Fuse.class.getName());
    if (main < 0 || commandLine.size() != main + 5 || !commandLine.get(main + 1).equals(WORD)) {
      return Optional.empty();
    }
    String run = commandLine.get(main + 2);
    String fault = commandLine.get(main + 3);
    String lease = commandLine.get(main + 4);
    return run.startsWith("run=") && fault.startsWith("fault=") && lease.startsWith("lease=/")
        ? Optional.of(
            new FuseMarker(run.substring(4), fault.substring(6), Path.of(lease.substring(6))))
        : Optional.empty();
  }
}
