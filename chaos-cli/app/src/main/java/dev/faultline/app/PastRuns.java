package dev.faultline.app;

import dev.faultline.engine.journal.JournalContent;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Event;
import dev.faultline.model.summary.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs that were made before, whose journals can still be read.
 *
 * @param folders where they are, in any order
 * @param named whether a folder is called after its experiment, which spares reading the others
 */
record PastRuns(List<RunFolder> folders, boolean named) {

  private static final int LONGEST = 40;

  /** Keeps the list unchangeable. */
  PastRuns {
    folders = List.copyOf(folders);
  }

  /** The runs of this user. */
  static PastRuns of(Console console) throws IOException {
    return new PastRuns(Setup.store(console).all(), true);
  }

  /**
   * The runs whose journals lie in a folder, or in folders in it: what a gate of an earlier build
   * wrote.
   *
   * @throws UsageError when there is no such folder
   */
  static PastRuns in(Path folder) throws IOException, UsageError {
    if (!Files.isDirectory(folder)) {
      throw new UsageError(
          "there is no folder " + folder,
          "runs of earlier builds are read from where --out of their gate has put them",
          "name another one, or leave it out for the runs of this machine");
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return new PastRuns(
          Stream.concat(Stream.of(folder), inside.sorted())
              .filter(path -> Files.isRegularFile(path.resolve("journal.jsonl")))
              .map(path -> new RunFolder(String.valueOf(path.getFileName()), path))
              .toList(),
          false);
    }
  }

  /** Every run, oldest first; control runs are none of them. */
  List<RunSummary> all() {
    return read(folders);
  }

  /** The runs of an experiment, oldest first. */
  List<RunSummary> of(String experiment) {
    String name = experiment.length() > LONGEST ? experiment.substring(0, LONGEST) : experiment;
    return read(folders.stream().filter(run -> !named || run.id().contains(name)).toList()).stream()
        .filter(run -> run.start().experiment().equals(experiment))
        .toList();
  }

  /** The last run of an experiment that passed. */
  Optional<RunSummary> accepted(String experiment) {
    return of(experiment).reversed().stream()
        .filter(run -> run.verdict().filter(end -> end.outcome() == Outcome.PASSED).isPresent())
        .findFirst();
  }

  private static List<RunSummary> read(List<RunFolder> folders) {
    List<RunSummary> runs = new ArrayList<>();
    folders.forEach(folder -> read(folder).ifPresent(runs::add));
    runs.sort(Comparator.comparing(RunSummary::began).thenComparing(run -> run.start().run()));
    return runs;
  }

  /** A journal that cannot be trusted to its end says nothing that others could be held to. */
  private static Optional<RunSummary> read(RunFolder folder) {
    try {
      JournalContent content = folder.read();
      boolean told =
          content.whole()
              && !content.entries().isEmpty()
              && content.entries().getFirst().event() instanceof Event.RunStarted started
              && !started.control();
      return told ? Optional.of(RunSummary.of(content.entries())) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
