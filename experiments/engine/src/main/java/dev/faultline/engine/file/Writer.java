package dev.faultline.engine.file;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Writes documents as the {@link Loader} reads them. Thread-safe. */
public final class Writer {

  private final YAMLMapper yaml = Codec.configure(YAMLMapper.builder()).build();

  /** A document in YAML, from its separator to the end of its last line. */
  public String write(Document document) {
    return yaml.writeValueAsString(document);
  }

  /** Any other tree in YAML, alike. */
  public String write(JsonNode tree) {
    return yaml.writeValueAsString(tree);
  }
}
