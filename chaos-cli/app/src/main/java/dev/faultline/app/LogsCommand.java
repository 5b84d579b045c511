package dev.faultline.app;

import dev.faultline.app.EventWords.Kind;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.environment.lab.ProcessLogs;
import dev.faultline.judge.Quantity;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a journal holds, or what a process of a lab printed. */
@Command(
    name = "logs",
    description = "Prints the events of a run, or what a process of its lab printed.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline logs crashed-payments --kind fault,stop --since 1m",
      "  faultline logs crashed-payments --process orders",
      "%nKinds: run, phase, plan, fault, step, gate, load, database, ledger, sighting, stop,"
          + " verdict.",
      "%nExit codes:",
      "  0 printed   2 no such run, kind, time or process   5 what is kept cannot be read"
    })
final class LogsCommand implements Callable<Integer> {

  @Parameters(paramLabel = "RUN", description = "Id of a run or a part of it.")
  private String run = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on until the run has ended.")
  private boolean follow;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only the last so long, such as 30s or 5m.")
  private @Nullable String since;

  @Option(
      names = "--kind",
      split = ",",
      paramLabel = "KIND",
      description = "Only events of these kinds.")
  private List<String> kinds = new ArrayList<>();

  @Option(names = "--json", description = "Prints each event as a line of JSON.")
  private boolean json;

  @Option(
      names = "--process",
      paramLabel = "NAME",
      description = "Prints what this process of the lab printed, instead of events.")
  private @Nullable String process;

  private final Console console;

  LogsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, UsageError, InterruptedException {
    RunStore store = Setup.store(console);
    RunFolder folder = Setup.run(store, run);
    if (process == null) {
      events(store, folder);
    } else {
      if (json || since != null || !kinds.isEmpty()) {
        throw new UsageError(
            "--process goes with --follow alone",
            "what a process printed has no kinds, and no times that Faultline knows",
            "leave out --json, --since and --kind");
      }
      output(store, folder, process);
    }
    return 0;
  }

  private void events(RunStore store, RunFolder folder)
      throws IOException, UsageError, InterruptedException {
    Set<Kind> wanted = wanted();
    Optional<Duration> last = last();
    Following following = new Following(store, folder);
    List<Entry> first = following.begin();
    Duration now = first.getLast().elapsed();
    Duration from = last.map(now::minus).orElse(Duration.ZERO);
    Sink lines = json ? new JsonLines(console.out()) : new EventLines(console.out());
    Sink chosen =
        entry -> {
          if (wanted.contains(Kind.of(entry.event())) && entry.elapsed().compareTo(from) >= 0) {
            lines.accept(entry);
          } else if (lines instanceof EventLines people) {
            people.learn(entry);
          }
        };
    if (follow) {
      List<Entry> _ = following.toTheEnd(first, chosen);
    } else {
      first.forEach(chosen::accept);
    }
  }

  private Set<Kind> wanted() throws UsageError {
    Set<Kind> wanted = EnumSet.noneOf(Kind.class);
    for (String name : kinds) {
      wanted.add(
          Stream.of(Kind.values())
              .filter(kind -> kind.word().equals(name.strip().toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UsageError("no events are of kind " + name, "", "known are " + known())));
    }
    return wanted.isEmpty() ? EnumSet.allOf(Kind.class) : wanted;
  }

  private static String known() {
    return Stream.of(Kind.values()).map(Kind::word).collect(Collectors.joining(", "));
  }

  private Optional<Duration> last() throws UsageError {
    if (since == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Quantity.parse(since).toDuration());
    } catch (IllegalArgumentException noTime) {
      throw new UsageError("'%s' is not a time".formatted(since), "", "write 30s, 5m or 1h");
    }
  }

  private void output(RunStore store, RunFolder folder, String name)
      throws IOException, UsageError, InterruptedException {
    Map<String, Path> files = new ProcessLogs(folder.path()).files();
    Path file = files.get(name);
    if (file == null) {
      throw new UsageError(
          "nothing is kept of what a process '%s' printed in run %s".formatted(name, folder.id()),
          files.isEmpty()
              ? "logs are there while a lab lives, and afterwards if its run did not pass"
              : "there are logs of " + String.join(", ", files.keySet()),
          "");
    }
    ProcessOutput output = new ProcessOutput(console.out(), file);
    while (follow && store.isHeld(folder)) {
      output.print(false);
      output.await();
    }
    output.print(true);
  }
}
