package dev.faultline.engine.file;

import java.util.ArrayList;
import java.util.List;

/** Reads objects of Kubernetes from files. Thread-safe. */
public final class ManifestFiles {

  private final ForeignFiles files;

  /** Reads with a loader that others use too. */
  public ManifestFiles(Loader loader) {
    this.files = new ForeignFiles(loader);
  }

  /**
   * The objects of a file, those in lists too.
   *
   * @throws InvalidFile when it is no YAML, or a document in it is no object of Kubernetes
   */
  public List<Manifest> load(String file) throws InvalidFile {
    List<Manifest> objects = new ArrayList<>();
    for (ForeignNode document : files.read(ExperimentFiles.path(file), file)) {
      String kind = document.at("kind").text();
      if (document.has("items") && kind.endsWith("List")) {
        for (ForeignNode item : document.at("items").list()) {
          objects.add(new Manifest(item));
        }
      } else {
        objects.add(new Manifest(document));
      }
    }
    return objects;
  }
}
