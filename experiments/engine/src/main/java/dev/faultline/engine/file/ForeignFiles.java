package dev.faultline.engine.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads files of other tools into parts that know their place. Thread-safe. */
final class ForeignFiles {

  private final Loader loader;

  ForeignFiles(Loader loader) {
    this.loader = loader;
  }

  /**
   * The documents of a file; a list of objects counts as so many documents.
   *
   * @param name the file as messages call it
   * @throws InvalidFile when it is not YAML, or uses what hides what a file says
   */
  List<ForeignNode> read(Path file, String name) throws InvalidFile {
    SourceText source = SourceText.read(file, name);
    SourceMap map = SourceMap.ofOthers(source);
    List<ForeignNode> documents = new ArrayList<>();
    int number = 0;
    for (JsonNode tree : loader.trees(source)) {
      ForeignNode.Origin origin = new ForeignNode.Origin(number++, map, source);
      ForeignNode document = new ForeignNode(tree, List.of(), origin);
      if (tree.isArray()) {
        documents.addAll(document.list());
      } else if (tree.isObject()) {
        documents.add(document);
      }
    }
    if (documents.isEmpty()) {
      throw new InvalidFile(name, "the file holds no document that could be read");
    }
    return documents;
  }
}
