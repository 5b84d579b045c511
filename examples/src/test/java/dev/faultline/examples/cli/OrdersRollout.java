package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

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
    return as(command(example, "", steps));
  }

  /** The same whose canary gets more pods at a breach, which nothing in the cluster takes back. */
  Running startScalingOut(int replicas, String example, String... steps) throws Exception {
    String policy =
        "  onBreach: {then: scaleOut, deployment: orders-v2, replicas: %d, within: 10s}\n"
            .formatted(replicas);
    return as(
        Stream.concat(
                Arrays.stream(command(example, policy, steps)), Stream.of("--accept", "no-lease"))
            .toArray(String[]::new));
  }

  private String[] command(String example, String more, String... steps) throws Exception {
    String text = Files.readString(Cli.home().resolve("examples").resolve(example));
    assertThat(text).containsPattern(STEPS);
    String others = "  steps:\n    - " + String.join("\n    - ", steps) + "\n  warmUp: 1s\n" + more;
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
    return new String[] {"run", file, "--environment", environment};
  }

  /** Any command of that user. */
  Running as(String... arguments) throws Exception {
    return cli.start(
        Map.of("KUBECONFIG", pods.kubeconfig(folder).toString()), Cli.command(arguments));
  }
}
