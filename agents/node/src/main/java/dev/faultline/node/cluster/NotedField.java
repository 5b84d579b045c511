package dev.faultline.node.cluster;

import dev.faultline.node.http.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A field of an object that a fault changed. Every value is a text. */
sealed interface NotedField
    permits NotedField.Replicas,
        NotedField.Unschedulable,
        NotedField.Taint,
        NotedField.Entry,
        NotedField.Selects,
        ContainerField,
        MatchedField,
        MirroredField,
        WeightsField {

  /** The field in words. */
  String words();

  /** What the object states; empty where the field is absent. */
  Optional<String> stated(Json object);

  /**
   * The merge patch that gives it a value, on top of the patch for other fields of the object.
   *
   * @param value empty where the field is to go
   */
  Json patch(Json object, Json patch, Optional<String> value) throws UnreadableNote;

  /** How many pods a workload wants. */
  record Replicas() implements NotedField {
    @Override
    public String words() {
      return "replicas";
    }

    @Override
    public Optional<String> stated(Json object) {
      return Tree.text(object, "spec", "replicas");
    }

    @Override
    public Json patch(Json object, Json patch, Optional<String> value) throws UnreadableNote {
      String number = value.orElse("1");
      if (!number.matches("\\d{1,9}")) {
        throw new UnreadableNote("'%s' is no number of pods".formatted(number));
      }
      return Tree.with(patch, new Json.Word(number), "spec", "replicas");
    }
  }

  /** Whether new pods are kept off a node. */
  record Unschedulable() implements NotedField {
    @Override
    public String words() {
      return "unschedulable";
    }

    @Override
    public Optional<String> stated(Json object) {
      return Tree.text(object, "spec", "unschedulable").filter("true"::equals);
    }

    @Override
    public Json patch(Json object, Json patch, Optional<String> value) {
      return Tree.with(
          patch, value.isPresent() ? new Json.Word("true") : Tree.NULL, "spec", "unschedulable");
    }
  }

  /** The taint of a node with this key and effect. */
  record Taint(String key, String effect) implements NotedField {
    @Override
    public String words() {
      return "taint %s:%s".formatted(key, effect);
    }

    @Override
    public Optional<String> stated(Json object) {
      return Tree.items(object, "spec", "taints").stream()
          .filter(this::isThis)
          .findFirst()
          .map(taint -> Tree.text(taint, "value").orElse(""));
    }

    private boolean isThis(Json taint) {
      return Tree.text(taint, "key").equals(Optional.of(key))
          && Tree.text(taint, "effect").equals(Optional.of(effect));
    }

    /** A list is replaced as a whole. */
    @Override
    public Json patch(Json object, Json patch, Optional<String> value) {
      Json from = Tree.at(patch, "spec", "taints").isPresent() ? patch : object;
      List<Json> taints = new ArrayList<>();
      Tree.items(from, "spec", "taints").stream()
          .filter(taint -> !isThis(taint))
          .forEach(taints::add);
      if (value.isPresent()) {
        Map<String, Json> one = new LinkedHashMap<>();
        one.put("key", new Json.Text(key));
        one.put("effect", new Json.Text(effect));
        value
            .filter(text -> !text.isEmpty())
            .ifPresent(text -> one.put("value", new Json.Text(text)));
        taints.add(new Json.Members(one));
      }
      return Tree.with(patch, new Json.Items(taints), "spec", "taints");
    }
  }

  /** One entry of the data of a config map. */
  record Entry(String key) implements NotedField {
    @Override
    public String words() {
      return "'%s'".formatted(key);
    }

    @Override
    public Optional<String> stated(Json object) {
      return Tree.text(object, "data", key);
    }

    @Override
    public Json patch(Json object, Json patch, Optional<String> value) {
      return Tree.with(patch, value.<Json>map(Json.Text::new).orElse(Tree.NULL), "data", key);
    }
  }

  /** A label by which a service selects its pods. */
  record Selects(String label) implements NotedField {
    @Override
    public String words() {
      return "selector " + label;
    }

    @Override
    public Optional<String> stated(Json object) {
      return Tree.text(object, "spec", "selector", label);
    }

    @Override
    public Json patch(Json object, Json patch, Optional<String> value) {
      return Tree.with(
          patch, value.<Json>map(Json.Text::new).orElse(Tree.NULL), "spec", "selector", label);
    }
  }

  /** A field as a note names it. */
  static NotedField of(Json field) throws UnreadableNote {
    if (Tree.at(field, "replicas").isPresent()) {
      return new Replicas();
    }
    if (Tree.at(field, "unschedulable").isPresent()) {
      return new Unschedulable();
    }
    Optional<String> key = Tree.text(field, "taint", "key");
    Optional<String> effect = Tree.text(field, "taint", "effect");
    if (key.isPresent() && effect.isPresent()) {
      return new Taint(key.get(), effect.get());
    }
    return Tree.text(field, "entry", "key")
        .<NotedField>map(Entry::new)
        .or(() -> Tree.text(field, "selects", "label").map(Selects::new))
        .or(() -> ContainerField.of(field))
        .or(() -> WeightsField.of(field))
        .or(() -> MatchedField.of(field))
        .or(() -> MirroredField.of(field))
        .orElseThrow(() -> new UnreadableNote("a field of another Faultline: " + field.text()));
  }
}
