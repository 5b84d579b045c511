package dev.faultline.environment.hands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.environment.database.Databases;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.Local.LocalProcess;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Query.PromInstant;
import dev.faultline.model.world.Selector;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Target;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalHabitatTest {

  @TempDir private Path folder;
  private final List<Sighting> sightings = new ArrayList<>();
  @AutoClose private final Victims victims = new Victims();
  @AutoClose private LocalHabitat habitat;

  @BeforeEach
  void open() {
    habitat =
        new LocalHabitat(
            new Local(
                Map.of(
                    "web", LocalProcess.ofPidFile("web.pid"),
                    "db", LocalProcess.ofPidFile("db.pid"))),
            new Databases("run-1", List.of()),
            Optional.empty(),
            Victims.place(folder, "run-1"),
            sightings::add);
    habitat.prepare();
  }

  @Test
  void thePidFileIsReadAnewEachTime() throws Exception {
    assertThat(web().state()).isEqualTo(ProcessState.GONE);
    for (int life = 0; life < 2; life++) {
      ProcessRef sleeper = victims.sleeper();
      write("%d\n".formatted(ProcessIdentity.parse(sleeper.identity()).pid()));

      assertThat(web().process()).contains(new ProcessRef("web", sleeper.identity()));
      assertThat(web().state()).isEqualTo(ProcessState.RUNNING);
    }
    assertThat(sightings).isEmpty();
  }

  @Test
  void aProcessThatIsStoppedIsSeenToBe() throws Exception {
    ProcessIdentity sleeper = ProcessIdentity.parse(victims.sleeper().identity());
    write(Long.toString(sleeper.pid()));
    sleeper.signal(PosixSignal.STOP);

    Await.until("stopped", () -> web().state() == ProcessState.STOPPED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "0", "1 2", "99999999999", "0x10", "12; rm"})
  void aFileThatHoldsNoNumberIsTold(String contents) throws Exception {
    write(contents);

    assertThat(web().process()).isEmpty();
    assertThat(sightings)
        .singleElement()
        .satisfies(seen -> assertThat(seen.words()).contains("holds no process number"));
  }

  @Test
  void aNumberThatAYoungerProcessBearsMeansNobody() throws Exception {
    ProcessRef sleeper = victims.sleeper();
    write(Long.toString(ProcessIdentity.parse(sleeper.identity()).pid()));
    Files.setLastModifiedTime(
        folder.resolve("web.pid"), FileTime.from(Instant.now().minusSeconds(3600)));

    assertThat(web().process()).isEmpty();
    assertThat(sightings)
        .singleElement()
        .satisfies(seen -> assertThat(seen.words()).contains("it is another one"));
  }

  @Test
  void aFolderIsNoPidFile() throws Exception {
    Files.createDirectory(folder.resolve("web.pid"));

    assertThat(web().process()).isEmpty();
    assertThat(sightings).hasSize(1);
  }

  @Test
  void namesThatStandForNothingAreToldBesideThoseThatDo() {
    Facts facts = habitat.facts(target(List.of("wbe", "web")));

    assertThat(facts.missing()).containsExactly("wbe");
    assertThat(facts.known()).containsExactly("db", "web");
    assertThat(facts.instances()).extracting(instance -> instance.name()).containsExactly("web");
  }

  @Test
  void withoutAPrometheusQuestionsToItAreAnsweredSo() {
    assertThat(habitat.ask(new PromInstant("up")))
        .isEqualTo(
            new Answer.Unanswered(BlindReason.UNREACHABLE, "the environment names no prometheus"));
  }

  @Test
  void valuesStandForPlaceholdersWhereThereAreAny() {
    touch(Map.of());
    touch(Map.of("place", "here"));

    assertThat(folder.resolve("${place}")).exists();
    assertThat(folder.resolve("here")).exists();
  }

  private void touch(Map<String, String> values) {
    try (LocalHabitat own =
        new LocalHabitat(
            new Local(Map.of(), values),
            new Databases("run-1", List.of()),
            Optional.empty(),
            Victims.place(folder, "run-1"),
            sightings::add)) {
      Action command =
          new Action.RunCommand(List.of("touch", folder + "/${place}"), Duration.ofSeconds(20));
      assertThat(own.apply(command)).isInstanceOf(Effect.Done.class);
    }
  }

  @Test
  void closingTwiceIsClosingOnce() {
    habitat.close();
    habitat.close();
  }

  private ProcessInstance web() {
    return (ProcessInstance) habitat.facts(target(List.of("web"))).instances().getFirst();
  }

  private void write(String contents) throws Exception {
    Files.writeString(folder.resolve("web.pid"), contents);
  }

  private static Target target(List<String> names) {
    return Target.of(new Selector.Process(names));
  }
}
