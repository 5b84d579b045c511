package dev.faultline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Outcome;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.plan.Acceptance;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults in a cluster: what they may touch, what they leave, and what they refuse. */
final class SimulatedClusterTest {

  private static final ObjectField REPLICAS = new ObjectField.Replicas();
  private static final String KILL_ONE = "{'podKill':{},'target':{'deployment':'web','count':1}}";
  private static final String SCALE =
      "{'scale':{'replicas':1},'target':{'deployment':'web'},'for':'5s'}";

  private Simulation sim;

  @BeforeEach
  void newWorld(@TempDir Path root) {
    sim = new Simulation(root);
    sim.world.series("x", () -> 0).cluster().deployment("web", 3).node("n1").node("n2");
    sim.world.cluster().configMap("settings", "level", "info");
  }

  private static LoadedExperiment experiment(String fault, String limits) {
    LoadedExperiment plain =
        Simulation.experiment(
            ("{'gates':[{'name':'ready','kubernetes':{'deployment':'web','read':'readyReplicas'},"
                    + "'above':0}],'faults':[%s],'recovery':{'within':'10s'}}")
                .formatted(fault));
    EnvironmentSpec shop =
        Codec.json()
            .readValue(
                "{'kubernetes':{'limits':%s}}".formatted(limits).replace('\'', '"'),
                EnvironmentSpec.class);
    return new LoadedExperiment(
        plain.name(), plain.spec(), "somewhere", shop, plain.file(), plain.base());
  }

  private Result run(String fault) throws Exception {
    return run(fault, "{'share':'100%'}");
  }

  private Result run(String fault, String limits) throws Exception {
    Result result =
        sim.run(
            experiment(fault, limits),
            new Options(false, Optional.empty(), 1, Set.of(Acceptance.NO_LEASE)));
    assertThat(sim.world.residue()).isEmpty();
    return result;
  }

  private Plan plan(String fault, Acceptance... accepted) throws Unplannable {
    return sim.engine.plan(experiment(fault, "{}"), 1, Set.of(accepted));
  }

  @Test
  void aPodIsKilledByItsUidAndItsWorkloadStartsAnother() throws Exception {
    List<String> before = sim.world.cluster().pods();
    Result result = run(KILL_ONE);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds()).containsExactly("delete a pod of deployment/web");
    assertThat(sim.world.cluster().pods()).hasSize(3).isNotEqualTo(before);
  }

  @Test
  void afterARefusalNoPodsAreTouchedButThoseThatRequestsAreUnderWayTo() throws Exception {
    sim.world.cluster().deployment("big", 100);
    AtomicInteger asked = new AtomicInteger();
    sim.world.twistAction(
        action ->
            action instanceof ClusterAction.DeletePod && asked.incrementAndGet() == 3
                ? Optional.of(new Effect.Failed("forbidden"))
                : Optional.empty());

    Result result = run("{'podKill':{},'target':{'deployment':'big','count':80}}");

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(asked).hasValue(50);
  }

  @Test
  void aRepeatedKillTakesTheSuccessorsOfWhatItKilled() throws Exception {
    Result result =
        run("{'podKill':{},'target':{'deployment':'web','count':1},'every':'3s','for':'9s'}");

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds()).hasSize(3);
  }

  @Test
  void thePlanIsTheSameForOtherPodsOfTheSameOwner() throws Exception {
    Plan before = plan(KILL_ONE);
    sim.world.cluster().replacePods("web");

    assertThat(plan(KILL_ONE).hash()).isEqualTo(before.hash());
    assertThat(plan(KILL_ONE).faults()).isNotEqualTo(before.faults());
  }

  @Test
  void whatIsScaledComesBackAndLeavesNoMark() throws Exception {
    Result result = run(SCALE);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds())
        .containsExactly(
            "set replicas from 3 to 1 of deployment web", "set replicas to 3 of deployment web");
    assertThat(sim.world.cluster().value("deployment/web", REPLICAS)).contains("3");
  }

  @Test
  void anApiServerThatIsAwayForAMinuteDelaysTheUndoAndPassesNothing() throws Exception {
    sim.world.twistAction(
        action ->
            action instanceof Action.InCluster && isAway()
                ? Optional.of(new Effect.Failed("the API server does not answer"))
                : Optional.empty());
    sim.world.twistQuery(
        query ->
            query instanceof Query.OfCluster && isAway()
                ? Optional.of(
                    new Answer.Unanswered(BlindReason.UNREACHABLE, "the API server is away"))
                : Optional.empty());

    Result result = run(SCALE);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(sim.world.cluster().value("deployment/web", REPLICAS)).contains("3");
  }

  private boolean isAway() {
    return sim.now() > 6 && sim.now() < 66;
  }

  @Test
  void whatSomebodyElseSetMeanwhileIsLeftAlone() throws Exception {
    sim.at(6, () -> sim.world.cluster().change("deployment/web", REPLICAS, "5"));
    Result result = run(SCALE.replace("5s", "8s"));

    assertThat(sim.world.cluster().value("deployment/web", REPLICAS)).contains("5");
    assertThat(result.verdict().outcome()).isNotEqualTo(Outcome.UNDO_NOT_PROVEN);
    assertThat(sim.world.deeds().getLast().effect()).isInstanceOf(Effect.Superseded.class);
  }

  @Test
  void whatChangedAfterThePlanIsNotWrittenOver() throws Exception {
    sim.world.twistAction(
        action -> {
          if (action instanceof ClusterAction.ChangeObject) {
            sim.world.cluster().change("deployment/web", REPLICAS, "7");
          }
          return Optional.empty();
        });
    Result result = run(SCALE);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(sim.world.cluster().value("deployment/web", REPLICAS)).contains("7");
  }

  @Test
  void severalChangesOfOneKindOfObjectComeBack() throws Exception {
    Result result =
        run(
            "{'cordon':{},'target':{'node':'n1'},'for':'5s'},"
                + "{'taint':{'key':'k'},'target':{'node':'n1'},'for':'3s'},"
                + "{'setConfig':{'key':'level'},'target':{'configMap':'settings'},'for':'4s'}");

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.world.cluster().value("node/n1", new ObjectField.Unschedulable())).isEmpty();
    assertThat(sim.world.cluster().value("configMap/settings", new ObjectField.Entry("level")))
        .contains("info");
  }

  @Test
  void whatNothingEndsByItselfMustBeAccepted() throws Exception {
    assertThatThrownBy(() -> plan(SCALE.replace("1}", "2}")))
        .isInstanceOfSatisfying(
            Unplannable.class,
            refused -> {
              assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
              assertThat(refused.words()).contains("--accept no-lease");
            });
    assertThat(plan(SCALE.replace("1}", "2}"), Acceptance.NO_LEASE).faults()).hasSize(1);
    assertThat(plan(KILL_ONE).faults()).hasSize(1);
  }

  @Test
  void aChangeWithAFuseInTheClusterNeedsNoAcceptanceAndTheFuseGoesLast() throws Exception {
    LoadedExperiment fused = fused(SCALE);
    assertThat(sim.engine.plan(fused, 1).faults().getFirst().endsBy())
        .anySatisfy(ends -> assertThat(ends.layer()).isEqualTo(EndsBy.Layer.FUSE));

    Result result = sim.run(fused, new Options(false, Optional.empty(), 1, Set.of()));
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds())
        .filteredOn(deed -> !deed.contains("lease of"))
        .containsExactly(
            "arm a fuse in the cluster for deployment web: changed back when the lease is 10 s old",
            "set replicas from 3 to 1 of deployment web",
            "set replicas to 3 of deployment web",
            "remove the fuse in the cluster for deployment web");
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void aFuseThatMayNotBeMadeIsToldWithWhatIsLacking() {
    sim.world.cluster().forbid(new Permission("batch", "jobs", "create", false));

    assertThatThrownBy(() -> sim.engine.plan(fused(SCALE), 1))
        .isInstanceOfSatisfying(
            Unplannable.class,
            refused -> {
              assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
              assertThat(refused.words()).contains("may not create jobs.batch", "no-lease");
            });
  }

  private static LoadedExperiment fused(String fault) {
    LoadedExperiment plain = experiment(fault, "{'share':'100%'}");
    EnvironmentSpec shop =
        Codec.json()
            .readValue(
                "{'kubernetes':{'agent':{'image':'agent:1'},'limits':{'share':'100%'}}}"
                    .replace('\'', '"'),
                EnvironmentSpec.class);
    return new LoadedExperiment(
        plain.name(), plain.spec(), "somewhere", shop, plain.file(), plain.base());
  }

  @Test
  void guardsGoAfterAllThatTheyGuardAndOneThatIsNeededStays() throws Exception {
    sim.world.cluster().deployment("carts", 3);
    sim.world.twistAction(
        action ->
            action instanceof ClusterAction.RestoreObject back && back.object().name().equals("web")
                ? Optional.of(new Effect.Failed("no answer"))
                : Optional.empty());
    String both = "{'scale':{'replicas':5},'target':{'deployment':['web','carts']},'for':'5s'}";

    Result result = sim.run(fused(both), new Options(false, Optional.empty(), 1));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.UNDO_NOT_PROVEN);
    assertThat(sim.world.residue())
        .hasSize(2)
        .allSatisfy(left -> assertThat(left).contains("deployment/web"));
    assertThat(sim.deeds())
        .filteredOn(deed -> deed.contains("carts") || deed.contains("fuse"))
        .extracting(deed -> deed.replaceAll(" .*(web|carts).*", " $1"))
        .containsExactly("arm web", "arm carts", "set carts", "set carts", "remove carts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'podKill':{},'target':{'deployment':'web','count':2}} | share: 100%",
        "{'podKill':{},'target':{'deployment':'web'}} | share: 100%",
        "{'scale':{'replicas':1},'target':{'deployment':'web'},'for':'5s'} | share: 100%",
        "{'cordon':{},'target':{'node':['n1','n2']},'for':'5s'} | nodes: 2"
      })
  void moreThanTheLimitsAllowIsRefusedWithWhatWouldAllowIt(String fault, String limit) {
    assertThatThrownBy(() -> plan(fault, Acceptance.NO_LEASE))
        .isInstanceOfSatisfying(
            Unplannable.class,
            refused -> {
              assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
              assertThat(refused.words()).contains("limits: {" + limit + "}");
            });
    assertThat(sim.world.deeds()).isEmpty();
  }

  @Test
  void theLastReadyPodIsNeverTakenUnlessAllowed() throws Exception {
    sim.world.cluster().deployment("single", 1);
    String kill = "{'podKill':{},'target':{'deployment':'single'}}";

    assertThatThrownBy(() -> plan(kill)).hasMessageContaining("limits: {lastPod: true}");
    assertThat(run(kill, "{'lastPod':true}").verdict().outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void aNamespaceThatIsNotOpenOrNeverCanBeIsRefused() {
    sim.world.cluster().namespace("shop", false);
    assertThatThrownBy(() -> plan(KILL_ONE))
        .isInstanceOfSatisfying(
            Unplannable.class,
            refused -> {
              assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
              assertThat(refused.words()).contains("faultline.dev/chaos=allowed");
            });
    sim.world.cluster().namespace("kube-system", true);
    assertThatThrownBy(() -> plan(KILL_ONE))
        .isInstanceOfSatisfying(
            Unplannable.class, refused -> assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED));
  }

  @Test
  void missingRightsAreToldWithTheRoleThatWouldDo() {
    sim.world.cluster().forbid(Permission.of(ObjectKind.POD, "delete"));

    assertThatThrownBy(() -> plan(KILL_ONE))
        .isInstanceOfSatisfying(
            Unplannable.class,
            unfit -> {
              assertThat(unfit.outcome()).isEqualTo(Outcome.NOT_READY);
              assertThat(unfit.words())
                  .contains("may not delete pods in", "kind: Role", "resources: [pods], verbs: [");
            });
  }

  @Test
  void aClusterThatDoesNotAnswerIsNotReady() {
    sim.world.twistQuery(
        query ->
            query instanceof Query.OfCluster
                ? Optional.of(new Answer.Unanswered(BlindReason.UNREACHABLE, "no route"))
                : Optional.empty());

    assertThatThrownBy(() -> plan(KILL_ONE))
        .isInstanceOfSatisfying(
            Unplannable.class,
            unfit -> {
              assertThat(unfit.outcome()).isEqualTo(Outcome.NOT_READY);
              assertThat(unfit.words()).contains("no route");
            });
  }
}
