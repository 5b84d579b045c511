package dev.faultline.operator.file;

import dev.faultline.engine.file.Writer;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.Document;
import dev.faultline.operator.course.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The folder of one object, in which it stands as it would stand in a file. */
record ObjectFolder(Path path) {

  /** That of an object, with nothing in it. */
  static ObjectFolder emptied(Path root, Seen.Key key) throws IOException {
    Path folder = root.resolve(key.namespace()).resolve(key.kind().plural()).resolve(key.name());
    if (Files.exists(folder)) {
      List<Path> old;
      try (Stream<Path> all = Files.walk(folder)) {
        old = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path one : old) {
        Files.delete(one);
      }
    }
    return new ObjectFolder(Files.createDirectories(folder));
  }

  /** Writes the object itself. */
  Path write(Seen.Key key, JsonNode spec) throws IOException {
    return write(key, spec, Path.of("%s.%s.yaml".formatted(key.name(), key.kind().word())));
  }

  /** Writes an object under a path in this folder. */
  Path write(Seen.Key key, JsonNode spec, Path name) throws IOException {
    ObjectNode whole = Codec.json().createObjectNode();
    whole.put("apiVersion", Document.API_VERSION).put("kind", key.kind().word());
    whole.putObject("metadata").put("name", key.name());
    whole.set("spec", spec);
    Path file = path.resolve(name);
    Path _ = Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.writeString(file, new Writer().write(whole));
  }
}
