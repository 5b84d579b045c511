package dev.faultline.environment.lab;

import static dev.faultline.environment.lab.LabKit.place;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.Await;
import dev.faultline.environment.lab.LabKit.Told;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Lab.LabProcess;
import dev.faultline.model.environment.LabDatabase;
import dev.faultline.model.environment.LabDatabase.Postgres;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.Instance.DatabaseInstance;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.NotReady;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Sighting.Kind;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.Wiring;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabDatabaseTest {

  private static final Target DATABASE = Target.database("orders-db");

  private final Told told = new Told();

  @TempDir private Path folder;

  /** A lab with a pair, and a process that needs it and runs a script. */
  static Lab lab(String script) {
    LabProcess process =
        new LabProcess(
            List.of("sh", "-c", script),
            Map.of("URL", "${orders-db.jdbc}", "FILE", "${orders-db.passwordFile}"),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of("orders-db"),
            Optional.empty());
    Postgres pair =
        new Postgres(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    return new Lab(
        Map.of("orders", process), Map.of("orders-db", new LabDatabase(pair)), Optional.empty());
  }

  private LabHabitat habitat(Lab lab) {
    return new LabHabitat(lab, List.of(), Wiring.NONE, place(folder), told::accept);
  }

  private static Optional<DatabaseState> state(LabHabitat habitat) {
    return ((DatabaseInstance) habitat.facts(DATABASE).instances().getFirst()).state();
  }

  private static ProcessInstance process(LabHabitat habitat, String name) {
    return (ProcessInstance) habitat.facts(Target.process(name)).instances().getFirst();
  }

  private List<String> processesHere() {
    return ProcessHandle.allProcesses()
        .filter(handle -> worksHere(handle.pid()))
        .map(handle -> handle.info().commandLine().orElse("?"))
        .toList();
  }

  private boolean worksHere(long pid) {
    try {
      Path folderOfProcess = Path.of("/proc", Long.toString(pid), "cwd");
      return Files.readSymbolicLink(folderOfProcess).startsWith(folder.resolve("run"));
    } catch (IOException endedOrNotOurs) {
      return false;
    }
  }

  @Test
  void aProcessThatNeedsADatabaseFindsItAndItFailsOver() throws Exception {
    try (LabHabitat habitat =
        habitat(lab("echo $URL > ${lab}/url; echo $FILE > ${lab}/file; exec sleep 600"))) {
      assertThat(state(habitat)).isEmpty();
      assertThat(process(habitat, "orders-db-1").state()).isEqualTo(ProcessState.GONE);

      habitat.prepare();

      assertThat(told.words(Kind.PROGRESS))
          .anyMatch(
              words ->
                  words.matches(
                      "orders-db ready in [0-9.]+ s \\(primary and standby, synchronous\\)"));
      assertThat(state(habitat).orElseThrow().words())
          .isEqualTo("orders-db-1 primary, orders-db-2 standby");
      assertThat(process(habitat, "orders-db-1").restart())
          .contains("the failover controller rebuilds it as standby");
      assertThat(process(habitat, "orders-db-walsender").state()).isEqualTo(ProcessState.RUNNING);
      try (Connection client = asClient()) {
        client.createStatement().execute("create table kept (n int)");
      }

      habitat.apply(new Action.FailOver("orders-db", "orders-db-1", FailoverKind.CRASH));

      Await.until(
          "another primary",
          () ->
              habitat.ask(new Query.NodeStatus("orders-db", "orders-db-2"))
                      instanceof Answer.NodeIs(NodeRole role, String detail)
                  && role == NodeRole.PRIMARY);
      try (Connection client = asClient()) {
        client.createStatement().execute("insert into kept values (1)");
      }
    }
    assertThat(processesHere()).isEmpty();
    assertThat(folder.resolve("run/lab")).doesNotExist();
  }

  private Connection asClient() throws Exception {
    Path lab = folder.resolve("run/lab");
    Await.until("the process ran", () -> Files.exists(lab.resolve("file")));
    String url = Files.readString(lab.resolve("url")).strip();
    String password = Files.readString(Path.of(Files.readString(lab.resolve("file")).strip()));
    assertThat(url).doesNotContain(password);
    return DriverManager.getConnection(url, "app", password);
  }

  @Test
  void aNodeThatEndsWhileTheLabStartsIsToldWithItsLog() {
    try (LabHabitat habitat = habitat(withOneThatKills("orders-db-2"))) {
      assertThatThrownBy(habitat::prepare)
          .isInstanceOf(NotReady.class)
          .hasMessageStartingWith("orders-db-2 ended (exit code 0); the last it printed:")
          .hasMessageContaining("database system is shut down");
    }
    assertThat(processesHere()).isEmpty();
  }

  /** A lab that is ready only when a process is healthy that has stopped a node before. */
  private Lab withOneThatKills(String node) {
    Path pidFile = folder.resolve("run/lab/orders-db").resolve(node).resolve("data/postmaster.pid");
    return LabKit.lab(
        lab("true").databases(), LabKit.tiny("web").stopping(pidFile).needs("orders-db"));
  }

  @Test
  void nothingOfAPairOutlivesItsKilledController() throws Exception {
    assertNothingOutlives(controller());
  }

  @Test
  void whereNamespacesAreForbiddenNothingOutlivesItEither() throws Exception {
    ProcessBuilder controller = controller();
    Path forbidding = Files.createDirectory(folder.resolve("bin")).resolve("unshare");
    Files.writeString(forbidding, "#!/bin/sh\necho Operation not permitted\nexit 1\n");
    Files.setPosixFilePermissions(forbidding, PosixFilePermissions.fromString("rwx------"));
    controller.environment().merge("PATH", folder + "/bin", (path, bin) -> bin + ":" + path);

    assertNothingOutlives(controller);
  }

  private ProcessBuilder controller() {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LabDatabaseController.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private void assertNothingOutlives(ProcessBuilder command) throws Exception {
    Process controller = command.start();
    try (BufferedReader out = controller.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      List<String> before = processesHere();
      assertThat(before).hasSizeGreaterThan(8);
      String segment = segmentOf("orders-db-1");
      ProcessIdentity frozen = walsender();
      frozen.signal(PosixSignal.STOP);

      controller.destroyForcibly().waitFor();

      // What is frozen cannot notice that its server is dead.
      Await.until("all others are dead", () -> processesHere().size() <= 1);
      try (LabHabitat dead = habitat(lab("true"))) {
        assertThat(state(dead)).isEmpty();
      }
      assertThat(processesHere()).isEmpty();
      assertThat(Files.readString(Path.of("/proc/sysvipc/shm"))).doesNotContain(segment);
      assertThat(folder.resolve("run/lab")).doesNotExist();
    } finally {
      controller.destroyForcibly();
    }
  }

  private String segmentOf(String node) throws IOException {
    List<String> lines =
        Files.readAllLines(
            folder.resolve("run/lab/orders-db").resolve(node).resolve("data/postmaster.pid"));
    String[] words = lines.get(6).strip().split("\\s+");
    String segment = "%10d %10s".formatted((int) Long.parseLong(words[0]), words[1]);
    assertThat(Files.readString(Path.of("/proc/sysvipc/shm"))).contains(segment);
    return segment;
  }

  private ProcessIdentity walsender() {
    return ProcessHandle.allProcesses()
        .filter(handle -> worksHere(handle.pid()))
        .filter(handle -> title(handle.pid()).matches("postgres: \\S+ walsender .*\0*"))
        .flatMap(handle -> ProcessIdentity.of(handle.pid()).stream())
        .findFirst()
        .orElseThrow();
  }

  private static String title(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
    } catch (IOException ended) {
      return "";
    }
  }
}
