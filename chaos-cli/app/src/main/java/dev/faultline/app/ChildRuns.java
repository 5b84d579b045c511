package dev.faultline.app;

import dev.faultline.gameday.daemon.Runner;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
 * Ctrl-C of the terminal does not reach it: what is to stop it comes from here.
 */
final class ChildRuns implements Runner {

  /** What becomes of runs when this process dies. */
  enum Orphans {
    /** They go on, for the next start here to look after. */
    GO_ON,
    /** They withdraw their faults, as another scheduler will record that they ended. */
    HALT
  }

  private final Console console;
  private final Path logs;
  private final Orphans orphans;
  private final Map<String, Process> on = new ConcurrentHashMap<>();

  /** What runs print goes into a file for each, in this folder. */
  ChildRuns(Console console, Path logs, Orphans orphans) {
    this.console = console;
    this.logs = logs;
    this.orphans = orphans;
  }

  @Override
  public CompletableFuture<End> begin(String run, Path file) throws IOException {
    Path log = log(run);
    ProcessBuilder builder =
        new ProcessBuilder(command(run, file))
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().remove(StorePlace.PASSWORD);
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
    program("setsid").ifPresent(command::add);
    if (orphans == Orphans.HALT) {
      // The signal comes when the thread ends that began the run: the daemon's, which lives as
      // long.
      program("setpriv").ifPresent(words -> command.addAll(List.of(words, "--pdeathsig", "TERM")));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), Main.class.getName()));
    command.addAll(List.of("run", "--yes", "--no-live", "--id", run, file.toString()));
    return command;
  }

  private static Optional<String> program(String name) {
    return Stream.of("/usr/bin/", "/bin/")
        .map(folder -> folder + name)
        .filter(program -> Files.isExecutable(Path.of(program)))
        .findFirst();
  }

  @Override
  public void stop(String run) {
    Process process = on.get(run);
    if (process != null) {
      process.destroy();
    }
  }

  @Override
  public CompletableFuture<End> takeOver(Lost lost) {
    return CompletableFuture.supplyAsync(
        () -> new LostRuns(console).lookAfter(lost), Executors.newVirtualThreadPerTaskExecutor());
  }
}
