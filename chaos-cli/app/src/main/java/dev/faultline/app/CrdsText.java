package dev.faultline.app;

import dev.faultline.app.language.CustomResources;
import dev.faultline.app.language.Language;
import dev.faultline.engine.file.Writer;
import java.util.stream.Collectors;

/** The definitions of custom resources as text. Apart from their command, as {@link SchemaText}. */
final class CrdsText {

  private CrdsText() {}

  /** All of them, in YAML. */
  static String all() {
    Writer writer = new Writer();
    return new CustomResources(Language.read())
        .all().stream().map(writer::write).collect(Collectors.joining());
  }
}
