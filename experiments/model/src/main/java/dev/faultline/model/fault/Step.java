package dev.faultline.model.fault;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.Proof;
import java.util.Optional;

/**
 * One change to the world with all that belongs to it.
 *
 * @param action the change
 * @param proof how its effect is shown
 * @param undo how it is taken back; empty where nothing stays behind
 */
public record Step(Action action, Optional<Proof> proof, Optional<Undo> undo) {

  /** The same on another machine. */
  public Step on(String host) {
    return new Step(
        new Action.OnHost(host, action),
        proof.map(one -> one.on(host)),
        undo.map(
            back ->
                new Undo(
                    new Action.OnHost(host, back.action()),
                    back.proof().map(one -> one.on(host)))));
  }

  /** The same, where an object of a cluster is to keep what it is changed to, for good. */
  public Step kept() {
    return new Step(action, proof, undo.map(Undo::keeping));
  }

  /**
   * How a change is taken back.
   *
   * @param action the change back; applying it twice does what applying it once does
   * @param proof how its effect is shown
   */
  public record Undo(Action action, Optional<Proof> proof) {
    private Undo keeping() {
      return action instanceof ClusterAction.RestoreObject(var object, var mark, var changes)
          ? new Undo(new ClusterAction.LeaveObject(object, mark, changes), proof)
          : this;
    }
  }
}
