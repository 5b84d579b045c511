package dev.faultline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.engine.planning.Unplannable;
import dev.faultline.judge.Outcome;
import dev.faultline.model.cluster.AgentWay;
import dev.faultline.model.event.Event;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.summary.StepSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the packets of pods, from the file to the verdict, in a cluster that is made up. */
final class SimulatedPodPacketsTest {

  private static final String LATE =
      "{'latency':{'delay':'100ms'},'target':{'deployment':'web','count':1},'for':'5s'}";
  private static final String IMAGE = "'agent':{'image':'faultline-agent:1'}";

  private Simulation sim;

  @BeforeEach
  void newWorld(@TempDir Path root) {
    sim = new Simulation(root);
    sim.world.cluster().deployment("web", 3);
  }

  private Plan plan(String fault, String cluster) throws Unplannable {
    return sim.engine.plan(SimulatedCluster.experiment(fault, cluster), 1);
  }

  @Test
  void theFaultIsPutInForceByAnAgentProvenAndTakenBack() throws Exception {
    Result result =
        sim.run(SimulatedCluster.experiment(LATE, IMAGE), new Options(false, Optional.empty(), 1));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds())
        .containsExactly(
            "put latency 100ms of what comes back on the packets of a pod of deployment/web, from a"
                + " pod beside it",
            "end latency-web on the packets of a pod of deployment/web");
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void severalPodsAreDisturbedAndRestoredAtTheSameTime() throws Exception {
    Result result =
        sim.run(
            SimulatedCluster.experiment(
                LATE.replace("'count':1", "'count':2"), IMAGE + ",'limits':{'share':'100%'}"),
            new Options(false, Optional.empty(), 1));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(result.folder().read().entries())
        .extracting(entry -> entry.event().getClass().getSimpleName())
        .filteredOn(name -> name.startsWith("Step") || name.startsWith("Undo"))
        .containsExactly(
            "StepIntended",
            "StepIntended",
            "StepApplied",
            "StepApplied",
            "StepVerified",
            "StepVerified",
            "UndoIntended",
            "UndoIntended",
            "UndoApplied",
            "UndoApplied",
            "UndoVerified",
            "UndoVerified");
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void thePlanSaysWhatIsMadeOfWhichImageAndWhatEndsIt() throws Exception {
    Plan plan = plan(LATE, IMAGE.replace("}", ",'namespace':'agents'}"));

    assertThat(plan.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains(
                        "image faultline-agent:1", "in namespace agents", "hostPID", "deleted"));
    assertThat(plan.faults().getFirst().endsBy())
        .contains(
            new EndsBy(
                EndsBy.Layer.KERNEL,
                Optional.of(Duration.ofSeconds(305)),
                "the rules belong to the agent, and end with it; the kubelet ends its pod"))
        .extracting(EndsBy::layer)
        .contains(EndsBy.Layer.LEASE);
  }

  @Test
  void whereNoPodMayBeBesideItAnEphemeralContainerIsToldToStayInItsSpec() throws Exception {
    Plan beside = plan(LATE, IMAGE);
    sim.world.cluster().forbid(AgentWay.POD, "hostPID is forbidden");
    Plan inside = plan(LATE, IMAGE);

    assertThat(inside.hash()).isNotEqualTo(beside.hash());
    assertThat(inside.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains("ephemeral container", "stays in the spec", "hostPID is forbidden"));
  }

  @Test
  void whereNoAgentCanComeTheFaultsThatWouldWorkAreNamed() {
    sim.world.cluster().forbid(AgentWay.POD, "hostPID is forbidden");
    sim.world.cluster().forbid(AgentWay.EPHEMERAL_CONTAINER, "NET_ADMIN is forbidden");

    refused(LATE, IMAGE, "hostPID is forbidden", "NET_ADMIN is forbidden", "podKill", "setConfig");
    refused(LATE, "", "add 'agent: {image: IMAGE}'", "podKill");
  }

  private static final String FOLLOWED =
      LATE.replace("'count':1", "'count':1,'follow':true").replace("5s", "20s");

  @Test
  void aPodInPlaceOfATargetIsDisturbedWhenItIsReadyAndTheReportSaysSo() throws Exception {
    String killed = ",{'podKill':{},'target':{'deployment':'web','count':1},'start':'5s'}";
    Result result =
        sim.run(
            SimulatedCluster.experiment(FOLLOWED + killed, IMAGE),
            new Options(false, Optional.empty(), 1));

    assertThat(result.verdict().outcome())
        .as(result.verdict().toString())
        .isEqualTo(Outcome.PASSED);
    assertThat(result.summary().steps())
        .filteredOn(step -> step.ref().fault().equals("latency-web"))
        .extracting(step -> step.ref().target(), StepSummary::gone, StepSummary::open)
        .containsExactly(tuple("web-2", true, false), tuple("web-3", false, false));
    assertThat(sim.world.residue()).isEmpty();
    assertThat(result.summary().plan().orElseThrow().notes())
        .anySatisfy(note -> assertThat(note).contains("never more than 1 at once"));
    double gone = sim.when(Event.TargetGone.class, _ -> true);
    assertThat(sim.when(Event.FaultEnded.class, end -> end.fault().equals("latency-web")) - gone)
        .isBetween(12.0, 16.0);
  }

  @Test
  void whenAllPodsAreReplacedNoMoreAreDisturbedThanWerePlanned() throws Exception {
    sim.at(8, () -> sim.world.cluster().replacePods("web"));
    sim.at(15, () -> sim.world.cluster().replacePods("web"));
    Result result =
        sim.run(
            SimulatedCluster.experiment(FOLLOWED, IMAGE), new Options(false, Optional.empty(), 1));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    int most = 0;
    int now = 0;
    for (String deed : sim.deeds()) {
      now += deed.startsWith("put ") ? 1 : -1;
      most = Math.max(most, now);
    }
    assertThat(most).isEqualTo(1);
    assertThat(sim.deeds()).hasSize(6);
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void withoutFollowAPodInPlaceOfATargetIsLeftAlone() throws Exception {
    sim.at(8, () -> sim.world.cluster().replacePods("web"));
    Result result =
        sim.run(
            SimulatedCluster.experiment(FOLLOWED.replace("true", "false"), IMAGE),
            new Options(false, Optional.empty(), 1));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds()).hasSize(2);
  }

  @Test
  void whatLimitsForbidIsNotFollowedAndToldOnce() throws Exception {
    sim.at(
        8,
        () -> {
          sim.world.cluster().replacePods("web");
          sim.world.cluster().forbid(AgentWay.POD, "hostPID is forbidden");
          sim.world.cluster().forbid(AgentWay.EPHEMERAL_CONTAINER, "forbidden, too");
        });
    Result result =
        sim.run(
            SimulatedCluster.experiment(FOLLOWED, IMAGE), new Options(false, Optional.empty(), 1));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(result.summary().sightings())
        .singleElement()
        .extracting(seen -> seen.what().words())
        .asString()
        .contains("for now", "hostPID is forbidden");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'podKill':{},'target':{'deployment':'web','follow':true}}",
        "{'scale':{'replicas':0},'target':{'deployment':'web','follow':true},'for':'5s'}",
        "{'loss':{'percent':'5%'},'target':{'netns':'web','follow':true},'for':'5s'}"
      })
  void onlyPodsWhosePacketsAreDisturbedAreFollowed(String fault) {
    assertThatThrownBy(() -> SimulatedCluster.experiment(fault, IMAGE))
        .hasMessageContaining("remove 'follow'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'reset':{},'target':{'service':'web'},'for':'5s'} | disturb the packets of a pod",
        "{'loss':{'percent':'5%'},'target':{'netns':'web'},'for':'5s'} | the packets of a pod",
        "{'loss':{'percent':'5%'},'target':{'deployment':'web','count':1},'for':'5s',"
            + "'traffic':{'cgroup':'a.slice'}} | remove 'cgroup'",
        "{'loss':{'percent':'5%'},'target':{'deployment':'web','count':1},'for':'5s',"
            + "'traffic':{'port':'http'}} | ports by number"
      })
  void whatPodsCannotMeetIsRefusedWithWhatTheyCan(String fault, String words) {
    refused(fault, IMAGE, words);
  }

  @Test
  void podsThatArePeersArePlannedWithTheirAddressesOfNow() throws Exception {
    String cut =
        LATE.replace("'latency':{'delay':'100ms'}", "'partition':{},'traffic':{'peers':'zone/b'}");

    assertThat(plan(cut, IMAGE).notes())
        .anySatisfy(note -> assertThat(note).contains("zone/b is 10.0.0.5, 10.0.0.6 now"));
    refused(cut.replace("zone/b", "zone/b.invalid"), IMAGE, "'zone/b.invalid'", "traffic.peers");
  }

  private void refused(String fault, String cluster, String... words) {
    assertThatThrownBy(() -> plan(fault, cluster))
        .isInstanceOfSatisfying(
            Unplannable.class,
            none -> {
              assertThat(none.outcome()).isEqualTo(Outcome.NOT_READY);
              assertThat(none.words()).contains(words);
            });
    assertThat(sim.deeds()).isEmpty();
  }

  @Test
  void latenessOfAllPodsNeedsAWiderLimitAndAPartitionTheLastPodToo() throws Exception {
    String all = LATE.replace(",'count':1", "");
    String cut = all.replace("'latency':{'delay':'100ms'}", "'partition':{}");
    String wide = IMAGE + ",'limits':{'share':'100%'}";

    assertThatThrownBy(() -> plan(all, IMAGE)).hasMessageContaining("limits: {share: 100%}");
    assertThat(plan(all, wide).faults().getFirst().targets()).hasSize(3);
    assertThatThrownBy(() -> plan(cut, wide)).hasMessageContaining("limits: {lastPod: true}");
  }
}
