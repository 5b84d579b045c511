package dev.faultline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.engine.planning.Unplannable;
import dev.faultline.judge.Outcome;
import dev.faultline.model.cluster.AgentWay;
import dev.faultline.model.event.Event;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node of a cluster that is made up is off its network for a time that nothing shortens. */
final class SimulatedNodeOfflineTest {

  private static final String OFF = "{'nodeOffline':{},'target':{'node':'n1'},'for':'30s'}";
  private static final String IMAGE = "'agent':{'image':'faultline-agent:1'}";

  private Simulation sim;

  @BeforeEach
  void newWorld(@TempDir Path root) {
    sim = new Simulation(root);
    sim.world.cluster().deployment("web", 3).node("n1").node("n2");
  }

  private void refused(Outcome outcome, String fault, String cluster, String words) {
    assertThatThrownBy(() -> sim.engine.plan(SimulatedCluster.experiment(fault, cluster), 1))
        .isInstanceOfSatisfying(
            Unplannable.class,
            none -> {
              assertThat(none.outcome()).isEqualTo(outcome);
              assertThat(none.words()).contains(words);
            });
    assertThat(sim.deeds()).isEmpty();
  }

  @Test
  void itIsOffForItsTimeAndComesBack() throws Exception {
    Result result =
        sim.run(SimulatedCluster.experiment(OFF, IMAGE), new Options(false, Optional.empty(), 1));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds())
        .containsExactly(
            "cut node n1 off its network for 30 s, by an agent there, whatever happens meanwhile",
            "await node n1, and delete the agent there");
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void anAbortDoesNotShortenItAndWaitsForTheNode() throws Exception {
    sim.haltAt(15);
    Result result =
        sim.run(SimulatedCluster.experiment(OFF, IMAGE), new Options(false, Optional.empty(), 1));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.HALTED);
    double began = sim.when(Event.StepIntended.class, _ -> true);
    assertThat(sim.when(Event.FaultEnded.class, _ -> true) - began).isBetween(29.9, 32.0);
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void thePlanSaysWhenItEndsAndThatNothingShortensIt() throws Exception {
    Plan plan = sim.engine.plan(SimulatedCluster.experiment(OFF, IMAGE), 1);

    assertThat(plan.faults().getFirst().endsBy())
        .anySatisfy(
            ends -> {
              assertThat(ends.layer()).isEqualTo(EndsBy.Layer.KERNEL);
              assertThat(ends.within()).contains(Duration.ofSeconds(90));
              assertThat(ends.how()).contains("an abort cannot shorten it");
            });
  }

  @Test
  void whatMustNotBeCutOffIsRefused() {
    refused(Outcome.NOT_READY, OFF, "", "add 'agent: {image: IMAGE}'");
    refused(
        Outcome.REFUSED, OFF.replace("'n1'", "['n1','n2']"), IMAGE, "2 nodes would be disturbed");
    refused(Outcome.NOT_READY, OFF.replace("30s", "61m"), IMAGE, "'for' is at most 1h");
    sim.world.cluster().forbid(AgentWay.POD, "hostNetwork is forbidden");
    refused(
        Outcome.NOT_READY, OFF, IMAGE, "no agent can come to node/n1: hostNetwork is forbidden");
    sim.world.cluster().nodesMustStay("is that of Faultline's own pod");
    refused(Outcome.REFUSED, OFF, IMAGE, "node/n1 is that of Faultline's own pod");
  }
}
