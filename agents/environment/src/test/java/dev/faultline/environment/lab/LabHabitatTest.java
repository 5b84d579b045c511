package dev.faultline.environment.lab;

import static dev.faultline.environment.lab.LabKit.identity;
import static dev.faultline.environment.lab.LabKit.instance;
import static dev.faultline.environment.lab.LabKit.lab;
import static dev.faultline.environment.lab.LabKit.place;
import static dev.faultline.environment.lab.LabKit.processesMentioning;
import static dev.faultline.environment.lab.LabKit.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.environment.lab.LabKit.Told;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Sighting.Kind;
import dev.faultline.model.world.Wiring;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabHabitatTest {

  private final Told told = new Told();
  private final List<LabHabitat> habitats = new ArrayList<>();

  @TempDir private Path folder;

  private LabHabitat habitat(Lab lab) {
    return habitat(lab, folder);
  }

  private LabHabitat habitat(Lab lab, Path where) {
    LabHabitat habitat = new LabHabitat(lab, List.of(), Wiring.NONE, place(where), told::accept);
    habitats.add(habitat);
    return habitat;
  }

  @AfterEach
  void nothing_is_left() {
    habitats.forEach(LabHabitat::close);
    assertThat(processesMentioning(folder)).isEmpty();
    assertThat(folder.resolve("run").resolve("lab")).doesNotExist();
  }

  @Test
  void a_lab_knows_its_processes_before_they_run() {
    LabHabitat habitat =
        habitat(lab(tiny("payments").restarted(Duration.ofMillis(500)), tiny("web")));

    assertThat(instance(habitat, "payments").state()).isEqualTo(ProcessState.GONE);
    assertThat(instance(habitat, "payments").process()).isEmpty();
    assertThat(instance(habitat, "payments").restart())
        .hasValue("the lab's supervisor, after 0.5 s");
    assertThat(instance(habitat, "web").restart()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void processes_run_when_the_lab_is_ready_and_are_gone_when_it_is_closed() throws Exception {
    LabHabitat habitat = habitat(lab(tiny("web").needs("store"), tiny("store", "child")));
    habitat.prepare();

    assertThat(instance(habitat, "web").state()).isEqualTo(ProcessState.RUNNING);
    assertThat(told.words(Kind.PROGRESS)).hasSize(2).first().asString().startsWith("store ready");
    assertThat(processesMentioning(folder)).hasSize(2);
    ProcessIdentity child = onlyChildOf(identity(habitat, "store"));

    habitat.close();
    habitat.close();

    assertThat(child.state()).isEqualTo(dev.faultline.node.ProcessState.GONE);
    assertThat(instance(habitat, "web").state()).isEqualTo(ProcessState.GONE);
    assertThat(told.words(Kind.DETECTED)).isEmpty();
  }

  @Test
  void a_killed_process_is_started_again_on_its_port_and_the_lab_tells_so() throws Exception {
    LabHabitat habitat = habitat(lab(tiny("payments").restarted(Duration.ofMillis(200))));
    habitat.prepare();
    ProcessIdentity first = identity(habitat, "payments");
    String command = processesMentioning(folder).getFirst();

    first.signal(PosixSignal.KILL);

    Await.until(
        "healthy again",
        () ->
            told.words(Kind.NOTE).stream()
                .anyMatch(words -> words.startsWith("payments healthy again after ")));
    assertThat(told.words(Kind.DETECTED, Kind.MITIGATED))
        .containsExactly("payments ended (SIGKILL)", "restarting payments");
    assertThat(identity(habitat, "payments")).isNotEqualTo(first);
    assertThat(processesMentioning(folder)).containsExactly(command);
  }

  @Test
  void a_process_that_is_not_to_be_restarted_stays_down() throws Exception {
    LabHabitat habitat = habitat(lab(tiny("payments")));
    habitat.prepare();

    identity(habitat, "payments").signal(PosixSignal.TERM);

    Await.until("noticed", () -> !told.words(Kind.DETECTED).isEmpty());
    assertThat(told.words(Kind.DETECTED)).containsExactly("payments ended (SIGTERM)");
    assertThat(instance(habitat, "payments").state()).isEqualTo(ProcessState.GONE);
    assertThat(instance(habitat, "payments").process()).isEmpty();
    assertThat(told.words(Kind.MITIGATED)).isEmpty();
  }

  @Test
  void a_frozen_process_is_left_frozen_and_ends_with_the_lab() throws Exception {
    LabHabitat habitat = habitat(lab(tiny("payments").restarted(Duration.ZERO)));
    habitat.prepare();
    ProcessIdentity process = identity(habitat, "payments");

    process.signal(PosixSignal.STOP);

    Await.until("frozen", () -> instance(habitat, "payments").state() == ProcessState.STOPPED);
    assertThat(identity(habitat, "payments")).isEqualTo(process);
    assertThat(told.words(Kind.DETECTED)).isEmpty();
  }

  @Test
  void what_a_killed_process_left_behind_does_not_keep_its_ports() throws Exception {
    // The shell is the process of the lab; the service, which listens, is its child.
    LabHabitat habitat = habitat(lab(tiny("web").wrapped().restarted(Duration.ofMillis(100))));
    habitat.prepare();

    identity(habitat, "web").signal(PosixSignal.KILL);

    Await.until("healthy again", () -> !told.words(Kind.NOTE).isEmpty());
    assertThat(told.words(Kind.DETECTED, Kind.MITIGATED))
        .containsExactly("web ended (SIGKILL)", "restarting web");
  }

  @Test
  void a_process_that_cannot_be_healthy_again_is_said_to_be_and_is_tried_again() throws Exception {
    Path switched = Files.createFile(folder.resolve("works"));
    LabHabitat habitat = habitat(lab(tiny("web").onlyWhile(switched).restarted(Duration.ZERO)));
    habitat.prepare();
    Files.delete(switched);

    identity(habitat, "web").signal(PosixSignal.KILL);
    Await.until("tried twice", () -> told.words(Kind.MITIGATED).size() >= 2);
    Files.createFile(switched);

    Await.until("healthy again", () -> !told.words(Kind.NOTE).isEmpty());
    assertThat(told.words(Kind.DETECTED))
        .startsWith("web ended (SIGKILL)", "web ended (exit code 4)");
  }

  @Test
  void a_process_that_has_done_its_work_is_no_loss() throws Exception {
    LabHabitat habitat =
        habitat(lab(tiny("web").needs("job"), tiny("job").unchecked().command("true")));

    habitat.prepare();

    assertThat(instance(habitat, "job").state()).isEqualTo(ProcessState.GONE);
    assertThat(told.words(Kind.DETECTED)).isEmpty();
  }

  @Test
  void two_labs_live_side_by_side() throws Exception {
    Lab lab = lab(tiny("web"));
    LabHabitat one = habitat(lab, Files.createDirectories(folder.resolve("one")));
    LabHabitat two = habitat(lab, Files.createDirectories(folder.resolve("two")));
    one.prepare();
    two.prepare();

    one.close();

    assertThat(processesMentioning(folder)).hasSize(1);
    assertThat(instance(two, "web").state()).isEqualTo(ProcessState.RUNNING);
  }

  private static ProcessIdentity onlyChildOf(ProcessIdentity process) {
    try (Stream<ProcessHandle> children =
        ProcessHandle.of(process.pid()).orElseThrow().children()) {
      return ProcessIdentity.of(children.findFirst().orElseThrow().pid()).orElseThrow();
    }
  }
}
