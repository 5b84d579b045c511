package dev.faultline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.testkit.FakeWorld;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults on other machines: where they land, and what could be meant twice. */
final class SimulatedHostsTest {

  private static final EnvironmentSpec HOSTS =
      Codec.json()
          .readValue(
              """
              {"hosts": {
                "web1": {"ssh": "me@web1", "processes":
                  {"api": {"pidFile": "api.pid"}, "front": {"pidFile": "f.pid"}}},
                "web2": {"processes": {"api": {"pidFile": "api.pid"}}}}}
              """,
              EnvironmentSpec.class);

  private Simulation sim;
  private FakeWorld web1;
  private FakeWorld web2;

  @BeforeEach
  void newWorld(@TempDir Path root) {
    sim = new Simulation(root);
    web1 = new FakeWorld(sim.time).process("api").process("front").network("shop", false);
    web2 = new FakeWorld(sim.time).process("api");
    sim.world.host("web1", web1).host("web2", web2).series("x", () -> 0);
  }

  private Result run(String fault) throws Exception {
    LoadedExperiment plain =
        Simulation.experiment(
            "{'gates':[{'name':'g','prometheus':'x','below':1}],'faults':[%s],'recovery':{'within':'5s'}}"
                .formatted(fault));
    LoadedExperiment experiment =
        new LoadedExperiment(
            plain.name(), plain.spec(), "somewhere", HOSTS, plain.file(), plain.base());
    Result result = sim.run(experiment, new Options(false, Optional.empty(), 1));
    assertThat(sim.world.residue()).isEmpty();
    return result;
  }

  @Test
  void aProcessIsFoundOnTheOneHostThatHasIt() throws Exception {
    Result result = run("{'freeze':{},'target':{'process':'front'},'for':'5s'}");

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds())
        .contains("on web1: send SIGSTOP to front", "on web1: send SIGCONT to front");
    assertThat(web2.deeds()).isEmpty();
    assertThat(web1.renewals()).isNotEmpty();
  }

  @Test
  void oneFaultMayBeOnSeveralHosts() throws Exception {
    Result result = run("{'stress':{'cores':1},'target':{'host':['web2','web1']},'for':'5s'}");

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(web1.deeds()).hasSize(2);
    assertThat(web2.deeds()).hasSize(2);
    assertThat(result.summary().plan().orElseThrow().faults().getFirst().targets())
        .extracting(target -> target.name())
        .containsExactly("web1", "web2");
  }

  @Test
  void someOfThemAreChosen() throws Exception {
    run("{'kill':{},'target':{'process':'api','host':['web1','web2'],'count':1}}");

    assertThat(web1.isDown("api")).isTrue();
    assertThat(web2.isDown("api")).isFalse();
  }

  @Test
  void packetsOfANetworkThereAreDisturbedThere() throws Exception {
    Result result =
        run("{'latency':{'delay':'50ms'},'target':{'netns':'shop','host':'web1'},'for':'5s'}");

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(web1.deeds()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'kill':{},'target':{'process':'api'}}|can be on web1, web2; say where, such as 'host: web1'",
        "{'kill':{},'target':{'process':'apy'}}|unknown target 'apy'; did you mean 'api'?",
        "{'kill':{},'target':{'process':'front','host':'web2'}}|on web2: unknown target 'front'",
        "{'kill':{},'target':{'process':'front','host':'web3'}}|unknown host 'web3'",
        "{'stress':{'cores':1},'for':'5s'}|which host is meant? Add 'target: {host: web1}'",
        "{'latency':{'delay':'5ms'},'target':{'netns':'shop'},'for':'5s'}|netns shop can be on web1, web2",
        "{'stress':{'cores':5},'target':{'host':'web1'},'for':'5s'}|this machine has 4",
        "{'reset':{},'target':{'link':{'from':'a','to':'b'}},'for':'5s'}|network faults need a lab"
      })
  void whatIsNotClearTouchesNothing(String fault, String why) throws Exception {
    Result result = run(fault);

    assertThat(result.verdict().outcome()).isIn(Outcome.NOT_READY, Outcome.REFUSED);
    assertThat(result.verdict().reasons()).anySatisfy(one -> assertThat(one.words()).contains(why));
    assertThat(sim.deeds()).isEmpty();
  }

  @Test
  void addressesThatCannotBeAreRefused() {
    assertThatThrownBy(
            () -> Codec.json().readValue("{\"hosts\":{\"a b\":{}}}", EnvironmentSpec.class))
        .hasStackTraceContaining("'a b' cannot name a host");
    assertThatThrownBy(
            () ->
                Codec.json()
                    .readValue("{\"hosts\":{\"a\":{\"ssh\":\"-oX\"}}}", EnvironmentSpec.class))
        .hasStackTraceContaining("'-oX' is no address of a host");
  }

  @Test
  void aHostThatCannotBeReachedIsToldAsSuch() throws Exception {
    sim.world.twistQuery(
        query ->
            query instanceof Query.OnHost
                ? Optional.of(new Answer.Unanswered(BlindReason.UNREACHABLE, "no route"))
                : Optional.empty());

    Result result = run("{'stress':{'cores':1},'target':{'host':'web1'},'for':'5s'}");

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.NOT_READY);
    assertThat(Simulation.reasons(result))
        .anySatisfy(why -> assertThat(why).contains("host web1: ").contains("no route"));
  }

  @Test
  void aConnectionLostInTheMiddleEndsTheRunAndItsUndoIsStillShown() throws Exception {
    boolean[] held = {false};
    sim.world.twistAction(
        action -> {
          held[0] |= action.itself() instanceof Action.HoldStrain;
          return held[0] && action instanceof Action.RenewLease
              ? Optional.of(new Effect.Superseded("the connection to web1 is lost"))
              : Optional.empty();
        });

    Result result = run("{'stress':{'cores':1},'target':{'host':'web1'},'for':'5s'}");

    assertThat(Simulation.stops(result)).containsExactly(StopReason.FAULT_FAILED);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
  }
}
