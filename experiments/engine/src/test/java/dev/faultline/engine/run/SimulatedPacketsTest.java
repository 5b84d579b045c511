package dev.faultline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.judge.Outcome;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.PortName;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of packets, from the file to the verdict, in networks that are made up. */
final class SimulatedPacketsTest {

  private static final String SPEC =
      "{'gates':[{'name':'g','prometheus':'x','below':1}],'faults':[%s]}";
  private static final String LOSS =
      "{'loss':{'percent':'5%'},'target':{'netns':'shop'},'for':'5s'}";

  @TempDir Path folder;
  private Simulation sim;

  @BeforeEach
  void twoNetworks() {
    sim = new Simulation(folder);
    sim.world.series("x", () -> 0).network("shop", false).network("host", true);
  }

  private Plan plan(String fault) throws Exception {
    return sim.engine.plan(Simulation.experiment(SPEC.formatted(fault)), 1);
  }

  @Test
  void aFaultIsPutInForceProvenAndTakenBack() throws Exception {
    Result result =
        sim.run(
            Simulation.experiment(SPEC.formatted(LOSS)), new Options(false, Optional.empty(), 1));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.world.residue()).isEmpty();
    assertThat(result.summary().figures().inject().orElseThrow().evidence())
        .contains("9 of 900 packets lost, 1%");
  }

  @Test
  void thePlanNamesPlacePacketsAndWhatEndsIt() throws Exception {
    Plan.PlannedFault fault =
        plan("{'partition':{},'target':{'netns':'host'},'for':'5s',"
                + "'traffic':{'protocol':'tcp','peers':['10.0.0.0/8'],'peerPort':'5432'}}")
            .faults()
            .getFirst();

    assertThat(fault.words()).isEqualTo("partition, tcp with 10.0.0.0/8 port 5432");
    assertThat(fault.targets().getFirst().steps().getFirst().action().describe())
        .isEqualTo("put partition, tcp with 10.0.0.0/8 port 5432 on the packets of host");
    assertThat(fault.endsBy()).extracting(end -> end.layer().name()).contains("KERNEL", "LEASE");
  }

  @Test
  void aKernelThatCannotIsToldBeforeAnythingIsTouched() {
    sim.world.twistQuery(
        query ->
            query instanceof Query.PacketsPossible
                ? Optional.of(new Answer.PacketsAre(Optional.of("no nf_tables")))
                : Optional.empty());

    assertThatThrownBy(() -> plan(LOSS))
        .hasMessageContaining("packets cannot be disturbed at shop: no nf_tables");
  }

  @Test
  void thePlanTellsWhatNamesOfPeersStandFor() throws Exception {
    Plan plan =
        sim.engine.plan(
            Simulation.experiment(
                SPEC.formatted(
                    "{'loss':{'percent':'5%'},'target':{'netns':'shop'},'for':'5s',"
                        + "'traffic':{'peers':['db.internal','10.1.0.0/16']}}")),
            1);

    assertThat(plan.notes()).anyMatch(note -> note.startsWith("db.internal is 10.0.0.5, 10.0.0.6"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'loss':{'percent':'5%'} | host | | would cut off Faultline too",
        "'partition':{} | host | 'peers':['::/0'] | would cut off Faultline too",
        "'partition':{} | host | 'peers':['0.0.0.0/1','128.0.0.0/1'] | would cut off Faultline too",
        "'dns':{'names':['*'],'answer':'none'} | host | | would cut off Faultline too",
        "'partition':{} | host | 'port':22 | TCP's port 22 is the way to this machine",
        "'loss':{'percent':'5%'} | shop | 'port':22,'protocol':'tcp' | and is never hit"
      })
  void whatWouldCutOffFaultlineIsKeptFromHappening(
      String fault, String network, String traffic, String reason) throws Exception {
    String which = traffic == null ? "" : ",'traffic':{%s}".formatted(traffic);
    String step = "{%s,'target':{'netns':'%s'}%s,'for':'1s'}".formatted(fault, network, which);

    assertThatThrownBy(() -> plan(step)).hasMessageContaining(reason);
    assertThat(sim.run(SPEC.formatted(step)).verdict().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(sim.deeds()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'loss':{'percent':'5%'} | 'netns':'hop' | | did you mean 'shop'?",
        "'loss':{'percent':'5%'} | 'netns':'shop' | 'port':'http' | packets have ports by number",
        "'loss':{'percent':'5%'} | 'netns':'shop' | 'peers':['db.invalid'] | no host is called"
            + " 'db.invalid'",
        "'loss':{'percent':'5%'} | 'netns':'shop' | 'peers':['zone/b'] | 'zone/b': the environment"
            + " has no cluster",
        "'partition':{} | 'netns':'shop' | 'percent':'5%','percentOf':'packets' | use 'loss'",
        "'latency':{'delay':'1s'} | 'service':'shop' | | network faults need a lab",
        "'reset':{} | 'service':'shop' | | network faults need a lab"
      })
  void whatCannotBeIsRefusedWithTheReason(
      String fault, String target, String traffic, String reason) {
    String which = traffic == null ? "" : ",'traffic':{%s}".formatted(traffic);

    assertThatThrownBy(
            () -> plan("{%s,'target':{%s}%s,'for':'1s'}".formatted(fault, target, which)))
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | | this would do nothing",
        "{'answer':'none','delay':'1s'} | | what never comes is not late",
        "{'answer':'refused','addresses':['10.0.0.9']} | | 'answer' is the whole answer",
        "{'addresses':['10.0.0.256']} | | is no address",
        "{'addresses':['db']} | | is no address",
        "{'names':['a b'],'answer':'none'} | | is no name of DNS",
        "{'delay':'0s'} | | 'delay' must be above 0",
        "{'answer':'none'} | 'protocol':'tcp' | answers by UDP; remove 'protocol'",
        "{'answer':'none'} | 'direction':'both' | 'direction: in' those that the target gets"
      })
  void aFaultOfDnsThatCannotBeMeantIsRefused(String dns, String traffic, String reason) {
    String which = traffic == null ? "" : ",'traffic':{%s}".formatted(traffic);

    assertThatThrownBy(
            () -> plan("{'dns':%s,'target':{'netns':'shop'}%s,'for':'1s'}".formatted(dns, which)))
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({"in, Optional.empty, Optional[53]", "out, Optional[53], Optional.empty"})
  void answersComeFromThePortOfDns(String direction, String port, String peerPort)
      throws Exception {
    Plan.PlannedFault fault =
        plan("{'dns':{'names':['*.shop'],'delay':'2s'},'target':{'netns':'host'},'for':'5s',"
                + "'traffic':{'direction':'%s'}}".formatted(direction))
            .faults()
            .getFirst();

    assertThat(fault.words()).startsWith("dns answers 2s late for *.shop");
    assertThat(fault.targets().getFirst().steps().getFirst().action())
        .isInstanceOfSatisfying(
            Action.DisturbPackets.class,
            order -> {
              assertThat(order.traffic().protocol()).contains(Traffic.Protocol.UDP);
              assertThat(order.traffic().port().map(PortName::text)).hasToString(port);
              assertThat(order.traffic().peerPort().map(PortName::text)).hasToString(peerPort);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | give either 'percent' or 'bursts'",
        "{'percent':'0%'} | must be above 0%",
        "{'percent':'5'} | must be from 0% to 100%",
        "{'percent':'101%'} | must be from 0% to 100%"
      })
  void aLossThatIsNoneIsRefused(String loss, String reason) {
    assertThatThrownBy(() -> plan(LOSS.replace("{'percent':'5%'}", loss)))
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'port':0 | ports go from 1 to 65535",
        "'port':'9-8' | the lower one first",
        "'port':70000 | ports go from 1 to 65535",
        "'port':'a b' | is no port",
        "'peerPort':'http' | 'peerPort' is a number",
        "'protocol':'icmp','port':80 | icmp has no ports",
        "'peers':['a b'] | is no address, network, host name or place",
        "'peers':['zone/a b'] | 'a b' cannot name a zone",
        "'peers':['labels/a b'] | 'a b' is no selector of labels",
        "'interface':'a/b' | names no network interface",
        "'user':-1 | is not the number of a user",
        "'user':7 | add 'direction: out'",
        "'user':7,'cgroup':'a','direction':'out' | only one of user, cgroup"
      })
  void trafficThatChoosesNothingIsRefused(String traffic, String reason) {
    assertThatThrownBy(() -> plan(LOSS.replace("'for'", "'traffic':{%s},'for'".formatted(traffic))))
        .hasMessageContaining(reason);
  }

  @Test
  void jitterMayLeaveTheOrderOfPacketsFree() throws Exception {
    Plan.PlannedFault fault =
        plan("{'latency':{'delay':'100ms','jitter':'10ms','order':'free'},"
                + "'target':{'netns':'shop'},'for':'5s'}")
            .faults()
            .getFirst();

    assertThat(fault.words()).startsWith("latency 100ms ± 10ms, in any order");
    assertThat(fault.targets().getFirst().steps().getFirst().action())
        .isInstanceOfSatisfying(
            Action.DisturbPackets.class,
            order ->
                assertThat(order.what())
                    .isEqualTo(
                        new Disturbance.Latency(
                            Duration.ofMillis(100),
                            Duration.ofMillis(10),
                            Disturbance.Spread.UNIFORM,
                            0,
                            false)));
  }

  @Test
  void twoFaultsOfTheSamePacketsFollowOneAnother() throws Exception {
    String other = LOSS.replace("{'loss'", "{'name':'more','loss'");

    assertThat(plan(LOSS + "," + other).faults()).hasSize(2);
  }
}
