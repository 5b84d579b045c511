package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectReading;
import dev.faultline.model.cluster.ObjectReading.FieldReading;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.node.cluster.ObjectUndo;
import dev.faultline.node.cluster.UnreadableNote;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes fields of objects and changes them back.
 *
 * <p>Change and note of its undo are one write, which carries the version of the object that it was
 * made for. Where that is no longer the newest, the object is looked at again: written over is only
 * a newer version in which the fields are what the plan saw. The undo sets back each field that
 * still has our value, in one write with the removal of the note; where there is no note, it
 * touches the object, so that a change which is still under way meets a newer version.
 */
final class Changes {

  private static final int LOOKS = 5;

  private final Api api;
  private final String run;

  Changes(Api api, String run) {
    this.api = api;
    this.run = run;
  }

  Effect change(ClusterAction.ChangeObject order) throws ApiTrouble {
    return change(order, Optional.empty());
  }

  /**
   * Changes an object.
   *
   * @param lease of the fuse that guards the change, by its path; once it is gone, nothing is
   *     written: the fuse touches the object before it lets it go
   */
  Effect change(ClusterAction.ChangeObject order, Optional<String> lease) throws ApiTrouble {
    String version = order.version();
    for (int look = 0; look < LOOKS; look++) {
      Reply seen = api.get(ApiPaths.of(order.object()));
      if (seen.isMissing()) {
        return new Effect.Superseded(order.object().words() + " is gone");
      }
      JsonNode object = checked(seen);
      Optional<Effect> end = settled(order, object);
      if (end.isPresent()) {
        return end.get();
      }
      if (lease.isPresent() && api.get(lease.get()).isMissing()) {
        return new Effect.Failed("the fuse of %s has fired".formatted(order.object().words()));
      }
      String now = object.path("metadata").path("resourceVersion").asString("");
      ObjectNode patch = patch(order.object(), look == 0 ? version : now);
      UndoNote.of(object).with(new UndoNote.Entry(run, order.mark(), order.changes())).write(patch);
      Reply reply = api.patch(ApiPaths.of(order.object()), forward(order, seen, patch));
      if (reply.ok()) {
        return new Effect.Done(order.describe());
      }
      if (!reply.isConflict()) {
        throw reply.trouble();
      }
    }
    return new Effect.Failed(
        "%s is changed by others all the time: %d writes came too late"
            .formatted(order.object().words(), LOOKS));
  }

  /** The same code as the undo's knows how each field is written. */
  private static String forward(ClusterAction.ChangeObject order, Reply seen, ObjectNode patch)
      throws ApiTrouble {
    try {
      String changes = Codec.json().writeValueAsString(order.changes());
      return ObjectUndo.forward(seen.text(), patch.toString(), changes);
    } catch (UnreadableNote foreign) {
      throw malformed(order.object(), foreign);
    }
  }

  private static ApiTrouble malformed(ObjectRef object, UnreadableNote foreign) {
    return new ApiTrouble(
        BlindReason.MALFORMED, "%s: %s".formatted(object.words(), foreign.getMessage()));
  }

  /** What there is to say without a write: it is done already, or can no longer be done. */
  private Optional<Effect> settled(ClusterAction.ChangeObject order, JsonNode object)
      throws ApiTrouble {
    if (!order.object().uid().equals(object.path("metadata").path("uid").asString(""))) {
      return Optional.of(
          new Effect.Superseded(order.object().words() + " was replaced by another"));
    }
    if (UndoNote.of(object).find(run, order.mark()).isPresent()) {
      return Optional.of(new Effect.Done(order.describe() + " (by an earlier write)"));
    }
    for (FieldChange change : order.changes()) {
      Optional<String> now = FieldAccess.stated(object, change.field());
      if (!now.equals(change.was())) {
        return Optional.of(
            new Effect.Superseded(
                "%s of %s is %s by now, and was %s when this was planned"
                    .formatted(
                        change.field().words(),
                        order.object().words(),
                        now.orElse("absent"),
                        change.was().orElse("absent"))));
      }
    }
    return Optional.empty();
  }

  Effect restore(ClusterAction.RestoreObject order) throws ApiTrouble {
    return restore(order.object(), order.mark());
  }

  /** Undoes what is noted at an object under this mark. */
  Effect restore(ObjectRef object, String mark) throws ApiTrouble {
    for (int look = 0; look < LOOKS; look++) {
      Reply seen = api.get(ApiPaths.of(object));
      Optional<Effect> gone = gone(object, seen);
      if (gone.isPresent()) {
        return gone.get();
      }
      Optional<ObjectUndo> undo = undo(object, seen, mark);
      if (undo.isEmpty()) {
        return fence(object);
      }
      Reply reply = api.patch(ApiPaths.of(object), undo.get().patch());
      if (reply.ok() || reply.isMissing()) {
        List<String> left = undo.get().left();
        return left.isEmpty()
            ? new Effect.Done(object.words() + " is as it was")
            : new Effect.Superseded(
                "somebody else changed %s meanwhile (%s), which is left alone"
                    .formatted(object.words(), String.join(", ", left)));
      }
      if (!reply.isConflict()) {
        throw reply.trouble();
      }
    }
    return changedAllTheTime(object);
  }

  /** Takes the note from an object, which keeps what was set. */
  Effect leave(ClusterAction.LeaveObject order) throws ApiTrouble {
    for (int look = 0; look < LOOKS; look++) {
      Reply seen = api.get(ApiPaths.of(order.object()));
      Optional<Effect> gone = gone(order.object(), seen);
      if (gone.isPresent()) {
        return gone.get();
      }
      JsonNode now = seen.json();
      UndoNote note = UndoNote.of(now);
      if (note.find(run, order.mark()).isEmpty()) {
        return new Effect.Done("%s carries nothing of this run".formatted(order.object().words()));
      }
      ObjectNode patch =
          patch(order.object(), now.path("metadata").path("resourceVersion").asString(""));
      note.without(run, order.mark()).write(patch);
      Reply reply = api.patch(ApiPaths.of(order.object()), patch.toString());
      if (reply.ok() || reply.isMissing()) {
        return new Effect.Done(order.describe());
      }
      if (!reply.isConflict()) {
        throw reply.trouble();
      }
    }
    return changedAllTheTime(order.object());
  }

  private static Optional<Effect> gone(ObjectRef object, Reply seen) throws ApiTrouble {
    if (seen.isMissing()) {
      return Optional.of(new Effect.Superseded(object.words() + " is gone"));
    }
    return object.uid().equals(checked(seen).path("metadata").path("uid").asString(""))
        ? Optional.empty()
        : Optional.of(new Effect.Superseded(object.words() + " was replaced by another"));
  }

  private static Effect changedAllTheTime(ObjectRef object) {
    return new Effect.Failed(object.words() + " is changed by others all the time");
  }

  private Optional<ObjectUndo> undo(ObjectRef object, Reply seen, String mark) throws ApiTrouble {
    UndoNote _ = UndoNote.of(seen.json());
    try {
      return ObjectUndo.of(seen.text(), run, mark);
    } catch (UnreadableNote foreign) {
      throw malformed(object, foreign);
    }
  }

  /** Two writes that leave nothing but a newer version behind. */
  private Effect fence(ObjectRef object) throws ApiTrouble {
    for (String patch : ObjectUndo.fence(run)) {
      Reply reply = api.patch(ApiPaths.of(object), patch);
      if (!reply.ok() && !reply.isMissing()) {
        throw reply.trouble();
      }
    }
    return new Effect.Done("%s carries nothing of this run".formatted(object.words()));
  }

  Answer status(Query.ObjectStatus query) throws ApiTrouble {
    Reply seen = api.get(ApiPaths.of(query.object()));
    if (seen.isMissing()) {
      return new Answer.ObjectIs(Optional.empty());
    }
    JsonNode object = checked(seen);
    if (!query.object().uid().equals(object.path("metadata").path("uid").asString(""))) {
      return new Answer.ObjectIs(Optional.empty());
    }
    return new Answer.ObjectIs(
        Optional.of(
            new ObjectReading(
                UndoNote.of(object).find(run, query.mark()).isPresent(),
                query.changes().stream()
                    .map(
                        change ->
                            new FieldReading(
                                change.field(),
                                FieldAccess.stated(object, change.field()),
                                FieldAccess.real(object, change.field())))
                    .toList())));
  }

  private static JsonNode checked(Reply seen) throws ApiTrouble {
    if (!seen.ok()) {
      throw seen.trouble();
    }
    JsonNode object = seen.json();
    if (object.path("metadata").path("uid").isMissingNode()) {
      throw new ApiTrouble(BlindReason.MALFORMED, "the answer is no object");
    }
    return object;
  }

  private static ObjectNode patch(ObjectRef object, String version) {
    ObjectNode patch = Codec.json().createObjectNode();
    patch.withObject("/metadata").put("uid", object.uid()).put("resourceVersion", version);
    return patch;
  }
}
