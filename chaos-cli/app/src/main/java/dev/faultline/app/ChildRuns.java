package dev.faultline.app;

import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.run.Clock;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Result;
import dev.faultline.gameday.daemon.Runner;
import dev.faultline.judge.Outcome;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Makes each run in a process of its own: a {@code faultline run} with an id that was given to it.
 * The process does not die with this one, and Ctrl-C of the terminal does not reach it: what is to
 * stop it comes from here.
 */
final class ChildRuns implements Runner {

  private static final Duration LOOK = Duration.ofMillis(200);

  /** Between its folder and its first event, a run takes its lock. */
  private static final int LOOKS_AT_A_BEGINNING = 25;

  private final Console console;
  private final Path logs;
  private final Map<String, Process> on = new ConcurrentHashMap<>();

  /** What runs print goes into a file for each, in this folder. */
  ChildRuns(Console console, Path logs) {
    this.console = console;
    this.logs = logs;
  }

  @Override
  public CompletableFuture<End> begin(String run, Path file) throws IOException {
    Path log = log(run);
    ProcessBuilder builder =
        new ProcessBuilder(command(run, file))
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    on.put(run, process);
    return process
        .onExit()
        .thenApply(
            ended -> {
              on.remove(run);
              return new End(ended.exitValue(), "");
            });
  }

  private Path log(String run) throws IOException {
    Path log = logs.resolve(run + ".log");
    try {
      return Files.createFile(
          log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException tried) {
      return log;
    }
  }

  /** The program that runs here, in a session of its own. */
  private List<String> command(String run, Path file) {
    List<String> command = new ArrayList<>();
    Stream.of("/usr/bin/setsid", "/bin/setsid")
        .filter(program -> Files.isExecutable(Path.of(program)))
        .findFirst()
        .ifPresent(command::add);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), Main.class.getName()));
    command.addAll(List.of("run", "--yes", "--no-live", "--id", run, file.toString()));
    return command;
  }

  @Override
  public void stop(String run) {
    Process process = on.get(run);
    if (process != null) {
      process.destroy();
    }
  }

  @Override
  public CompletableFuture<End> takeOver(String run) {
    return CompletableFuture.supplyAsync(
        () -> lookAfter(run), Executors.newVirtualThreadPerTaskExecutor());
  }

  private End lookAfter(String run) {
    Engine engine = Setup.engine(console);
    try {
      if (engine.store().claim(run).isPresent()) {
        return new End(Outcome.HALTED.exitCode(), "it had not begun");
      }
      RunFolder folder = Setup.run(engine.store(), run);
      awaitEnd(engine.store(), folder);
      Optional<Outcome> outcome = Recorded.outcome(folder);
      if (outcome.isPresent()) {
        return new End(outcome.get().exitCode(), "it ended by itself");
      }
      for (Result dead : new Leftovers(console, engine).finish(Optional.of(folder))) {
        return new End(dead.verdict().outcome().exitCode(), "it had died, and was undone");
      }
      return new End(Outcome.HALTED.exitCode(), "it died before it began");
    } catch (IOException | UsageError unproven) {
      return new End(Outcome.UNDO_NOT_PROVEN.exitCode(), String.valueOf(unproven.getMessage()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new End(Outcome.UNDO_NOT_PROVEN.exitCode(), "interrupted");
    }
  }

  private static void awaitEnd(RunStore store, RunFolder folder)
      throws IOException, InterruptedException {
    for (int looks = 0;
        store.isHeld(folder) || (looks < LOOKS_AT_A_BEGINNING && folder.read().entries().isEmpty());
        looks++) {
      Clock.system().sleep(LOOK);
    }
  }
}
