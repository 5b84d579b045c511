package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.codec.Codec;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One of two Deployments between which traffic is split, at one look.
 *
 * @param object as the API server gave it
 * @param notes what it carries of any run
 */
record SplitSide(JsonNode object, UndoNote notes) {

  /** What the marks of splits begin with; the rest is the name of the fuse that guards it. */
  static final String MARK = "split:";

  /** Which change a side carries, of which run. */
  record Key(String run, String mark) {}

  static SplitSide read(Api api, ObjectRef ref) throws ApiTrouble {
    SplitSide side = read(api, ref.namespace(), ref.name());
    if (!side.ref().uid().equals(ref.uid())) {
      throw new ApiTrouble(BlindReason.REFUSED, ref.words() + " was replaced by another");
    }
    return side;
  }

  static SplitSide read(Api api, String namespace, String name) throws ApiTrouble {
    Reply seen = api.get(ApiPaths.of(ObjectKind.DEPLOYMENT, namespace, name));
    if (seen.isMissing()) {
      throw new ApiTrouble(
          BlindReason.REFUSED, "there is no deployment %s in %s".formatted(name, namespace));
    }
    if (!seen.ok()) {
      throw seen.trouble();
    }
    return of(seen.json());
  }

  static SplitSide of(JsonNode object) throws ApiTrouble {
    if (object.path("metadata").path("uid").asString("").isEmpty()) {
      throw new ApiTrouble(BlindReason.MALFORMED, "the answer is no object");
    }
    return new SplitSide(object, UndoNote.of(object));
  }

  ObjectRef ref() {
    return Marks.ref(ObjectKind.DEPLOYMENT, object.path("metadata"));
  }

  String name() {
    return ref().name();
  }

  /** How many pods it is to have. */
  int wanted() {
    return object.path("spec").path("replicas").asInt(1);
  }

  /** How many of them are ready. */
  int ready() {
    return object.path("status").path("readyReplicas").asInt(0);
  }

  /** Whether the controller has seen the newest wish, so that its figures are about that. */
  boolean isSeen() {
    JsonNode seen = object.path("status").path("observedGeneration");
    return seen.asLong(0) >= object.path("metadata").path("generation").asLong(0);
  }

  /** How many pods are ready where that is about the newest wish. */
  boolean hasReady(int least) {
    return isSeen() && ready() >= least;
  }

  /** The split of a run that it carries. */
  Optional<UndoNote.Entry> entry(String run) {
    return entry(run, MARK);
  }

  /** The change of a run that it carries, whose mark begins so. */
  Optional<UndoNote.Entry> entry(String run, String beginning) {
    return notes.entries().stream()
        .filter(entry -> entry.run().equals(run) && entry.mark().startsWith(beginning))
        .findFirst();
  }

  /** How many pods it had, or is to have, by a note. */
  static int was(UndoNote.Entry entry) {
    return entry.changes().stream()
        .findFirst()
        .flatMap(FieldChange::was)
        .map(Integer::parseInt)
        .orElse(0);
  }

  /** Whether it has what the note of a run says. */
  boolean isAsNoted(Key key) {
    return notes
        .find(key.run(), key.mark())
        .flatMap(entry -> entry.changes().stream().findFirst())
        .flatMap(FieldChange::is)
        .equals(Optional.of(Integer.toString(wanted())));
  }

  /** A note of so many pods before, and so many now. */
  static UndoNote.Entry entry(Key key, int was, int is) {
    return new UndoNote.Entry(
        key.run(),
        key.mark(),
        List.of(
            new FieldChange(
                new ObjectField.Replicas(),
                Optional.of(Integer.toString(was)),
                Optional.of(Integer.toString(is)))));
  }

  /** Whether a write would change nothing. */
  boolean isDone(int replicas, UndoNote after) {
    return wanted() == replicas && notes.equals(after);
  }

  /** The merge patch to so many pods and these notes, for this version of the object alone. */
  String patch(int replicas, UndoNote after) {
    JsonNode meta = object.path("metadata");
    ObjectNode patch = Codec.json().createObjectNode();
    patch
        .withObject("/metadata")
        .put("uid", meta.path("uid").asString(""))
        .put("resourceVersion", meta.path("resourceVersion").asString(""));
    patch.withObject("/spec").put("replicas", replicas);
    after.write(patch);
    return patch.toString();
  }
}
