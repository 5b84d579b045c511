package dev.faultline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.engine.planning.Unplannable;
import dev.faultline.judge.Outcome;
import dev.faultline.model.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of one process at one time. */
final class SimulatedOverlapsTest {

  private Simulation sim;

  @BeforeEach
  void twoProcesses(@TempDir Path root) {
    sim = new Simulation(root);
    sim.world.series("x", () -> 0);
    sim.world.process("web", Duration.ofSeconds(1)).process("api", Duration.ofSeconds(1));
  }

  private Plan plan(String one, String two, String target, String start) throws Unplannable {
    String spec =
        ("{'gates':[{'name':'g','prometheus':'x','below':1}],'faults':["
                + "{'name':'one',%s,'target':{'process':'web'},'for':'5s'},"
                + "{'name':'two',%s,'target':{'process':'%s'},'for':'5s','start':'%s'}]}")
            .formatted(one, two, target, start);
    return sim.engine.plan(Simulation.experiment(spec), 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'descriptors':{} | 'descriptors':{'room':5}",
        "'freeze':{} | 'freeze':{}",
        "'clock':{'ahead':'1h'} | 'clock':{'behind':'1h'}",
        "'freeze':{} | 'clock':{'ahead':'1h'}",
        "'clock':{'ahead':'1h'} | 'descriptors':{}"
      })
  void ofWhichOneWouldEndTheOtherAreRefused(String one, String two) throws Exception {
    assertThatThrownBy(() -> plan(one, two, "web", "4s"))
        .isInstanceOfSatisfying(
            Unplannable.class,
            refused -> assertThat(refused.outcome()).isEqualTo(Outcome.NOT_READY))
        .hasMessageContaining("faults one and two contradict each other on web")
        .hasMessageContaining("let one wait with 'after'");
    assertThat(plan(one, two, "web", "5s").faults()).hasSize(2);
    assertThat(plan(one, two, "api", "4s").faults()).hasSize(2);
  }

  @Test
  void thatDoNotMeetAreTaken() throws Exception {
    assertThat(plan("'freeze':{}", "'descriptors':{}", "web", "1s").faults()).hasSize(2);
  }
}
