package dev.faultline.app;

import dev.faultline.app.start.Question;
import dev.faultline.app.start.Template;
import dev.faultline.engine.file.ExperimentFiles;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.model.codec.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the files of a template.
 *
 * @param folder where to
 * @param force whether files that are there may be written over
 */
record FirstFiles(Console console, Path folder, boolean force) {

  /** With the usual answers where a template is named; else it asks for both. */
  void write(Optional<String> name) throws IOException, UsageError {
    Template chosen = name.isEmpty() ? asked() : named(name.get());
    Map<String, String> answers = name.isEmpty() ? answers(chosen) : Map.of();
    Map<String, String> files = chosen.filled(answers);
    validate(chosen, files);
    refuseToOverwrite(files);
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path place = folder.resolve(file.getKey());
      Files.writeString(place, file.getValue());
      console.err().line("Written: " + place);
    }
    console.err().line("Next:");
    String run = "faultline run " + folder.resolve(chosen.experiment());
    console.out().line(chosen.name().equals("ci") ? run + " --yes --out reports" : run);
  }

  private Template asked() throws UsageError {
    if (!console.person()) {
      throw new UsageError(
          "no template is named, and nobody is here who could be asked",
          "",
          "add --template with one of " + known());
    }
    console.err().line("What do you want to break?");
    for (Template one : Template.all()) {
      console.err().line("  %-9s %s".formatted(one.name(), one.summary()));
    }
    return named(console.asked("Template", "lab"));
  }

  private static String known() {
    return String.join(", ", names());
  }

  private static List<String> names() {
    return Template.all().stream().map(Template::name).toList();
  }

  private static Template named(String name) throws UsageError {
    Optional<Template> known =
        Template.all().stream().filter(one -> one.name().equals(name)).findFirst();
    return known.orElseThrow(
        () -> new UsageError(Words.unknown("template", name, names()), "", "name one of these"));
  }

  private Map<String, String> answers(Template chosen) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (Question question : chosen.questions()) {
      answers.put(question.key(), console.asked(question.text(), question.fallback()));
    }
    return answers;
  }

  /** In a folder of their own: nothing that does not load gets where it is wanted. */
  private static void validate(Template chosen, Map<String, String> files)
      throws IOException, UsageError {
    Path trial = Files.createTempDirectory("faultline-init");
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(trial.resolve(file.getKey()), file.getValue());
      }
      new ExperimentFiles().load(trial.resolve(chosen.experiment()).toString(), Optional.empty());
    } catch (InvalidFile invalid) {
      throw new UsageError(
          "with these answers the files would not load; nothing is written",
          invalid.problem(),
          "answer otherwise");
    } finally {
      for (String file : files.keySet()) {
        Files.deleteIfExists(trial.resolve(file));
      }
      Files.deleteIfExists(trial);
    }
  }

  private void refuseToOverwrite(Map<String, String> files) throws UsageError {
    List<String> there =
        files.keySet().stream().filter(file -> Files.exists(folder.resolve(file))).toList();
    if (!there.isEmpty() && !force) {
      throw new UsageError(
          "nothing is written: %s has %s already".formatted(folder, String.join(", ", there)),
          "",
          "name another folder, or add --force to write over them");
    }
  }
}
