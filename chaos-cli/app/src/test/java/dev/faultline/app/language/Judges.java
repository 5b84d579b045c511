package dev.faultline.app.language;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.Loader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Those who say whether a document is right: the schema, by a validator of others, and the loader.
 */
final class Judges {

  private final com.networknt.schema.Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(Schema.of(Language.read()).toString());
  private final Loader loader = new Loader();
  private final Path file;

  Judges(Path folder) {
    this.file = folder.resolve("judged.yaml");
  }

  /** What an editor would underline. */
  List<String> schemaSays(JsonNode document) {
    return schema.validate(document.toString(), InputFormat.JSON).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  /** Whether an editor would underline nothing in a file. */
  boolean schemaTakes(String file) {
    return Corpus.trees(file).stream().allMatch(document -> schemaSays(document).isEmpty());
  }

  /** Whether the loader takes a document. */
  boolean loads(JsonNode document) throws IOException {
    return loads(document.toString());
  }

  boolean loads(String text) throws IOException {
    try {
      loader.load(Files.writeString(file, text), "judged.yaml");
      return true;
    } catch (InvalidFile refused) {
      return false;
    }
  }
}
