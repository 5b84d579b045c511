package dev.faultline.model.fault;

import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.fault.EndsBy.Layer;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.ClusterFuseAction;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The step that stands before every effect which its process does not end by itself. */
final class Fuses {

  /** A pod has to be placed and started, its image perhaps fetched. */
  private static final Duration POD_STARTS = Duration.ofSeconds(90);

  /** A program has to be started, and an API server to be asked. */
  private static final Duration FUSE_ASKS = Duration.ofSeconds(15);

  private Fuses() {}

  static Step around(Fault.Setting setting, String target, List<Action> undo) {
    return around(name(setting.name() + "." + target), setting, undo);
  }

  /** The same where objects of a cluster carry what undoes the change as long as it is armed. */
  static Step aroundNotes(Fault.Setting setting, String target, List<Action> undo) {
    return around(name(Action.ArmFuse.NOTES + setting.name() + "." + target), setting, undo);
  }

  private static Step around(String fuse, Fault.Setting setting, List<Action> undo) {
    return new Step(
        new Action.ArmFuse(fuse, undo, setting.lease()),
        Optional.of(proof(fuse, true)),
        Optional.of(new Step.Undo(new Action.DisarmFuse(fuse), Optional.of(proof(fuse, false)))));
  }

  /** The same in a cluster, for an object that carries itself what undoes its change. */
  static Step around(Fault.Setting setting, ObjectRef object, String image) {
    String mark = setting.name();
    Query status = new Query.ObjectFuse(object, mark);
    return new Step(
        new ClusterFuseAction.ArmObjectFuse(object, mark, image, setting.lease(), setting.lasts()),
        Optional.of(new Proof(status, new Expectation.FuseArmed(true), POD_STARTS)),
        Optional.of(
            new Step.Undo(
                new ClusterFuseAction.DisarmObjectFuse(object, mark),
                Optional.of(
                    new Proof(status, new Expectation.FuseArmed(false), Duration.ofSeconds(20))))));
  }

  /** What ends a change that a detached fuse undoes, and that objects of a cluster note. */
  static List<EndsBy> ofNotesEndsBy(Fault.Setting setting) {
    return List.of(
        new EndsBy(Layer.PLAN, Optional.of(setting.lasts()), "the run withdraws it"),
        new EndsBy(
            Layer.FUSE,
            Optional.of(setting.lease().plus(FUSE_ASKS)),
            "a detached fuse on this machine withdraws it when the run stops renewing its lease;"
                + " where stable has no ready pod it waits for one, and while the API server is"
                + " away for that"),
        new EndsBy(
            Layer.JOURNAL,
            Optional.empty(),
            "faultline undo, and every later run, withdraw it, also by what the objects carry"
                + " themselves"));
  }

  /** What ends a change of an object that has a fuse in the cluster. */
  static List<EndsBy> inClusterEndsBy(Fault.Setting setting) {
    return List.of(
        new EndsBy(Layer.PLAN, Optional.of(setting.lasts()), "the run withdraws it"),
        new EndsBy(
            Layer.FUSE,
            Optional.of(setting.lease().plusSeconds(5)),
            "a job in the cluster withdraws it when the run stops renewing its Lease; while the"
                + " API server is away it waits for it"),
        new EndsBy(
            Layer.JOURNAL,
            Optional.empty(),
            "faultline undo, and every later run, withdraw it by what the object carries itself"));
  }

  /** A name that can stand on a command line and in a file name; two texts never share one. */
  private static String name(String text) {
    boolean plain =
        text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
            && text.indexOf('.') == text.lastIndexOf('.');
    return plain
        ? text
        : text.replaceAll("[^A-Za-z0-9_-]", "-").substring(0, Math.min(text.length(), 50))
            + "."
            + Integer.toHexString(text.hashCode());
  }

  private static Proof proof(String fuse, boolean armed) {
    return new Proof(
        new Query.FuseStatus(fuse), new Expectation.FuseArmed(armed), Duration.ofSeconds(10));
  }

  static List<EndsBy> endsBy(Fault.Setting setting) {
    return List.of(
        new EndsBy(Layer.PLAN, Optional.of(setting.lasts()), "the run withdraws it"),
        new EndsBy(
            Layer.FUSE,
            Optional.of(setting.lease().plusSeconds(1)),
            "a detached fuse withdraws it when the run stops renewing its lease"),
        new EndsBy(
            Layer.JOURNAL,
            Optional.empty(),
            "faultline undo, and every later run, withdraw what the journal left open"));
  }
}
