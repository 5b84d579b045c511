package dev.faultline.app;

import dev.faultline.app.language.Language;
import dev.faultline.app.language.Schema;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.codec.Words;
import java.util.Optional;
import java.util.Set;

/** The schema as text. Apart from its command, which every start looks at. */
final class SchemaText {

  private SchemaText() {}

  /** Of one kind of document, or of all. */
  static String of(Optional<String> kind) throws UsageError {
    Language language = Language.read();
    Set<String> kinds = language.kinds().keySet();
    if (kind.isPresent() && !kinds.contains(kind.get())) {
      throw new UsageError(
          Words.unknown("kind", kind.get(), kinds), "", "see 'faultline schema --help'");
    }
    return Codec.json()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(
            kind.isPresent() ? Schema.of(language, kind.get()) : Schema.of(language));
  }
}
