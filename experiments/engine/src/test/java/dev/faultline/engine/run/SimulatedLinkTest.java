package dev.faultline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.Planner;
import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.plan.Plan;
import dev.faultline.testkit.FakeWorld;
import dev.faultline.testkit.SimulatedTime;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimulatedLinkTest {

  private static final String LAB =
      "{'lab':{'processes':{'a':{'command':['a']}}},'databases':{'far':{'jdbc':'jdbc:postgresql://h/d'}}}";
  private static final String LATE =
      "{'latency':{'delay':'300ms'},'target':{'service':'inventory'},'for':'5s'}";

  @TempDir Path folder;

  private static LoadedExperiment experiment(String environment, String faults) {
    LoadedExperiment any =
        Simulation.experiment(
            "{'gates':[{'name':'g','prometheus':'x','below':1}],'faults':[%s]}".formatted(faults));
    return new LoadedExperiment(
        any.name(),
        any.spec(),
        "somewhere",
        Codec.json().readValue(environment.replace('\'', '"'), EnvironmentSpec.class),
        any.file(),
        any.base());
  }

  private static FakeWorld furnish(FakeWorld world, boolean traffic) {
    return world
        .series("x", () -> 0)
        .link("load", "orders", traffic)
        .link("orders", "inventory", traffic)
        .link("gateway", "inventory", traffic);
  }

  private static Plan plan(String environment, String faults) throws Exception {
    return new Planner(furnish(new FakeWorld(new SimulatedTime()), true))
        .plan(experiment(environment, faults), 1, true);
  }

  private Result run(boolean traffic) throws Exception {
    Simulation simulation = new Simulation(folder);
    furnish(simulation.world, traffic);
    Result result = simulation.run(experiment(LAB, LATE), new Options(false, Optional.empty(), 1));
    assertThat(simulation.world.residue()).isEmpty();
    return result;
  }

  @Test
  void aServiceIsDisturbedOnEveryLinkIntoIt() throws Exception {
    assertThat(plan(LAB, LATE).faults().getFirst().targets())
        .extracting(Plan.PlannedTarget::name)
        .containsExactly("gateway->inventory", "orders->inventory");
  }

  @Test
  void whatTheTrafficMetIsProvenAndItsEndIsToo() throws Exception {
    assertThat(run(true).verdict().outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void withoutTrafficNothingIsProven() throws Exception {
    Result result = run(false);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(Simulation.reasons(result))
        .anyMatch(words -> words.contains("latency 300ms on") && words.contains("no connection"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'service':'inventry' | inventry is no end of any link, did you mean inventory?; links are",
        "'link':{'from':'inventory','to':'orders'} | inventory and orders do not talk",
        "'link':{'from':'orders','to':'far'} | far runs already"
      })
  void aLinkThatIsNotThereIsRefusedWithThoseThatAre(String target, String reason) {
    assertThatThrownBy(() -> plan(LAB, "{'refuse':{},'target':{%s},'for':'1s'}".formatted(target)))
        .hasMessageContaining(reason);
  }

  @Test
  void aPortThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> plan(LAB, LATE.replace("'for'", "'traffic':{'port':'htp'},'for'")))
        .hasMessageContaining("unknown port 'htp'; did you mean 'http'?");
  }

  @Test
  void onThisMachineThereIsNoLinkToDisturb() {
    assertThatThrownBy(() -> plan("{'local':{'processes':{}}}", LATE))
        .hasMessageContaining("network faults need a lab");
  }

  @Test
  void twoOfAKindOnOneLinkAtOnceContradict() throws Exception {
    String other =
        "{'name':'more','latency':{'delay':'1s'},'target':{'link':{'from':'orders'}},'for':'5s'%s}";

    assertThatThrownBy(() -> plan(LAB, LATE + "," + other.formatted(",'start':'4s'")))
        .hasMessageContaining(
            "latency-inventory and more contradict each other on orders->inventory");
    assertThat(plan(LAB, LATE + "," + other.formatted(",'start':'5s'")).faults()).hasSize(2);
    assertThat(plan(LAB, LATE + "," + other.formatted(",'traffic':{'direction':'in'}")).faults())
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'refuse':{} | 'blackhole':{} | true",
        "'blackhole':{} | 'reset':{} | true",
        "'blackhole':{} | 'byteLimit':{'after':'1Ki'} | true",
        "'byteLimit':{'after':'1Ki'} | 'halfClose':{} | true",
        "'refuse':{} | 'reset':{} | false",
        "'blackhole':{} | 'latency':{'delay':'1s'} | false",
        "'halfClose':{} | 'refuse':{} | false"
      })
  void kindsOfWhichOneUndoesTheOtherContradict(String one, String other, boolean refused) {
    String fault = "{%s,'target':{'service':'inventory'},'for':'5s'}";

    assertThatCode(() -> plan(LAB, fault.formatted(one) + "," + fault.formatted(other)))
        .satisfies(
            said -> {
              if (refused) {
                assertThat(said).hasMessageContaining("contradict each other");
              } else {
                assertThat(said).isNull();
              }
            });
  }
}
