package dev.faultline.operator.file;

import dev.faultline.engine.file.ExperimentFiles;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.operator.course.Seen;
import dev.faultline.operator.course.Seen.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads objects with the reader of files: each is written into a folder of its own, as it would
 * stand in a file, with the objects that it names beside it. Thread-safe for different objects.
 *
 * @param root the folder of all of them
 * @param contents the {@code spec} of an object; empty where there is none of that name
 * @param kubeconfig how the operator reaches its cluster; from inside of it when empty
 */
public record ObjectFiles(
    Path root, Function<Seen.Key, Optional<JsonNode>> contents, Optional<String> kubeconfig) {

  private static final int LONGEST_CHAIN = 10;

  /**
   * The experiment or rollout of an object, in this cluster.
   *
   * @throws NotRun when it is refused, or something that it names is not there
   * @throws IOException when the folder cannot be written
   */
  public LoadedExperiment load(Seen.Key key) throws NotRun, IOException {
    JsonNode spec =
        contents.apply(key).orElseThrow(() -> NotRun.waiting("Gone", "the object is gone"));
    Names.requireNoFiles(spec);
    ObjectFolder folder = ObjectFolder.emptied(root, key);
    environments(key, spec, folder);
    experiments(key, spec, folder);
    Path file = folder.write(key, spec);
    return new Trust(key.namespace(), kubeconfig).in(read(key, file));
  }

  private static LoadedExperiment read(Seen.Key key, Path file) throws NotRun {
    try {
      List<LoadedExperiment> all = new ExperimentFiles().load(file.toString(), Optional.empty());
      if (all.size() == 1) {
        return all.getFirst();
      }
      throw NotRun.invalid("%s holds no experiment".formatted(key.words()));
    } catch (InvalidFile refused) {
      throw NotRun.invalid(words(refused));
    }
  }

  /** The place by its line, as the file is that of nobody. */
  static String words(InvalidFile refused) {
    return refused
        .place()
        .map(at -> "at '%s': %s".formatted(at.text().strip(), refused.problem()))
        .orElse(refused.problem());
  }

  /** The environment that it names, and those that this one takes over. */
  private void environments(Seen.Key key, JsonNode spec, ObjectFolder folder)
      throws NotRun, IOException {
    JsonNode wanted = spec.path("environment");
    Set<String> seen = new HashSet<>();
    while (wanted.isString() && seen.size() < LONGEST_CHAIN) {
      String name = Names.object(wanted.stringValue(), "spec.environment");
      if (!seen.add(name)) {
        return;
      }
      Seen.Key other = new Seen.Key(Kind.ENVIRONMENT, key.namespace(), name);
      JsonNode content =
          contents
              .apply(other)
              .orElseThrow(
                  () ->
                      NotRun.waiting(
                          "EnvironmentMissing",
                          "there is no environment '%s' in this namespace".formatted(name)));
      Names.requireNoFiles(content);
      folder.write(other, content, Path.of("environments", name + ".yaml"));
      wanted = content.path("extends");
    }
  }

  /** The experiments that the steps of a rollout name, under the paths by which they do. */
  private void experiments(Seen.Key key, JsonNode spec, ObjectFolder folder)
      throws NotRun, IOException {
    for (JsonNode step : spec.path("steps")) {
      if (step.path("experiment").isString()) {
        String stated = step.path("experiment").stringValue();
        String name = Names.object(stated, "spec.steps.experiment");
        Seen.Key other = new Seen.Key(Kind.EXPERIMENT, key.namespace(), name);
        JsonNode content =
            contents
                .apply(other)
                .orElseThrow(
                    () ->
                        NotRun.waiting(
                            "ExperimentMissing",
                            "there is no experiment '%s' in this namespace".formatted(name)));
        Names.requireNoFiles(content);
        folder.write(other, content, Path.of(stated));
      }
    }
  }
}
