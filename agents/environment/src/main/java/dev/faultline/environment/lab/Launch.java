package dev.faultline.environment.lab;

import dev.faultline.node.ChildSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that is needed to start one process, again and again.
 *
 * @param name what people call it
 * @param spec program, arguments, variables, and where it runs
 * @param log where its output goes
 * @param check how it shows that it is ready; at once when empty
 * @param restart what happens when it ends
 * @param needs the names of processes that must be ready first
 * @param debian the package that has the program, where that may have to be fetched
 */
record Launch(
    String name,
    ChildSpec spec,
    Path log,
    Optional<HealthCheck> check,
    RestartRule restart,
    List<String> needs,
    Optional<String> debian) {

  Launch {
    needs = List.copyOf(needs);
  }

  /** The same with another program or other variables. */
  Launch with(ChildSpec other) {
    return new Launch(name, other, log, check, restart, needs, debian);
  }

  /** The lab's own folder. */
  Path folder() {
    return Objects.requireNonNull(log.getParent());
  }
}
