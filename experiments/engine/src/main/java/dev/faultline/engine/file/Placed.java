package dev.faultline.engine.file;

import dev.faultline.model.document.Document;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A document with the place that it has in its file.
 *
 * @param document the document
 * @param number its number in the file, counted from 0
 * @param home the folder that its paths start from
 */
record Placed(Document document, int number, SourceMap map, SourceText source, Path home) {

  String name() {
    return document.metadata().name();
  }

  /** The folder of its file. */
  Path folder() {
    return folderOf(Path.of(source.name()));
  }

  static Path folderOf(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    return Optional.ofNullable(absolute.getParent()).orElse(absolute);
  }

  /**
   * A file that the value at a path names, from the folder of this one.
   *
   * @throws InvalidFile when there is none
   */
  Path file(String name, List<String> at) throws InvalidFile {
    try {
      Path file = folder().resolve(name).normalize();
      if (Files.isRegularFile(file)) {
        return file;
      }
      throw refuse(at, "there is no file %s".formatted(file));
    } catch (InvalidPathException impossible) {
      throw refuse(at, "no file can be called that; check the path");
    }
  }

  /** A refusal of a part of the document. */
  InvalidFile refuse(Refusal refusal) {
    return refuse(refusal, number, map, source);
  }

  /** A refusal of the value at a path. */
  InvalidFile refuse(List<String> path, String problem) {
    return refuse(new Refusal(path, Refusal.Spot.VALUE, problem));
  }

  static InvalidFile refuse(Refusal refusal, int number, SourceMap map, SourceText source) {
    SourceMap.Position at = map.locate(number, refusal.path(), refusal.spot());
    return source.refuse(at.line(), at.column(), refusal.words());
  }
}
