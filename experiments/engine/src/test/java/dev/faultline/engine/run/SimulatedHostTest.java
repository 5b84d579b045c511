package dev.faultline.engine.run;

import static dev.faultline.engine.run.Simulation.stops;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Outcome;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the machine, which name no target. */
final class SimulatedHostTest {

  private static final String BUSY = "{'stress':{'cpu':'80%','cores':2,'memory':'1Gi'},'for':'5s'}";

  private Simulation sim;

  @BeforeEach
  void newWorld(@TempDir Path root) {
    sim = new Simulation(root);
    sim.world.series("x", () -> 0);
  }

  private Result run(String fault) throws Exception {
    Result result =
        sim.run(
            "{'gates':[{'name':'g','prometheus':'x','below':1}],'faults':[%s],'recovery':{'within':'5s'}}"
                .formatted(fault));
    assertThat(sim.world.residue()).isEmpty();
    return result;
  }

  @Test
  void whatIsTakenIsGivenBackTheLastFirst() throws Exception {
    Result result = run(BUSY);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds())
        .containsExactly(
            "hold 2 cores busy at 80%",
            "hold 1024Mi of memory, while 256Mi stay available",
            "free what stress.memory holds",
            "free what stress.cpu holds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'stress':{'io':{'path':'/srv'}}", "'ports':{'leave':5}"})
  void whatIsShownPasses(String fault) throws Exception {
    Result result = run("{%s,'for':'5s'}".formatted(fault));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void descriptorsAreGivenBack() throws Exception {
    sim.world.process("web");

    Result result = run("{'descriptors':{},'target':{'process':'web'},'for':'5s'}");

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds())
        .contains("let web open 0 more descriptors", "let web have its descriptors again");
  }

  @Test
  void aClockIsSetOffAndRightAgain() throws Exception {
    sim.world.process("web", Duration.ofSeconds(1));

    Result result = run("{'clock':{'ahead':'2h'},'target':{'process':'web'},'for':'5s'}");

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds())
        .containsExactly(
            "start web again with its clock 2h ahead", "start web again with the right clock");
  }

  @Test
  void aClockOfAProcessThatNobodyStartsAgainIsRefused() throws Exception {
    sim.world.process("web");

    Result result = run("{'clock':{'ahead':'2h'},'target':{'process':'web'},'for':'5s'}");

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.NOT_READY);
    assertThat(result.verdict().reasons())
        .anySatisfy(one -> assertThat(one.words()).contains("nothing starts web again"));
    assertThat(sim.deeds()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'diskFill':{'path':'/journal/x'},'for':'5s'}|is on the file system of the runs' journal",
        "{'diskFill':{'path':'/srv','size':'1Ti'},'for':'5s'}|less than 100Mi would stay",
        "{'ports':{'leave':30000},'for':'5s'}|there are 28232 ephemeral ports",
        "{'stress':{'io':{'path':'/srv','size':'1Ti'}},'for':'5s'}|less than 100Mi would stay",
        "{'stress':{'io':{'path':'/dev/shm'}},'for':'5s'}|/dev/shm is in memory",
        "{'stress':{'memory':'8Gi'},'for':'5s'}|less than 256Mi would stay",
        "{'stress':{'cores':5},'for':'5s'}|this machine has 4"
      })
  void whereThereIsNoRoomNothingIsTouched(String fault, String why) throws Exception {
    Result result = run(fault);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(result.verdict().reasons()).anySatisfy(one -> assertThat(one.words()).contains(why));
    assertThat(sim.deeds()).isEmpty();
  }

  @Test
  void whatEndsBeforeItsTimeProvesNothing() throws Exception {
    boolean[] held = {false};
    sim.world.twistAction(
        action -> {
          held[0] |= action instanceof Action.HoldStrain;
          return held[0] && action instanceof Action.RenewLease
              ? Optional.of(new Effect.Superseded("what held stress.cpu is gone"))
              : Optional.empty();
        });

    Result result = run(BUSY);

    assertThat(stops(result)).containsExactly(StopReason.FAULT_FAILED);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
  }
}
