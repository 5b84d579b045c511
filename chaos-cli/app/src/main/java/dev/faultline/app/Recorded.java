package dev.faultline.app;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.journal.JournalContent;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import dev.faultline.model.document.EnvironmentRef;
import dev.faultline.model.event.Event;
import dev.faultline.model.summary.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A run that can be told about again.
 *
 * @param folder where its journal is
 * @param summary what its events amount to
 */
record Recorded(RunFolder folder, RunSummary summary) {

  /**
   * The run of this id, the only one whose id has that in it, or the one whose journal lies in a
   * folder of that path.
   *
   * @throws UsageError when there is no such run, or its journal tells nothing
   */
  static Recorded of(Console console, String name) throws IOException, UsageError {
    Optional<RunFolder> copy = copy(name);
    RunFolder folder = copy.isPresent() ? copy.get() : Setup.run(Setup.store(console), name);
    JournalContent content = folder.read();
    if (content.entries().isEmpty()
        || !(content.entries().getFirst().event() instanceof Event.RunStarted)) {
      throw nothing(folder);
    }
    return new Recorded(folder, RunSummary.of(content.entries()));
  }

  /** A run whose journal tells nothing. */
  static UsageError nothing(RunFolder folder) {
    return new UsageError(
        "run " + folder.id() + " has no journal to report from",
        "it died before its first event, or its journal is corrupt from the start",
        "'faultline undo " + folder.id() + "' makes sure that nothing is in force");
  }

  /** How a run ended; empty where its journal does not say so. */
  static Optional<Outcome> outcome(RunFolder folder) throws IOException {
    JournalContent content = folder.read();
    return content.entries().isEmpty()
            || !(content.entries().getFirst().event() instanceof Event.RunStarted)
        ? Optional.empty()
        : RunSummary.of(content.entries()).verdict().map(Verdict::outcome);
  }

  /** The experiment as its run tells of it. */
  static LoadedExperiment experiment(Event.RunStarted run) {
    String environment =
        run.spec().environment().flatMap(EnvironmentRef::name).orElse(run.experiment());
    return new LoadedExperiment(
        run.experiment(),
        run.spec(),
        environment,
        run.environment(),
        run.file(),
        Path.of(run.base()),
        run.rollout());
  }

  private static Optional<RunFolder> copy(String name) {
    try {
      Path path = Path.of(name);
      return name.contains("/") && Files.isRegularFile(path.resolve("journal.jsonl"))
          ? Optional.of(new RunFolder(name, path))
          : Optional.empty();
    } catch (InvalidPathException noPath) {
      return Optional.empty();
    }
  }
}
