package dev.faultline.app.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** What the Javadoc of the language says, as the build kept it beside the classes. Immutable. */
final class Glossary {

  private static final String RESOURCE = "META-INF/faultline/glossary.tsv";

  private final Map<String, String> texts;

  private Glossary(Map<String, String> texts) {
    this.texts = texts;
  }

  /** Reads what every room of the language kept. */
  static Glossary read() {
    Map<String, String> texts = new HashMap<>();
    try {
      for (URL part : Collections.list(Glossary.class.getClassLoader().getResources(RESOURCE))) {
        try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(part.openStream(), StandardCharsets.UTF_8))) {
          lines
              .lines()
              .map(line -> line.split("\t", 2))
              .forEach(pair -> texts.put(pair[0], pair[1]));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("this installation cannot be read", unreadable);
    }
    return new Glossary(texts);
  }

  /** What is said of a type; empty where nothing is. */
  String of(Class<?> type) {
    return texts.getOrDefault(type.getName(), "");
  }

  /** What is said of a part of a record. */
  String of(RecordComponent part) {
    return texts.getOrDefault(part.getDeclaringRecord().getName() + "#" + part.getName(), "");
  }

  /** What is said of a word that stands alone. */
  String of(Enum<?> constant) {
    return texts.getOrDefault(constant.getDeclaringClass().getName() + "#" + constant.name(), "");
  }
}
