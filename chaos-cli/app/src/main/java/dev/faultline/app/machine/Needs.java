package dev.faultline.app.machine;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.environment.hands.LocalInventory;
import dev.faultline.environment.lab.FakeTime;
import dev.faultline.environment.prometheus.PrometheusClient;
import dev.faultline.model.environment.Database;
import dev.faultline.model.environment.Hosts;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.LabDatabase;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.environment.Store;
import dev.faultline.model.fault.Clock;
import dev.faultline.model.fault.Custom;
import dev.faultline.model.gate.Command;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Query;
import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an experiment needs of this machine and of its surroundings. */
final class Needs {

  private static final int CONNECT_MILLIS = 3_000;
  private static final Pattern ADDRESSES = Pattern.compile("jdbc:postgresql://([^/]+)/.*");

  private final Machine machine;
  private final LoadedExperiment experiment;
  private final General general;

  Needs(Machine machine, LoadedExperiment experiment) {
    this.machine = machine;
    this.experiment = experiment;
    this.general = new General(machine);
  }

  List<Seen> all() {
    List<Seen> seen = new ArrayList<>();
    if (experiment.environment().place() instanceof Lab lab) {
      lab(lab, seen);
    }
    if (experiment.environment().place() instanceof Local local) {
      local.processes().keySet().stream().sorted().forEach(name -> seen.add(process(local, name)));
    }
    if (experiment.spec().faults().stream().anyMatch(step -> step.fault() instanceof Clock)) {
      seen.add(clocks());
    }
    if (experiment.environment().place() instanceof Hosts) {
      seen.add(program("ssh"));
    }
    programs().forEach(program -> seen.add(program(program)));
    experiment
        .environment()
        .prometheus()
        // Whether a service of a cluster can be asked, its plan tells.
        .filter(endpoint -> endpoint.inside().isEmpty())
        .ifPresent(endpoint -> seen.add(endpoint(endpoint)));
    experiment
        .environment()
        .databases()
        .forEach((name, database) -> database(name, database, seen));
    return seen;
  }

  private void lab(Lab lab, List<Seen> seen) {
    if (!lab.databases().isEmpty()) {
      seen.add(general.servers().needed());
    }
    if (lab.databases().values().stream()
        .anyMatch(one -> one.server() instanceof LabDatabase.Postgres)) {
      seen.add(general.postgres().needed());
    }
    if (lab.databases().values().stream()
        .anyMatch(one -> one.server() instanceof LabDatabase.Patroni)) {
      seen.add(patroni());
    }
    if (lab.processes().values().stream().anyMatch(process -> process.metrics().isPresent())) {
      seen.add(general.prometheus().needed());
    }
  }

  private Seen patroni() {
    String purpose = "databases of this lab under Patroni";
    return Stream.of("patroni", "python3")
        .map(machine::onPath)
        .flatMap(Optional::stream)
        .findFirst()
        .map(found -> Seen.ok("patroni", "by " + found, purpose))
        .orElseGet(
            () ->
                Seen.missing(
                    "patroni",
                    "neither patroni nor python3 is on the PATH",
                    purpose,
                    "install python3, or Patroni itself"));
  }

  private static Seen clocks() {
    String purpose = "other clocks for processes";
    return FakeTime.find()
        .map(found -> Seen.ok("libfaketime", found.toString(), purpose))
        .orElseGet(
            () ->
                Seen.missing(
                    "libfaketime",
                    "libfaketime.so.1 is in none of the folders where packages put it",
                    purpose,
                    "install the package libfaketime"));
  }

  private Seen process(Local local, String name) {
    List<String> notes = new ArrayList<>();
    List<Instance.ProcessInstance> found =
        LocalInventory.of(local, experiment.base(), note -> notes.add(note.words())).named(name);
    String purpose = "the process '%s'".formatted(name);
    String numbers =
        found.stream()
            .flatMap(one -> one.process().stream())
            .map(life -> Long.toString(ProcessIdentity.parse(life.identity()).pid()))
            .collect(Collectors.joining(", "));
    if (!numbers.isEmpty()) {
      return Seen.ok("process " + name, "runs as " + numbers, purpose);
    }
    notes.add("%s finds no process".formatted(found.getFirst().owner()));
    return Seen.missing(
        "process " + name, notes.getFirst(), purpose, "start it, or correct how it is found");
  }

  /** Programs that stand in the files by name; a placeholder is known to the lab only. */
  private Set<String> programs() {
    Set<String> programs = new LinkedHashSet<>();
    if (experiment.environment().place() instanceof Lab lab) {
      lab.processes().values().forEach(process -> programs.add(process.command().getFirst()));
    }
    experiment
        .spec()
        .gates()
        .forEach(
            gate -> {
              if (gate.signal() instanceof Command command) {
                programs.add(command.run().getFirst());
              }
            });
    experiment
        .spec()
        .faults()
        .forEach(
            step -> {
              if (step.fault() instanceof Custom custom) {
                Stream.of(custom.inject(), custom.undo(), custom.verify())
                    .forEach(argv -> programs.add(argv.getFirst()));
              }
            });
    programs.removeIf(program -> program.contains("${"));
    return programs;
  }

  private Seen program(String program) {
    Optional<Path> found =
        program.contains("/")
            ? Optional.of(experiment.base().resolve(program)).filter(Files::isExecutable)
            : machine.onPath(program);
    String purpose = "the files name it";
    return found
        .map(path -> Seen.ok("program", path.toString(), purpose))
        .orElseGet(
            () ->
                Seen.missing(
                    "program",
                    "%s is not there, or may not be run".formatted(program),
                    purpose,
                    "install it, or correct the file"));
  }

  private Seen endpoint(PrometheusEndpoint endpoint) {
    String purpose = "gates of this experiment";
    try (PrometheusClient client = new PrometheusClient(endpoint, experiment.base())) {
      return switch (client.ask(new Query.PromInstant("vector(1)"))) {
        case Answer.Unanswered none ->
            Seen.missing(
                "prometheus",
                "%s: %s".formatted(endpoint.address(), none.detail()),
                purpose,
                "start it, or correct 'url' and 'bearerTokenFile'");
        default -> Seen.ok("prometheus", endpoint.address() + " answers", purpose);
      };
    }
  }

  private void database(String name, Database database, List<Seen> seen) {
    String purpose = "the database '%s'".formatted(name);
    database
        .passwordFile()
        .map(experiment.base()::resolve)
        .filter(file -> !Files.isReadable(file))
        .ifPresent(
            file ->
                seen.add(
                    Seen.missing(
                        "password", file + " cannot be read", purpose, "write it, for you alone")));
    switch (database.store()) {
      case Store.Jdbc postgres -> {
        Matcher addresses = ADDRESSES.matcher(postgres.address());
        if (addresses.matches()) {
          for (String address : addresses.group(1).split(",")) {
            seen.add(reachable(address, "5432", "jdbc", purpose));
          }
        }
      }
      case Store.Etcd etcd ->
          etcd.endpoints().stream()
              .map(endpoint -> endpoint.replaceAll("^http://|/$", ""))
              .forEach(address -> seen.add(reachable(address, "80", "endpoints", purpose)));
    }
  }

  private static Seen reachable(String address, String standard, String key, String purpose) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? address : address.substring(0, colon);
    String port = colon < 0 ? standard : address.substring(colon + 1);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, Integer.parseInt(port)), CONNECT_MILLIS);
      return Seen.ok("database", address + " takes connections", purpose);
    } catch (IOException | IllegalArgumentException refused) {
      return Seen.missing(
          "database",
          "%s takes no connection: %s".formatted(address, refused.getMessage()),
          purpose,
          "start it, or correct '%s'".formatted(key));
    }
  }
}
