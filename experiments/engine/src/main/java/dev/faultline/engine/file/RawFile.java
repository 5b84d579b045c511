package dev.faultline.engine.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A file whose documents are read and not yet understood.
 *
 * @param trees its documents; one that is empty is there as such
 */
record RawFile(SourceText source, SourceMap map, List<JsonNode> trees) {

  RawFile {
    trees = List.copyOf(trees);
  }

  /** The folder that it is in. */
  Path folder() {
    return Placed.folderOf(Path.of(source.name()));
  }

  /** The environment of a name, of which there is one at most. */
  Optional<Layer> environment(String name) {
    return IntStream.range(0, trees.size())
        .mapToObj(number -> new Layer(this, number))
        .filter(layer -> layer.isEnvironment() && layer.name().equals(Optional.of(name)))
        .findFirst();
  }

  /** Where an environment of that name would have a file of its own. */
  Optional<Path> fileOf(String name) {
    return List.of(
            folder().resolve("environments").resolve(name + ".yaml"),
            folder().resolve(name + ".yaml"))
        .stream()
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
