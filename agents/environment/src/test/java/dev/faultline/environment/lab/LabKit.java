package dev.faultline.environment.lab;

import dev.faultline.environment.hands.RunPlace;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Lab.Health;
import dev.faultline.model.environment.Lab.LabProcess;
import dev.faultline.model.environment.Lab.Metrics;
import dev.faultline.model.environment.Lab.Restart;
import dev.faultline.model.environment.Lab.RestartPolicy;
import dev.faultline.model.environment.LabDatabase;
import dev.faultline.model.environment.Port;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Target;
import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What tests of labs say again and again. */
final class LabKit {

  static final Duration SOON = Duration.ofSeconds(20);

  private LabKit() {}

  /** A place below a temporary folder, with a cache that tests share. */
  static RunPlace place(Path folder) {
    return new RunPlace(
        "run-1",
        folder.resolve("run"),
        folder,
        Path.of("target", "lab-cache").toAbsolutePath(),
        Path.of(System.getProperty("java.home"), "bin", "java"));
  }

  /** A {@link TinyService} with the given manners. */
  static ProcessBuilderOfLab tiny(String name, String... manners) {
    return new ProcessBuilderOfLab(name, manners);
  }

  static Lab lab(ProcessBuilderOfLab... processes) {
    return lab(Map.of(), processes);
  }

  static Lab lab(Map<String, LabDatabase> databases, ProcessBuilderOfLab... processes) {
    Map<String, LabProcess> all = new HashMap<>();
    for (ProcessBuilderOfLab process : processes) {
      all.put(process.name, process.build());
    }
    return new Lab(all, databases, Optional.empty());
  }

  static ProcessInstance instance(LabHabitat habitat, String name) {
    return (ProcessInstance) habitat.facts(Target.process(name)).instances().getFirst();
  }

  static ProcessIdentity identity(LabHabitat habitat, String name) {
    ProcessRef process = instance(habitat, name).process().orElseThrow();
    return ProcessIdentity.parse(process.identity());
  }

  /** The processes on this machine whose command line mentions a folder. */
  static List<String> processesMentioning(Path folder) {
    return ProcessHandle.allProcesses()
        .map(handle -> commandLine(handle.pid()))
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).replace('\0', ' ');
    } catch (IOException | UncheckedIOException ended) {
      return "";
    }
  }

  /** Remembers what a lab told. */
  static final class Told {
    private final Queue<Sighting> sightings = new ConcurrentLinkedQueue<>();

    void accept(Sighting sighting) {
      sightings.add(sighting);
    }

    List<String> words(Sighting.Kind... kinds) {
      return sightings.stream()
          .filter(sighting -> List.of(kinds).contains(sighting.kind()))
          .map(Sighting::words)
          .toList();
    }
  }

  /** One process of a lab, described in a line. */
  static final class ProcessBuilderOfLab {
    private final String name;
    private final String[] manners;
    private Port port = new Port(0);
    private Optional<Health> health = Optional.of(new Health("/health", "http", Optional.of(SOON)));
    private Optional<Metrics> metrics = Optional.empty();
    private Optional<Restart> restart = Optional.empty();
    private List<String> needs = List.of();
    private List<String> command = List.of();
    private Optional<String> debian = Optional.empty();
    private final Map<String, String> variables = new HashMap<>(Map.of("MARK", "${lab}"));

    private ProcessBuilderOfLab(String name, String... manners) {
      this.name = name;
      this.manners = manners.clone();
    }

    ProcessBuilderOfLab port(int number) {
      this.port = new Port(number);
      return this;
    }

    ProcessBuilderOfLab healthy(Duration within) {
      this.health = Optional.of(new Health("/health", "http", Optional.of(within)));
      return this;
    }

    ProcessBuilderOfLab unchecked() {
      this.health = Optional.empty();
      return this;
    }

    ProcessBuilderOfLab measured() {
      this.metrics = Optional.of(new Metrics("/metrics", "http"));
      return this;
    }

    ProcessBuilderOfLab restarted(Duration delay) {
      this.restart = Optional.of(new Restart(RestartPolicy.ALWAYS, Optional.of(delay)));
      return this;
    }

    ProcessBuilderOfLab needs(String... names) {
      this.needs = List.of(names);
      return this;
    }

    /** Runs it as the child of a shell. */
    ProcessBuilderOfLab wrapped() {
      List<String> words = new ArrayList<>(List.of("sh", "-c", "\"$@\"; true", "wrapper"));
      words.addAll(tiny());
      this.command = words;
      return this;
    }

    /** Stops a server, waits until that has ended, and starts. */
    ProcessBuilderOfLab stopping(Path pidFile) {
      String script =
          "kill -INT $(head -n 1 %s); while [ -e %s ]; do sleep 0.05; done; exec \"$@\""
              .formatted(pidFile, pidFile);
      List<String> words = new ArrayList<>(List.of("sh", "-c", script, "wrapper"));
      words.addAll(tiny());
      this.command = words;
      return this;
    }

    /** Lets it end at once with 4 where a file is missing. */
    ProcessBuilderOfLab onlyWhile(Path file) {
      List<String> words =
          new ArrayList<>(
              List.of("sh", "-c", "[ -e " + file + " ] || exit 4; exec \"$@\"", "wrapper"));
      words.addAll(tiny());
      this.command = words;
      return this;
    }

    ProcessBuilderOfLab command(String... words) {
      this.command = List.of(words);
      return this;
    }

    ProcessBuilderOfLab from(String debian) {
      this.debian = Optional.of(debian);
      return this;
    }

    ProcessBuilderOfLab variable(String key, String value) {
      this.variables.put(key, value);
      return this;
    }

    private LabProcess build() {
      return new LabProcess(
          command.isEmpty() ? tiny() : command,
          variables,
          Map.of("http", port),
          health,
          metrics,
          restart,
          needs,
          debian);
    }

    // The folder stands on the command line, so that the process can be found by it.
    private List<String> tiny() {
      List<String> words =
          new ArrayList<>(
              List.of(
                  "${java}",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Xshare:auto",
                  "-Dmark=${lab}",
                  "-cp",
                  Path.of("target", "test-classes").toAbsolutePath().toString(),
                  TinyService.class.getName(),
                  "${%s.http}".formatted(name)));
      words.addAll(List.of(manners));
      return words;
    }
  }
}
