package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;
import java.util.Map;

/**
 * What a document is called.
 *
 * @param name a name that clusters accept too
 * @param labels for selecting documents
 * @param annotations for other tools; Faultline leaves them alone
 */
public record Metadata(String name, Map<String, String> labels, Map<String, String> annotations) {

  /** Requires a name of lower-case letters, digits and dashes. */
  public Metadata {
    InvalidValue.required(name, "name");
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new InvalidValue(
          "name",
          "'%s' is not a name: up to 63 lower-case letters, digits and '-' between them"
              .formatted(name));
    }
  }
}
