package dev.faultline.examples.cli;

/** Experiments that start within a second: a lab of one sleeping process, or a process of ours. */
final class Tiny {

  private Tiny() {}

  /** Freezes the process of a lab for so many seconds. */
  static String lab(String name, int seconds) {
    return experiment(
        name,
        seconds,
        10,
        """
            lab:
              processes:
                idle: {command: [sleep, "1000"]}
        """);
  }

  /** Freezes a process that is named by a file. */
  static String local(String name, int seconds, int lease, String pidFile) {
    return experiment(
        name,
        seconds,
        lease,
        """
            local:
              processes:
                idle: {pidFile: "%s"}
        """
            .formatted(pidFile));
  }

  static String experiment(String name, int seconds, int lease, String environment) {
    return """
    apiVersion: faultline.dev/v1
    kind: Experiment
    metadata: {name: %s}
    spec:
      hypothesis: Nothing depends on it.
      environment:
    %s
      gates:
        - name: alive
          command: ["true"]
          equals: 0
      faults:
        - freeze: {}
          target: {process: idle}
          for: %ds
      recovery: {within: 5s}
      lease: %ds
    """
        .formatted(name, environment.stripTrailing(), seconds, lease);
  }
}
