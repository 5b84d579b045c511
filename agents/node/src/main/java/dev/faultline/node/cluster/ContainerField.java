package dev.faultline.node.cluster;

import dev.faultline.node.http.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A field of a container of a workload's pods.
 *
 * @param container the name of the container
 * @param path where the field is in it
 */
record ContainerField(String container, List<String> path) implements NotedField {

  private static final String[] CONTAINERS = {"spec", "template", "spec", "containers"};

  ContainerField {
    path = List.copyOf(path);
  }

  /** The field, where a note names one of a container. */
  static Optional<NotedField> of(Json field) {
    Optional<String> image = Tree.text(field, "image", "container");
    if (image.isPresent()) {
      return Optional.of(new ContainerField(image.get(), List.of("image")));
    }
    List<String> amount =
        Stream.of("container", "bound", "resource")
            .flatMap(name -> Tree.text(field, "amount", name).stream())
            .toList();
    return amount.size() == 3
        ? Optional.of(
            new ContainerField(
                amount.getFirst(), List.of("resources", amount.get(1), amount.get(2))))
        : Optional.empty();
  }

  @Override
  public String words() {
    return "%s of %s".formatted(String.join(".", path), container);
  }

  @Override
  public Optional<String> stated(Json object) {
    return Tree.items(object, CONTAINERS).stream()
        .filter(this::isThis)
        .findFirst()
        .flatMap(one -> Tree.text(one, names()));
  }

  private String[] names() {
    return path.toArray(String[]::new);
  }

  private boolean isThis(Json one) {
    return Tree.text(one, "name").equals(Optional.of(container));
  }

  /** A list is replaced as a whole. */
  @Override
  public Json patch(Json object, Json patch, Optional<String> value) {
    Json from = Tree.at(patch, CONTAINERS).isPresent() ? patch : object;
    List<Json> containers = new ArrayList<>();
    for (Json one : Tree.items(from, CONTAINERS)) {
      containers.add(isThis(one) ? changed(one, value) : one);
    }
    return Tree.with(patch, new Json.Items(containers), CONTAINERS);
  }

  private Json changed(Json one, Optional<String> value) {
    return value
        .map(text -> Tree.with(one, new Json.Text(text), names()))
        .orElseGet(() -> Tree.without(one, path));
  }
}
