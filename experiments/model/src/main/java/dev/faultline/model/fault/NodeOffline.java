package dev.faultline.model.fault;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NodeAction;
import dev.faultline.model.world.NodeQuery;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a node of a cluster off its network for a fixed time: nothing gets there and nothing comes
 * from it, to and from its kubelet, its other processes and its pods. Whoever put it into force
 * cannot reach it any more, so nothing shortens it.
 */
public record NodeOffline() implements Fault {

  private static final Duration LONGEST = Duration.ofHours(1);

  /** A pod has to be started on the node, and waits a moment so that it is seen to run. */
  private static final Duration SHOWS_WITHIN = Duration.ofSeconds(60);

  /** A kubelet that is back has to say so, and to end the pod. */
  private static final Duration BACK_WITHIN = Duration.ofMinutes(2);

  @Override
  public boolean instant() {
    return false;
  }

  @Override
  public boolean needsTarget() {
    return true;
  }

  @Override
  public Set<String> aims() {
    return Set.of("node");
  }

  @Override
  public boolean hits(Instance found) {
    return found instanceof Instance.ObjectInstance object
        && object.object().kind() == ObjectKind.NODE;
  }

  @Override
  public String words() {
    return "take the node offline";
  }

  @Override
  public List<Step> plan(Instance target, Setting setting) {
    if (!(target instanceof Instance.ObjectInstance node) || !hits(target)) {
      throw new FaultRefused("this fault needs a node of a Kubernetes cluster as its target");
    }
    if (setting.lasts().compareTo(LONGEST) > 0) {
      throw new FaultRefused("nothing can end it earlier, so 'for' is at most 1h");
    }
    Query status = new NodeQuery.NodeCut(node.object());
    return List.of(
        new Step(
            new NodeAction.CutNode(node.object(), setting.lasts()),
            Optional.of(new Proof(status, new Expectation.NodeOffline(true), SHOWS_WITHIN)),
            Optional.of(
                new Step.Undo(
                    new NodeAction.AwaitNode(node.object()),
                    Optional.of(
                        new Proof(
                            status,
                            new Expectation.NodeOffline(false),
                            setting.lasts().plus(BACK_WITHIN)))))));
  }

  @Override
  public List<EndsBy> endsBy(Setting setting) {
    return List.of(
        new EndsBy(
            EndsBy.Layer.KERNEL,
            Optional.of(setting.lasts().plus(SHOWS_WITHIN)),
            "its rules have a fixed time in the kernel of the node, and end with the agent there; an"
                + " abort cannot shorten it"),
        new EndsBy(
            EndsBy.Layer.JOURNAL,
            Optional.empty(),
            "faultline undo, and every later run, wait for the node and delete what was made"));
  }
}
