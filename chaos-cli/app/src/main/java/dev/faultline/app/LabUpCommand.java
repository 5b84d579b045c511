package dev.faultline.app;

import dev.faultline.app.standing.StandingFolder;
import dev.faultline.app.standing.StandingLab;
import dev.faultline.engine.file.ExperimentFiles;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedEnvironment;
import dev.faultline.environment.hands.RunPlace;
import dev.faultline.environment.lab.LabHabitat;
import dev.faultline.judge.Outcome;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.world.NotReady;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Wiring;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Starts a lab, and keeps it until somebody ends it. */
@Command(
    name = "up",
    description = "Starts the lab of an environment and keeps it up until Ctrl-C.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline lab up examples/shop/environments/shop.yaml",
      "%nExit codes:",
      "  2 the file is invalid, or is of no lab   5 the lab did not start, or is up already",
      "  6 ended by Ctrl-C or a signal"
    })
final class LabUpCommand implements Callable<Integer> {

  private static final long LOOK_MILLIS = 100;

  @Parameters(paramLabel = "FILE", description = "File of the environment.")
  private String file = "";

  private final Console console;
  private final CountDownLatch end = new CountDownLatch(1);

  LabUpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InvalidFile, UsageError, IOException {
    LoadedEnvironment environment = new ExperimentFiles().environment(file);
    if (!(environment.spec().place() instanceof Lab lab)) {
      throw new UsageError(
          "%s is no lab".formatted(environment.name()),
          "what it names runs already",
          "use it as it is: faultline run EXPERIMENT --environment " + file);
    }
    Path path = console.state().resolve("labs").resolve(environment.name());
    Optional<StandingFolder> folder = StandingFolder.take(path);
    if (folder.isEmpty()) {
      console.error(
          "the lab %s is up already".formatted(environment.name()),
          "another 'faultline lab up' keeps it",
          "use it, or end that one");
      return Outcome.NOT_READY.exitCode();
    }
    try (StandingFolder own = folder.get()) {
      return keep(environment, lab, own);
    }
  }

  private int keep(LoadedEnvironment environment, Lab lab, StandingFolder folder)
      throws IOException {
    // What one that was killed has left; its processes died with it.
    open(environment, lab, folder.path()).close();
    Thread here = Thread.currentThread();
    for (String signal : List.of("INT", "TERM", "HUP")) {
      Signals.handle(
          signal,
          () -> {
            end.countDown();
            here.interrupt();
          });
    }
    try (LabHabitat habitat = open(environment, lab, folder.path())) {
      habitat.prepare();
      StandingLab standing = new StandingLab(environment, habitat);
      standing.write(folder);
      tell(environment, standing, folder);
      while (!end.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        standing.follow(folder);
      }
    } catch (InterruptedException | ClosedByInterruptException signalled) {
      // The only one who interrupts is the signal, also while a file is written.
      console.err().line("");
    } catch (NotReady failure) {
      if (end.getCount() > 0) {
        console.error("the lab is not up", String.valueOf(failure.getMessage()), "");
        return Outcome.NOT_READY.exitCode();
      }
    }
    console.err().line("The lab %s has ended.".formatted(environment.name()));
    return Outcome.HALTED.exitCode();
  }

  private LabHabitat open(LoadedEnvironment environment, Lab lab, Path folder) {
    RunPlace place =
        new RunPlace(
            "lab-" + environment.name(),
            folder,
            environment.base(),
            console.cache(),
            Path.of(System.getProperty("java.home"), "bin", "java"));
    return new LabHabitat(
        lab,
        List.of(),
        new Wiring(List.of(), environment.spec().load()),
        place,
        sighting -> console.err().line(words(sighting)));
  }

  private static String words(Sighting sighting) {
    return "%s: %s".formatted(sighting.source(), Inert.text(sighting.words()));
  }

  private void tell(LoadedEnvironment environment, StandingLab standing, StandingFolder folder) {
    Page out = console.out();
    out.line("%s is up; Ctrl-C ends it.".formatted(environment.name()));
    standing.addresses().forEach((name, where) -> out.line("  %-24s %s".formatted(name, where)));
    out.line("Experiments run against it with");
    out.line("  --environment " + folder.environment());
  }
}
