package dev.faultline.engine.file;

import dev.faultline.model.codec.Words;
import dev.faultline.model.document.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds an environment by its name or file: in the file of the experiment, in {@code environments/}
 * beside it, beside it. Thread-safe.
 */
final class EnvironmentFiles {

  private static final String SUFFIX = ".yaml";

  /** An environment and the folder that its paths start from. */
  record Found(Environment environment, Path base) {
    String name() {
      return environment.metadata().name();
    }
  }

  /**
   * An environment that somebody asks for.
   *
   * @param wanted its name, or its file
   * @param experiment whose environment it shall be
   * @param documents all documents of that file
   * @param typed whether it was asked for on the command line rather than in the file: a path then
   *     starts where the user stands, not where the file is
   */
  record Wish(String wanted, Placed experiment, List<Placed> documents, boolean typed) {}

  private final Loader loader;

  EnvironmentFiles(Loader loader) {
    this.loader = loader;
  }

  Found find(Wish wish) throws InvalidFile {
    Path folder = wish.experiment().folder();
    Optional<Found> here = named(wish.wanted(), wish.documents());
    if (here.isPresent()) {
      return here.get();
    }
    Path place = place(wish, folder).orElseThrow(() -> missing(wish, folder));
    return environmentIn(place, wish.wanted());
  }

  private static Optional<Path> place(Wish wish, Path folder) {
    try {
      return Stream.of(
              wish.typed() ? Path.of(wish.wanted()) : folder.resolve(wish.wanted()),
              folder.resolve("environments").resolve(wish.wanted() + SUFFIX),
              folder.resolve(wish.wanted() + SUFFIX))
          .filter(Files::isRegularFile)
          .findFirst();
    } catch (InvalidPathException impossible) {
      return Optional.empty();
    }
  }

  private static InvalidFile missing(Wish wish, Path folder) {
    String problem =
        "environment '%s' is not found%s Looked for it in this file, and beside it in %s and %s"
            .formatted(
                wish.wanted(),
                Words.nearest(wish.wanted(), known(wish, folder))
                    .map("; did you mean '%s'?"::formatted)
                    .orElse("."),
                "environments/" + wish.wanted() + SUFFIX,
                wish.wanted() + SUFFIX);
    return wish.typed()
        ? new InvalidFile(wish.experiment().source().name(), problem + ", and as a path")
        : wish.experiment().refuse(List.of("spec", "environment"), problem);
  }

  private static Set<String> known(Wish wish, Path folder) {
    Set<String> names = new TreeSet<>();
    environments(wish.documents()).forEach(found -> names.add(found.name()));
    try (Stream<Path> files = Files.list(folder.resolve("environments"))) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .forEach(name -> names.add(name.substring(0, name.length() - SUFFIX.length())));
    } catch (IOException unreadable) {
      return names;
    }
    return names;
  }

  /** The one environment of a file. */
  Found only(Path place, String file) throws InvalidFile {
    return only(loader.read(place, file), file, "");
  }

  private static Found only(List<Placed> documents, String file, String why) throws InvalidFile {
    List<Found> all = environments(documents).toList();
    if (all.isEmpty()) {
      throw new InvalidFile(file, "no document of kind Environment is in this file" + why);
    }
    if (all.size() > 1) {
      throw new InvalidFile(
          file,
          "several environments are in this file (%s); give each its own".formatted(names(all)));
    }
    return all.getFirst();
  }

  private static String names(List<Found> found) {
    return found.stream().map(Found::name).sorted().collect(Collectors.joining(", "));
  }

  private Found environmentIn(Path place, String wanted) throws InvalidFile {
    String file = place.toString();
    List<Placed> documents = loader.read(place, file);
    Optional<Found> named = named(wanted, documents);
    if (named.isPresent()) {
      return named.get();
    }
    List<Found> others = environments(documents).toList();
    if (!others.isEmpty() && place.endsWith(wanted + SUFFIX)) {
      throw new InvalidFile(
          file,
          "the environment '%s' is looked for here, and here is %s"
              .formatted(wanted, names(others)));
    }
    return only(documents, file, "; '%s' names it".formatted(wanted));
  }

  private static Optional<Found> named(String wanted, List<Placed> documents) {
    return environments(documents).filter(found -> found.name().equals(wanted)).findFirst();
  }

  private static Stream<Found> environments(List<Placed> documents) {
    return documents.stream()
        .flatMap(
            placed ->
                placed.document() instanceof Environment environment
                    ? Stream.of(new Found(environment, placed.home()))
                    : Stream.empty());
  }
}
