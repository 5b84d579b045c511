package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Outcome;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.fault.NodeOffline;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NodeQuery;
import dev.faultline.model.world.World;
import java.util.List;
import java.util.Optional;

/** What it takes to cut a node off: an agent there, and that nobody is cut off who must not be. */
final class NodeNeeds {

  private NodeNeeds() {}

  /**
   * Asks for each node; does nothing for other faults.
   *
   * @throws Unplannable when one cannot, or must not, be cut off
   */
  static void require(
      World world, LoadedExperiment experiment, FaultStep step, List<Instance> nodes)
      throws Unplannable {
    if (!(step.fault() instanceof NodeOffline)) {
      return;
    }
    if (!(experiment.environment().place() instanceof Kubernetes cluster)
        || cluster.agent().isEmpty()) {
      throw notReady(
          step,
          "the environment does not say which image agents are made of; add 'agent: {image: IMAGE}'"
              + " to 'kubernetes'");
    }
    for (Instance instance : nodes) {
      if (instance instanceof Instance.ObjectInstance node) {
        require(step, node, world.ask(new NodeQuery.NodeCutPossible(node.object())));
      }
    }
  }

  private static void require(FaultStep step, Instance.ObjectInstance node, Answer answer)
      throws Unplannable {
    switch (answer) {
      case Answer.NodeCutIs(Optional<String> lacking, Optional<String> dangerous) -> {
        if (dangerous.isPresent()) {
          throw new Unplannable(
              Outcome.REFUSED,
              "fault %s: %s %s".formatted(step.title(), node.owner(), dangerous.get()));
        }
        if (lacking.isPresent()) {
          throw notReady(
              step, "no agent can come to %s: %s".formatted(node.owner(), lacking.get()));
        }
      }
      case Answer.Unanswered none ->
          throw notReady(step, "%s: %s".formatted(none.reason().words(), none.detail()));
      default -> throw notReady(step, "it is not known whether a node can be cut off");
    }
  }

  private static Unplannable notReady(FaultStep step, String why) {
    return new Unplannable(Outcome.NOT_READY, "fault %s: %s".formatted(step.title(), why));
  }
}
