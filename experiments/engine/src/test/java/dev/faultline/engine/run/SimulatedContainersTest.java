package dev.faultline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.AgentPermissions;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.judge.Outcome;
import dev.faultline.model.cluster.AgentWay;
import dev.faultline.model.cluster.Probe;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of containers and probes, from the file to the verdict, in a cluster that is made up. */
final class SimulatedContainersTest {

  private static final String ONE = "'target':{'deployment':'web','count':1}";
  private static final String KILL = "{'kill':{'signal':'term'}," + ONE + "}";
  private static final String FREEZE = "{'freeze':{'container':'app'}," + ONE + ",'for':'5s'}";
  private static final String UNREADY = "{'podUnready':{}," + ONE + ",'for':'5s'}";
  private static final String STRESS =
      "{'stress':{'cpu':'80%','memory':'64Mi','container':'app'}," + ONE + ",'for':'5s'}";
  private static final String IMAGE = "'agent':{'image':'faultline-agent:1'}";
  private static final Duration SECOND = Duration.ofSeconds(1);

  private Simulation sim;

  @BeforeEach
  void newWorld(@TempDir Path root) {
    sim = new Simulation(root);
    sim.world.cluster().deployment("web", 3);
  }

  private Plan plan(String fault, String cluster) throws Unplannable {
    return sim.engine.plan(SimulatedCluster.experiment(fault, cluster), 1);
  }

  private void probe(Probe.Use use, Optional<Integer> port, int failures) {
    sim.world.cluster().probe(new Probe(use, "app", port, SECOND, failures, 1, SECOND));
  }

  private void passes(String fault, String... deeds) throws Exception {
    Result result =
        sim.run(SimulatedCluster.experiment(fault, IMAGE), new Options(false, Optional.empty(), 1));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds()).containsExactly(deeds);
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void aContainerIsEndedByItsFirstProcessAndAnotherLifeProvesIt() throws Exception {
    passes(KILL, "send SIGTERM to container app of a pod of deployment/web, from a pod beside it");
  }

  @Test
  void aContainerIsFrozenByAnAgentProvenAndReleased() throws Exception {
    passes(
        FREEZE,
        "keep container app of a pod of deployment/web still, from a pod beside it",
        "let container app of a pod of deployment/web go on");
  }

  @Test
  void aContainerIsStrainedWithinItsLimitsProvenAndFreed() throws Exception {
    passes(
        STRESS,
        "have container app of a pod of deployment/web use 80% of its CPU limit (0.5 cores), from a"
            + " pod beside it",
        "have container app of a pod of deployment/web use 64Mi of memory (its limit is 128Mi),"
            + " while 256Mi stay available on its node, from a pod beside it",
        "free what stress-web.memory holds of container app of a pod of deployment/web",
        "free what stress-web.cpu holds of container app of a pod of deployment/web");
  }

  @Test
  void thePlanSaysWhatTheAgentMayDoAndWhatEndsTheStrain() throws Exception {
    Plan plan = plan(STRESS, IMAGE);

    assertThat(plan.faults().getFirst().words())
        .isEqualTo(
            "stress with 80% of its CPU limit (0.5 cores); 64Mi of memory (its limit is 128Mi),"
                + " while 256Mi stay available on its node");
    assertThat(plan.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains(
                        "Containers are stressed by agents", "(hostPID, SYS_PTRACE, SYS_ADMIN)"));
    assertThat(plan.faults().getFirst().endsBy())
        .extracting(EndsBy::layer)
        .containsExactly(
            EndsBy.Layer.PLAN, EndsBy.Layer.KERNEL, EndsBy.Layer.LEASE, EndsBy.Layer.JOURNAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'cores':2} | 2 cores are asked for, and container app may have the time of 0.5",
        "{'memory':'128Mi'} | container app may have 128 MiB in all (its limit)",
        "{'io':{'path':'/srv'}} | an agent has no file on the file systems of a container",
        "{'cpu':'50%','container':'side'} | It has app; name one with 'container'",
      })
  void whatAContainerCannotHaveIsRefused(String stress, String words) {
    refused("{'stress':%s,%s,'for':'5s'}".formatted(stress, ONE), IMAGE, Outcome.NOT_READY, words);
  }

  @Test
  void aPodIsHeldUnreadyByThePortOfItsProbe() throws Exception {
    probe(Probe.Use.READINESS, Optional.of(8080), 2);

    passes(
        UNREADY,
        "put partition, tcp port 8080 with its own node on the packets of a pod of deployment/web,"
            + " from a pod beside it",
        "end podUnready-web on the packets of a pod of deployment/web");
  }

  @Test
  void thePlanSaysWhatTheAgentMayDoAndWhatEndsTheFreeze() throws Exception {
    Plan plan = plan(FREEZE, IMAGE);

    assertThat(plan.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains("Containers are frozen by agents", "(hostPID, SYS_PTRACE)"));
    assertThat(plan.faults().getFirst().endsBy())
        .extracting(EndsBy::layer)
        .containsExactly(
            EndsBy.Layer.PLAN, EndsBy.Layer.KERNEL, EndsBy.Layer.LEASE, EndsBy.Layer.JOURNAL);
    assertThat(plan(KILL, IMAGE).notes())
        .anySatisfy(note -> assertThat(note).contains("Containers are ended", "(hostPID, KILL)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {KILL, FREEZE, STRESS, UNREADY})
  void eachTakesWhatAnAgentTakes(String fault) {
    LoadedExperiment experiment = SimulatedCluster.experiment(fault, IMAGE);

    assertThat(
            AgentPermissions.of(experiment.spec(), (Kubernetes) experiment.environment().place())
                .permissions())
        .containsExactlyElementsOf(AgentWay.POD.permissions());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'kill':{'container':'side'},'target':{'deployment':'web','count':1}}"
            + " | It has app; name one with 'container'",
        "{'freeze':{},'target':{'deployment':'web','count':1},'for':'5s'} | 'lease' must be at least 5 s",
      })
  void whatCannotBeMeantIsRefused(String fault, String words) {
    String lease = fault.contains("freeze") ? "'lease':'3s'," : "";
    LoadedExperiment plain = SimulatedCluster.experiment(fault, IMAGE);
    LoadedExperiment short3 =
        lease.isEmpty()
            ? plain
            : new LoadedExperiment(
                plain.name(),
                Simulation.experiment(
                        ("{'gates':[{'name':'ready','kubernetes':{'deployment':'web',"
                                + "'read':'readyReplicas'},'above':0}],%s'faults':[%s]}")
                            .formatted(lease, fault))
                    .spec(),
                "somewhere",
                plain.environment(),
                plain.file(),
                plain.base());

    assertThatThrownBy(() -> sim.engine.plan(short3, 1))
        .isInstanceOfSatisfying(
            Unplannable.class,
            none -> {
              assertThat(none.outcome()).isEqualTo(Outcome.NOT_READY);
              assertThat(none.words()).contains(words);
            });
  }

  private void refused(String fault, String cluster, Outcome outcome, String... words) {
    assertThatThrownBy(() -> plan(fault, cluster))
        .isInstanceOfSatisfying(
            Unplannable.class,
            none -> {
              assertThat(none.outcome()).isEqualTo(outcome);
              assertThat(none.words()).contains(words);
            });
    assertThat(sim.deeds()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {KILL, FREEZE, STRESS, UNREADY})
  void fromInsideOfThePodNobodySeesItsContainersAndItsNode(String fault) {
    probe(Probe.Use.READINESS, Optional.of(8080), 2);
    sim.world.cluster().forbid(AgentWay.POD, "hostPID is forbidden");

    refused(fault, IMAGE, Outcome.NOT_READY, "hostPID is forbidden", "not seen from there");
    refused(fault, "", Outcome.NOT_READY, "add 'agent: {image: IMAGE}'");
  }

  @Test
  void aPodWithoutAProbeThatAsksAPortCannotBeHeldUnready() {
    probe(Probe.Use.READINESS, Optional.empty(), 3);
    probe(Probe.Use.LIVENESS, Optional.of(8080), 3);

    refused(UNREADY, IMAGE, Outcome.NOT_READY, "has no readiness probe that asks a port");
  }

  @Test
  void oneThatWouldBeStartedAgainBySuchAProbeIsRefusedUnlessThatTakesLonger() throws Exception {
    probe(Probe.Use.READINESS, Optional.of(8080), 2);
    probe(Probe.Use.LIVENESS, Optional.of(8080), 3);
    refused(
        UNREADY, IMAGE, Outcome.NOT_READY, "liveness probe of container app", "again after 2 s");
    sim.world
        .cluster()
        .probe(new Probe(Probe.Use.READINESS, "app", Optional.of(8081), SECOND, 2, 1, SECOND));

    assertThat(
            plan(UNREADY, IMAGE)
                .faults()
                .getFirst()
                .targets()
                .getFirst()
                .steps()
                .getFirst()
                .action()
                .describe())
        .contains("port 8081");
  }

  @Test
  void aLivenessProbeThatWaitsLongerThanTheFaultCanLastIsNoHarm() throws Exception {
    probe(Probe.Use.READINESS, Optional.of(8080), 2);
    probe(Probe.Use.LIVENESS, Optional.of(8080), 60);

    assertThat(plan(UNREADY, IMAGE).faults()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {KILL, FREEZE, UNREADY})
  void theyCountAsPodsThatAreTaken(String fault) {
    probe(Probe.Use.READINESS, Optional.of(8080), 2);
    String all = fault.replace(",'count':1", "");

    refused(all, IMAGE, Outcome.REFUSED, "limits: {share: 100%}");
    refused(all, IMAGE + ",'limits':{'share':'100%'}", Outcome.REFUSED, "limits: {lastPod: true}");
  }
}
