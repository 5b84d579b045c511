package dev.faultline.app;

import dev.faultline.engine.file.ExperimentFiles;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.file.LoadedPolicy;
import dev.faultline.engine.file.Loader;
import dev.faultline.engine.file.PolicyFiles;
import dev.faultline.gameday.file.Day;
import dev.faultline.gameday.file.Days;
import dev.faultline.model.document.Document;
import dev.faultline.model.document.Environment;
import dev.faultline.model.document.Experiment;
import dev.faultline.model.document.GameDay;
import dev.faultline.model.document.Policy;
import dev.faultline.model.document.Rollout;
import dev.faultline.policy.Rulebook;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads files, and touches nothing. */
@Command(
    name = "validate",
    description = "Reads files strictly and says what is wrong with them.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline validate examples/shop/*.yaml",
      "%nExit codes:",
      "  0 all are valid   2 one is not"
    })
final class ValidateCommand implements Callable<Integer> {

  @Mixin private ExperimentOptions options = new ExperimentOptions();

  private final Console console;

  ValidateCommand(Console console) {
    this.console = console;
  }

  /** Goes on after a file that is wrong: a person wants to know of all of them. */
  @Override
  public Integer call() {
    Loader loader = new Loader();
    int worst = 0;
    for (String file : options.files()) {
      try {
        validate(file, loader);
      } catch (InvalidFile invalid) {
        worst = Failures.explain(console, invalid);
      }
    }
    return worst;
  }

  private void validate(String file, Loader loader) throws InvalidFile {
    for (Document document : loader.load(Path.of(file), file)) {
      switch (document) {
        case Environment environment ->
            console
                .out()
                .line("%s: environment %s is valid".formatted(file, environment.metadata().name()));
        case Experiment _, Rollout _, GameDay _, Policy _ -> {}
      }
    }
    for (LoadedPolicy policy : new PolicyFiles(loader).load(file)) {
      var _ = Rulebook.of(List.of(policy));
      console
          .out()
          .line(
              "%s: policy %s is valid: %s, %s"
                  .formatted(
                      file,
                      policy.name(),
                      Spell.count(policy.spec().rules().size(), "rule"),
                      Spell.count(policy.spec().tests().size(), "test")));
    }
    for (Day day : new Days(loader).load(file)) {
      console
          .out()
          .line(
              "%s: game day %s is valid: %s, %s, %s"
                  .formatted(
                      file,
                      day.name(),
                      Spell.count(day.loaded().runs().size(), "run"),
                      Spell.count(day.loaded().spec().freeze().size(), "freeze"),
                      day.timetable().zone()));
    }
    for (LoadedExperiment experiment :
        new ExperimentFiles(loader).load(file, options.environment())) {
      print(file, experiment);
    }
  }

  private void print(String file, LoadedExperiment experiment) {
    console
        .out()
        .line(
            "%s: %s %s is valid: %s, %s, environment %s"
                .formatted(
                    file,
                    experiment.rollout().isPresent() ? "rollout" : "experiment",
                    experiment.name(),
                    experiment
                        .rollout()
                        .map(rollout -> Spell.count(rollout.steps().size(), "step"))
                        .orElseGet(
                            () -> Spell.count(experiment.spec().disturbances().size(), "fault")),
                    Spell.count(experiment.spec().gates().size(), "gate"),
                    experiment.environmentName()));
  }
}
