package dev.faultline.app.language;

import static java.util.Objects.requireNonNull;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.Document;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The kinds of documents as custom resources of Kubernetes, so that a cluster takes the files that
 * the command line runs. Policies are for those who run, not for a cluster.
 */
public final class CustomResources {

  private static final String VERSION = Document.API_VERSION.split("/", 2)[1];
  private static final String GROUP = Document.API_VERSION.split("/", 2)[0];

  /** What a kind is called in a cluster. */
  private record Name(String kind, String plural, String brief) {}

  private static final List<Name> NAMES =
      List.of(
          new Name("Experiment", "experiments", "exp"),
          new Name("Rollout", "rollouts", "roll"),
          new Name("GameDay", "gamedays", "gd"),
          new Name("Environment", "environments", "env"));

  private static final List<Column> OF_RUNS =
      List.of(
          new Column("Phase", "string", ".status.phase", 0),
          new Column("Verdict", "string", ".status.verdict", 0),
          new Column("Open", "integer", ".status.openFaults", 0),
          new Column("Run", "string", ".status.run", 1),
          new Column("Why", "string", ".status.message", 1),
          new Column("Age", "date", ".metadata.creationTimestamp", 0));

  private static final List<Column> OF_GAME_DAYS =
      List.of(
          new Column("Phase", "string", ".status.phase", 0),
          new Column("Next", "string", ".status.next", 0),
          new Column("Verdict", "string", ".status.verdict", 0),
          new Column("Age", "date", ".metadata.creationTimestamp", 0));

  private static final List<Column> OF_ENVIRONMENTS =
      List.of(new Column("Age", "date", ".metadata.creationTimestamp", 0));

  private record Column(String name, String type, String path, int priority) {}

  private final Language language;

  /** Those of this language. */
  public CustomResources(Language language) {
    this.language = language;
  }

  /** A CustomResourceDefinition for each kind, in the order in which people meet them. */
  public List<JsonNode> all() {
    return NAMES.stream().map(this::definition).toList();
  }

  private JsonNode definition(Name name) {
    ObjectNode definition = object().put("apiVersion", "apiextensions.k8s.io/v1");
    definition.put("kind", "CustomResourceDefinition");
    definition.putObject("metadata").put("name", name.plural() + "." + GROUP);
    ObjectNode spec = definition.putObject("spec");
    spec.put("group", GROUP).put("scope", "Namespaced");
    ObjectNode names = spec.putObject("names");
    names.put("kind", name.kind()).put("listKind", name.kind() + "List");
    names.put("plural", name.plural()).put("singular", name.kind().toLowerCase(Locale.ROOT));
    names.putArray("shortNames").add(name.brief());
    names.putArray("categories").add("faultline");
    version(name.kind(), spec.putArray("versions").addObject());
    return definition;
  }

  private void version(String kind, ObjectNode version) {
    version.put("name", VERSION).put("served", true).put("storage", true);
    version.putObject("schema").set("openAPIV3Schema", schema(kind));
    List<Column> columns =
        switch (kind) {
          case "GameDay" -> OF_GAME_DAYS;
          case "Environment" -> OF_ENVIRONMENTS;
          default -> OF_RUNS;
        };
    if (hasStatus(kind)) {
      version.putObject("subresources").putObject("status");
    }
    ArrayNode shown = version.putArray("additionalPrinterColumns");
    for (Column column : columns) {
      ObjectNode one = shown.addObject().put("name", column.name()).put("type", column.type());
      one.put("jsonPath", column.path()).put("priority", column.priority());
    }
  }

  /** An environment is what others run in: nothing becomes of it. */
  private static boolean hasStatus(String kind) {
    return !kind.equals("Environment");
  }

  private ObjectNode schema(String kind) {
    Class<?> type = requireNonNull(language.kinds().get(kind));
    Map<String, Field> fields = new HashMap<>();
    language.mapping(type).fields().forEach(field -> fields.put(field.name(), field));
    Field spec = requireNonNull(fields.get("spec"));
    ObjectNode whole = object().put("type", "object").put("description", language.text(type));
    whole.putArray("required").add("spec");
    ObjectNode properties = whole.putObject("properties");
    properties.putObject("apiVersion").put("type", "string");
    properties.putObject("kind").put("type", "string");
    ObjectNode metadata = properties.putObject("metadata").put("type", "object");
    ObjectNode called = metadata.putObject("properties").putObject("name");
    // As the reader wants it; a cluster would take points and 253 letters.
    called.put("type", "string").put("maxLength", 63);
    called.put("pattern", "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$");
    properties.set("spec", Structure.of(language, ((Form.Keys) spec.form()).type()));
    if (hasStatus(kind)) {
      properties.set("status", status());
    }
    return whole;
  }

  /** What the operator says of an object; the same keys for every kind, most of them seldom. */
  private static ObjectNode status() {
    ObjectNode status = object().put("type", "object");
    status.put("description", "What became of it, as the operator of Faultline saw it.");
    ObjectNode keys = status.putObject("properties");
    text(keys, "phase", "Pending, Running, Undoing, Completed or Refused; Waiting for its time.");
    text(keys, "verdict", "How the run ended, such as passed or halted.");
    whole(keys, "exitCode", "What 'faultline run' would have ended with.");
    text(keys, "message", "What there is to know, in a sentence.");
    text(keys, "run", "The id of the run, which all that it touches carries.");
    text(keys, "holder", "The replica that makes the run.");
    text(keys, "awaits", "What a person must approve for it to go on.");
    text(keys, "requested", "The last request to run again that was met.");
    whole(keys, "observedGeneration", "The generation that this is about.");
    whole(keys, "openFaults", "How many steps may be in force.");
    text(keys, "began", "When the run began.").put("format", "date-time");
    text(keys, "ended", "When the run ended.").put("format", "date-time");
    text(keys, "next", "When it begins next.").put("format", "date-time");
    text(keys, "decided", "The last planned moment that is decided on.").put("format", "date-time");
    keys.set("firing", firing());
    list(keys, "inForce", "The steps that may be in force, and what undoes each.", 500);
    list(keys, "events", "The last changes of state, the newest last.", 200);
    keys.set("conditions", conditions());
    return status;
  }

  private static ObjectNode firing() {
    ObjectNode firing = object().put("type", "object");
    firing.put("description", "The runs of a game day that is on.");
    ObjectNode keys = firing.putObject("properties");
    text(keys, "planned", "When it was planned.").put("format", "date-time");
    text(keys, "start", "When it was to begin.").put("format", "date-time");
    text(keys, "late", "How long after its turn has come a run may still begin.");
    text(keys, "onFailure", "What becomes of the others after one that did not pass.");
    keys.putObject("together").put("type", "boolean");
    ObjectNode members = keys.putObject("members").put("type", "array").put("maxItems", 500);
    ObjectNode member = members.putObject("items").put("type", "object");
    ObjectNode inside = member.putObject("properties");
    text(inside, "name", "The object that is run.");
    text(inside, "stage", "Due, Called, Asked or Over.");
    text(inside, "until", "The last moment at which it may begin.").put("format", "date-time");
    whole(inside, "exitCode", "How it ended.");
    text(inside, "words", "What there is to say of its end.");
    return firing;
  }

  private static ObjectNode text(ObjectNode keys, String name, String says) {
    return keys.putObject(name).put("type", "string").put("description", says);
  }

  private static void whole(ObjectNode keys, String name, String says) {
    keys.putObject(name).put("type", "integer").put("format", "int64").put("description", says);
  }

  private static void list(ObjectNode keys, String name, String says, int most) {
    ObjectNode list = keys.putObject(name).put("type", "array").put("description", says);
    list.put("maxItems", most).putObject("items").put("type", "string");
  }

  private static ObjectNode conditions() {
    ObjectNode list = object().put("type", "array").put("x-kubernetes-list-type", "map");
    list.putArray("x-kubernetes-list-map-keys").add("type");
    ObjectNode condition = list.putObject("items").put("type", "object");
    condition.putArray("required").add("type").add("status");
    ObjectNode keys = condition.putObject("properties");
    text(keys, "type", "Accepted, Running or Completed.");
    text(keys, "status", "Whether it is so.")
        .putArray("enum")
        .add("True")
        .add("False")
        .add("Unknown");
    text(keys, "reason", "Why, in a word.");
    text(keys, "message", "Why, in a sentence.");
    text(keys, "lastTransitionTime", "Since when.").put("format", "date-time");
    whole(keys, "observedGeneration", "The generation that this is about.");
    return list;
  }

  private static ObjectNode object() {
    return Codec.json().createObjectNode();
  }
}
