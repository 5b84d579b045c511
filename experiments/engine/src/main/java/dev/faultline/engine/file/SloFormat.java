package dev.faultline.engine.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A way to write objectives down. */
interface SloFormat {

  /** What stands in a file, by its name. */
  final class Found {

    private final Map<String, ForeignNode> slos = new LinkedHashMap<>();
    private final Map<String, ForeignNode> others = new LinkedHashMap<>();

    /** Adds an objective. */
    void slo(String name, ForeignNode slo) throws InvalidFile {
      if (slos.put(name, slo) != null) {
        throw slo.refuse("another SLO of this file is called '%s' too".formatted(name));
      }
    }

    /** Adds what objectives may refer to. */
    void other(String kind, String name, ForeignNode thing) {
      others.put(kind + " " + name, thing);
    }

    Map<String, ForeignNode> slos() {
      return slos;
    }

    /** What is referred to, where it stands in this file. */
    Optional<ForeignNode> other(String kind, String name) {
      return Optional.ofNullable(others.get(kind + " " + name));
    }
  }

  /** Whether a document is written that way. */
  boolean knows(ForeignNode document);

  /** Gathers the objectives of a document, unread. */
  void slos(ForeignNode document, Found found) throws InvalidFile;

  /** Reads one objective; whatever cannot be honoured is refused where it stands. */
  Budget read(ForeignNode slo, Found all) throws InvalidFile;
}
