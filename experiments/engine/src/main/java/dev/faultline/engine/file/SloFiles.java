package dev.faultline.engine.file;

import dev.faultline.model.codec.Words;
import dev.faultline.model.gate.Slo;
import java.nio.file.Path;
import java.util.List;

/** Finds an objective in a file of OpenSLO, Sloth or Pyrra. Thread-safe. */
final class SloFiles {

  private static final List<SloFormat> FORMATS = List.of(new OpenSlo(), new Sloth(), new Pyrra());

  private final ForeignFiles files;

  SloFiles(ForeignFiles files) {
    this.files = files;
  }

  /**
   * Reads one objective.
   *
   * @param name the file as messages call it
   */
  Budget read(Slo slo, Path file, String name) throws InvalidFile {
    List<ForeignNode> documents = files.read(file, name);
    SloFormat format = formatOf(documents.getFirst());
    SloFormat.Found found = new SloFormat.Found();
    for (ForeignNode document : documents) {
      if (!format.equals(formatOf(document))) {
        throw document.refuse("this is written otherwise than what stands before it");
      }
      format.slos(document, found);
    }
    ForeignNode wanted = found.slos().get(slo.name());
    if (wanted == null) {
      throw new InvalidFile(
          name,
          found.slos().isEmpty()
              ? "no SLO stands in this file; '%s' is looked for here".formatted(slo.name())
              : Words.unknown("SLO", slo.name(), found.slos().keySet()));
    }
    return format.read(wanted, found);
  }

  private static SloFormat formatOf(ForeignNode document) throws InvalidFile {
    for (SloFormat format : FORMATS) {
      if (format.knows(document)) {
        return format;
      }
    }
    throw document.refuse(
        "these SLOs are read here: 'apiVersion: openslo/v1', 'version: prometheus/v1' and"
            + " sloth.slok.dev/v1 of Sloth, pyrra.dev/v1alpha1");
  }
}
