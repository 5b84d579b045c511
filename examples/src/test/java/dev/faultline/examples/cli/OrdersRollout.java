package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Rollouts of orders in a cluster by files of the examples, as a user who may do what {@code
 * faultline rbac} says and nothing else.
 */
record OrdersRollout(Cli cli, OrdersPods pods, Path folder) {

  private static final String STEPS = "(?m)^  steps:\n(?:    - .*\n)+";

  /**
   * Starts the rollout of an example.
   *
   * @param example such as {@code istio/canary.yaml}
   * @param steps in the place of its own, one line each
   */
  Running start(String example, String... steps) throws Exception {
    String text = Files.readString(Cli.home().resolve("examples").resolve(example));
    assertThat(text).containsPattern(STEPS);
    String others = "  steps:\n    - " + String.join("\n    - ", steps) + "\n  warmUp: 1s\n";
    String file = cli.file("canary.yaml", text.replaceFirst(STEPS, others));
    String environment =
        cli.file(
            "here.yaml",
            """
            apiVersion: faultline.dev/v1
            kind: Environment
            metadata: {name: here}
            spec:
              kubernetes: {namespace: %s}
              prometheus: %s
            """
                .formatted(pods.namespace(), pods.metrics()));
    Ended rbac = cli.run("rbac", file, "--environment", environment);
    assertThat(rbac.exit()).as(rbac.err()).isEqualTo(0);
    pods.apply(rbac.out());
    return as("run", file, "--environment", environment);
  }

  /** Any command of that user. */
  Running as(String... arguments) throws Exception {
    return cli.start(
        Map.of("KUBECONFIG", pods.kubeconfig(folder).toString()), Cli.command(arguments));
  }
}
