package dev.faultline.examples.cli;

/** Experiments with databases and no shop. */
final class Pair {

  private Pair() {}

  /**
   * Faults in a lab of one pair called {@code db}.
   *
   * @param postgres the settings of the pair, as in {@code standby: false}
   * @param faults a list in one line
   */
  static String lab(String name, String postgres, String faults) {
    return """
    apiVersion: faultline.dev/v1
    kind: Experiment
    metadata: {name: %s}
    spec:
      environment: {lab: {databases: {db: {postgres: {%s}}}}}
      ledger: {database: db, writers: 2, rate: 50/s}
      gates:
        - {name: lost, ledger: lost, equals: 0, when: [after]}
        - {name: outage, ledger: outage, below: 5s, when: [after]}
      faults: [%s]
      recovery: {within: 20s}
    """
        .formatted(name, postgres, faults);
  }

  /** Freezes a process of ours while a ledger is kept in a database that runs already. */
  static String named(String name, String jdbc, String passwordFile, String pidFile) {
    return """
    apiVersion: faultline.dev/v1
    kind: Experiment
    metadata: {name: %s}
    spec:
      environment:
        local: {processes: {idle: {pidFile: "%s"}}}
        databases: {db: {jdbc: "%s", user: shop, passwordFile: "%s"}}
      ledger: {database: db, writers: 2, rate: 50/s}
      gates: [{name: lost, ledger: lost, equals: 0, when: [after]}]
      faults: [{freeze: {}, target: {process: idle}, for: 1s}]
      recovery: {within: 10s}
    """
        .formatted(name, pidFile, jdbc, passwordFile);
  }
}
