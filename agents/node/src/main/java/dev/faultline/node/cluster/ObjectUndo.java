package dev.faultline.node.cluster;

import dev.faultline.node.http.json.Json;
import dev.faultline.node.http.json.NotJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an object of Kubernetes is changed, and changed back by the note that it carries: each field
 * that still has our value, in one merge patch with the removal of the note, for that version of
 * that object alone. What somebody else set meanwhile is left.
 *
 * @param patch the merge patch, in JSON
 * @param left the fields that somebody else set, in words
 */
public record ObjectUndo(String patch, List<String> left) {

  /** The annotation with the note: a list of changes in JSON, each with its run. */
  public static final String ANNOTATION = "faultline.dev/undo";

  /** The label by which a changed object is found: the run of its newest change. */
  public static final String LABEL = "faultline.dev/run";

  private static final String FENCE = "faultline.dev/fence";
  private static final String ENTRIES = "entries";
  private static final int LONGEST_LABEL = 63;

  /** Keeps the list unchangeable. */
  public ObjectUndo {
    left = List.copyOf(left);
  }

  /**
   * How a change of a run is taken back.
   *
   * @param object the object, as the API server gives it
   * @param mark names the change within the run
   * @return empty where the object carries no such change
   * @throws UnreadableNote when the object or its note cannot be read
   */
  public static Optional<ObjectUndo> of(String object, String run, String mark)
      throws UnreadableNote {
    Json now = parse(object);
    Optional<String> note = Tree.text(now, "metadata", "annotations", ANNOTATION);
    if (note.isEmpty()) {
      return Optional.empty();
    }
    Json written = parse(note.get());
    if (Tree.at(written, ENTRIES).isEmpty()) {
      throw new UnreadableNote("the note has no entries");
    }
    List<Json> others = new ArrayList<>(Tree.items(written, ENTRIES));
    Optional<Json> ours = others.stream().filter(entry -> is(entry, run, mark)).findFirst();
    if (ours.isEmpty()) {
      return Optional.empty();
    }
    others.remove(ours.get());
    List<String> left = new ArrayList<>();
    Json patch = back(now, ours.get(), begin(now), left);
    return Optional.of(new ObjectUndo(without(patch, others).text(), left));
  }

  /**
   * The merge patch that makes changes, on top of one for other parts of the object.
   *
   * @param object the object, as the API server gives it: a list in it is replaced as a whole
   * @param patch the merge patch so far, in JSON
   * @param changes a list of changes in JSON, as a note has them
   * @throws UnreadableNote when one of them cannot be read
   */
  public static String forward(String object, String patch, String changes) throws UnreadableNote {
    Json now = parse(object);
    Json all = parse(patch);
    for (Json change : Tree.items(parse(changes))) {
      all = field(change).patch(now, all, Tree.text(change, "is"));
    }
    return all.text();
  }

  private static NotedField field(Json change) throws UnreadableNote {
    return NotedField.of(
        Tree.at(change, "field").orElseThrow(() -> new UnreadableNote("no field")));
  }

  private static boolean is(Json entry, String run, String mark) {
    return Tree.text(entry, "run").equals(Optional.of(run))
        && Tree.text(entry, "mark").equals(Optional.of(mark));
  }

  /** For this version of this object alone. */
  private static Json begin(Json object) throws UnreadableNote {
    Json patch = new Json.Members(Map.of());
    for (String name : List.of("uid", "resourceVersion")) {
      String value =
          Tree.text(object, "metadata", name)
              .orElseThrow(() -> new UnreadableNote("the object has no " + name));
      patch = Tree.with(patch, new Json.Text(value), "metadata", name);
    }
    return patch;
  }

  private static Json back(Json object, Json entry, Json begun, List<String> left)
      throws UnreadableNote {
    Json patch = begun;
    for (Json change : Tree.items(entry, "changes").reversed()) {
      NotedField field = field(change);
      Optional<String> was = Tree.text(change, "was");
      Optional<String> value = field.stated(object);
      if (value.equals(Tree.text(change, "is"))) {
        patch = field.patch(object, patch, was);
      } else if (!value.equals(was)) {
        left.add("%s is %s".formatted(field.words(), value.orElse("absent")));
      }
    }
    return patch;
  }

  /** Annotation and label go with the last change. */
  private static Json without(Json patch, List<Json> others) {
    Json note = Tree.with(new Json.Members(Map.of()), new Json.Items(others), ENTRIES);
    Json text = others.isEmpty() ? Tree.NULL : new Json.Text(note.text());
    Json label =
        others.isEmpty()
            ? Tree.NULL
            : new Json.Text(label(Tree.text(others.getLast(), "run").orElse("")));
    Json annotated = Tree.with(patch, text, "metadata", "annotations", ANNOTATION);
    return Tree.with(annotated, label, "metadata", "labels", LABEL);
  }

  /**
   * Two merge patches that leave nothing but a newer version of the object behind: a change that is
   * still under way for an older one comes too late.
   */
  public static List<String> fence(String run) {
    Json nothing = new Json.Members(Map.of());
    return List.of(
        Tree.with(nothing, new Json.Text(run), "metadata", "annotations", FENCE).text(),
        Tree.with(nothing, Tree.NULL, "metadata", "annotations", FENCE).text());
  }

  /** A run's id as the value of a label. */
  public static String label(String run) {
    String plain = run.replaceAll("[^A-Za-z0-9._-]", "-");
    String brief = plain.substring(0, Math.min(plain.length(), LONGEST_LABEL));
    return brief.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
  }

  private static Json parse(String text) throws UnreadableNote {
    try {
      return Json.parse(text);
    } catch (NotJson broken) {
      throw new UnreadableNote("not JSON: " + broken.getMessage());
    }
  }
}
