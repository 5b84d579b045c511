package dev.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.fault.Fault.Setting;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.MachineRoom;
import dev.faultline.model.world.MachineRoom.DiskRoom;
import dev.faultline.model.world.NetworkAccess;
import dev.faultline.model.world.NetworkPlace;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Strain;
import dev.faultline.model.world.StrainReading;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostFaultTest {

  private static final long MEBI = 1L << 20;
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Strain.Cpu CPU = new Strain.Cpu(0.8, Optional.of(2));
  private static final Strain.Memory MEMORY = new Strain.Memory(512 * MEBI, 256 * MEBI);
  private static final Strain.Disk FULL = new Strain.Disk("/srv", Optional.empty(), 0);
  private static final Strain.Disk PART =
      new Strain.Disk("/srv", Optional.of(50 * MEBI), 100 * MEBI);

  private static final Strain.Io BUSY_DISK = new Strain.Io("/srv", 4, 64 * MEBI, 100 * MEBI);

  private static FaultStep step(String json) {
    return Codec.json().readValue(json.replace('\'', '"'), FaultStep.class);
  }

  private static StrainReading bytes(double asked, double held, double left) {
    return new StrainReading(true, asked * MEBI, held * MEBI, left * MEBI);
  }

  private static MachineRoom room(long memory, long disk, boolean journal) {
    return new MachineRoom(
        4, memory * MEBI, Optional.of(new DiskRoom(disk * MEBI, journal, false)), Optional.empty());
  }

  private static Step held(String name, Strain strain, Duration within) {
    Query status = new Query.StrainStatus(name, strain);
    return new Step(
        new Action.HoldStrain(name, strain, TEN),
        Optional.of(new Proof(status, new Expectation.Strained(true), within)),
        Optional.of(
            new Step.Undo(
                new Action.EndStrain(name),
                Optional.of(
                    new Proof(status, new Expectation.Strained(false), Duration.ofSeconds(30))))));
  }

  @Test
  void processorTimeAndMemoryAreHeldByAProcessEach() {
    FaultStep step = step("{'stress':{'cpu':'80%','cores':2,'memory':'512Mi'},'for':'5s'}");

    assertThat(
            step.fault().plan(new Instance.Here(), new Setting("busy", Duration.ofSeconds(5), TEN)))
        .containsExactly(
            held("busy.cpu", CPU, Duration.ofSeconds(15)),
            held("busy.memory", MEMORY, Duration.ofSeconds(20)));
    assertThat(step.words())
        .isEqualTo("stress (2 cores busy at 80%; 512Mi of memory, while 256Mi stay available)");
  }

  @Test
  void aDiskIsFilledUntilSoMuchIsLeft() {
    FaultStep step = step("{'diskFill':{'path':'/srv','leave':'0B'},'for':'5s'}");

    assertThat(
            step.fault().plan(new Instance.Here(), new Setting("full", Duration.ofSeconds(5), TEN)))
        .containsExactly(held("full.disk", FULL, Duration.ofMinutes(2)));
    assertThat(new DiskFill("/srv", Optional.empty(), Optional.empty()).words())
        .isEqualTo("diskFill (all of the file system of /srv, while 100Mi stay free)");
  }

  @Test
  void aDiskIsKeptBusyByFilesThatDoNotGrow() {
    FaultStep step = step("{'stress':{'io':{'path':'/srv','workers':4}},'for':'5s'}");

    assertThat(
            step.fault().plan(new Instance.Here(), new Setting("slow", Duration.ofSeconds(5), TEN)))
        .containsExactly(held("slow.io", BUSY_DISK, Duration.ofSeconds(72)));
    assertThat(step.words())
        .isEqualTo(
            "stress (4 workers that write, sync and read 64Mi each at /srv, while 100Mi stay free)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'stress':{}}|say what is stressed: {cpu: 80%}",
        "{'stress':{'cpu':'101%'}}|'cpu' must be from 1% to 100%",
        "{'stress':{'cpu':'2'}}|'cpu' must be from 1% to 100%",
        "{'stress':{'cores':0}}|'cores' must be at least 1",
        "{'stress':{'cores':1,'leave':'1Gi'}}|'leave' is about memory, and none is taken",
        "{'stress':{'memory':'15Mi'}}|'memory' must be from 16Mi to 16Ti",
        "{'stress':{'memory':'5s'}}|'5s' is not a size",
        "{'stress':{'memory':'1Gi','leave':'1Mi'}}|'leave' must be from 64Mi to 16Ti",
        "{'stress':{'io':{}}}|'path' is missing",
        "{'stress':{'io':{'path':'srv'}}}|'srv' does not start at the root",
        "{'stress':{'io':{'path':'/srv','workers':0}}}|'workers' must be from 1 to 32",
        "{'stress':{'io':{'path':'/srv','workers':33}}}|'workers' must be from 1 to 32",
        "{'stress':{'io':{'path':'/srv','size':'1Ki'}}}|'size' must be from 1Mi to 16Ti",
        "{'stress':{'io':{'path':'/srv','leave':'1Mi'}}}|'leave' must be from 16Mi to 16Ti",
        "{'ports':{'leave':-1}}|'leave' must be from 0 to 60000 ports",
        "{'ports':{'leave':60001}}|'leave' must be from 0 to 60000 ports",
        "{'ports':{},'target':{'service':'a'}}|cannot disturb a service; its target is a host or a netns",
        "{'diskFill':{}}|'path' is missing",
        "{'diskFill':{'path':'srv'}}|'srv' does not start at the root",
        "{'diskFill':{'path':'/srv','size':'1B'}}|'size' must be from 1Mi to 16Ti",
        "{'stress':{'cores':1,'container':'A'}}|'A' cannot name a container",
        "{'stress':{'cores':1},'target':{'process':'a'}}|cannot disturb a process; its target is a daemonSet",
        "{'diskFill':{'path':'/srv'},'target':{'service':'a'}}|cannot disturb a service; its target is a host",
      })
  void whatCannotBeIsRefusedWithTheWayOut(String fault, String message) {
    String step = fault.substring(0, fault.length() - 1) + ",'for':'5s'}";
    assertThatThrownBy(() -> step(step)).hasStackTraceContaining(message);
  }

  @Test
  void processorTimeIsShownByWhatWasUsedOrByAMachineThatIsAllTaken() {
    assertThat(CPU.shownBy(new StrainReading(true, 1.6, 1.5, 2))).isTrue();
    assertThat(CPU.shownBy(new StrainReading(true, 1.6, 0.9, 2))).as("idle cores").isFalse();
    assertThat(CPU.shownBy(new StrainReading(true, 1.6, 0.9, 0.1))).as("others took it").isTrue();
    assertThat(CPU.shownBy(new StrainReading(true, 1.6, 0.1, 0))).as("starved").isFalse();
    assertThat(CPU.shownBy(new StrainReading(true, 0, 0, 0))).as("unknown").isFalse();
    assertThat(new Answer.StrainIs(CPU, new StrainReading(true, 1.6, 1.5, 2)).words())
        .isEqualTo("the time of 1.50 cores is used, of 1.60 asked; 2.00 cores are idle");
  }

  @Test
  void memoryAndSpaceAreShownByWhatIsReallyHeld() {
    assertThat(MEMORY.shownBy(bytes(512, 511, 9000))).isTrue();
    assertThat(MEMORY.shownBy(bytes(512, 400, 9000))).isFalse();
    assertThat(PART.shownBy(bytes(50, 50, 120))).isTrue();
    assertThat(PART.shownBy(bytes(50, 20, 150))).isFalse();
    assertThat(FULL.shownBy(bytes(0, 500, 0.5))).isTrue();
    assertThat(FULL.shownBy(bytes(0, 500, 50))).isFalse();
    assertThat(new Answer.StrainIs(FULL, bytes(0, 500, 0.5)).words())
        .isEqualTo("500Mi are held, 0.5Mi are free");
  }

  @Test
  void aBusyDiskIsShownByWhatTheKernelWritesToIt() {
    assertThat(BUSY_DISK.shownBy(bytes(0, 30, 500))).isTrue();
    assertThat(BUSY_DISK.shownBy(bytes(0, 0, 500))).isFalse();
    assertThat(BUSY_DISK.shownBy(StrainReading.free(1))).isFalse();
    assertThat(new Answer.StrainIs(BUSY_DISK, bytes(0, 30, 500)).words())
        .isEqualTo("30Mi a second are written to the disk, 500Mi are free");
  }

  @Test
  void portsAreTakenOnTheMachineOrInTheNetworkThatIsMeant() {
    Setting setting = new Setting("none", Duration.ofSeconds(5), TEN);
    NetworkAccess open =
        new NetworkAccess(
            new NetworkPlace("shop", "/run/netns/shop", Optional.empty()), false, Optional.empty());
    FaultStep step = step("{'ports':{'leave':3},'target':{'netns':'shop'},'for':'5s'}");

    assertThat(step.fault().plan(new Instance.NetworkInstance("shop", "o", open), setting))
        .containsExactly(
            held(
                "none.ports",
                new Strain.Ports(3, Optional.of("/run/netns/shop")),
                Duration.ofSeconds(60)));
    assertThat(step("{'ports':{},'for':'5s'}").fault().plan(new Instance.Here(), setting))
        .containsExactly(
            held("none.ports", new Strain.Ports(0, Optional.empty()), Duration.ofSeconds(60)));
    NetworkAccess closed = new NetworkAccess(open.place(), false, Optional.of("no right"));
    assertThatThrownBy(
            () -> step.fault().plan(new Instance.NetworkInstance("shop", "o", closed), setting))
        .isInstanceOf(FaultRefused.class)
        .hasMessage("no right");
  }

  @Test
  void portsAreShownByHowFewAreFree() {
    Strain ports = new Strain.Ports(3, Optional.empty());

    assertThat(ports.shownBy(new StrainReading(true, 0, 28_000, 3))).isTrue();
    assertThat(ports.shownBy(new StrainReading(true, 0, 28_000, 4))).isFalse();
    assertThat(ports.shownBy(new StrainReading(true, 0, 0, 0))).as("others have all").isFalse();
    assertThat(new Answer.StrainIs(ports, new StrainReading(true, 0, 28_229, 3)).words())
        .isEqualTo("28229 ports held, 3 free");
    assertThat(ports.refusal(portRoom(3, 9999)).orElseThrow())
        .contains("there are 3 ephemeral ports", "3 are to stay free");
    assertThat(ports.refusal(portRoom(1003, 1099)).orElseThrow())
        .isEqualTo(
            "a descriptor is needed for each of 1000 ports, and a process may have 1099 (ulimit"
                + " -Hn)");
    assertThat(ports.refusal(portRoom(1003, 1100))).isEmpty();
  }

  private static MachineRoom portRoom(int all, int descriptors) {
    return new MachineRoom(
        1, 0, Optional.empty(), Optional.of(new MachineRoom.PortRoom(all, descriptors)));
  }

  @Test
  void itIsOverWhenNothingHoldsIt() {
    Expectation over = new Expectation.Strained(false);
    Answer free = new Answer.StrainIs(FULL, StrainReading.free(500.0 * MEBI));

    assertThat(over.met(free)).isTrue();
    assertThat(free.words()).isEqualTo("nothing is held, 500Mi are free");
    assertThat(over.met(new Answer.StrainIs(FULL, bytes(0, 0, 0)))).isFalse();
  }

  @Test
  void aMachineWithoutRoomIsLeftAlone() {
    MachineRoom small = room(700, 149, false);

    assertThat(MEMORY.refusal(small).orElseThrow())
        .isEqualTo(
            "700Mi of memory are available: with 512Mi taken, less than 256Mi would stay (leave)");
    assertThat(PART.refusal(small).orElseThrow())
        .isEqualTo("149Mi are free at /srv: with 50Mi taken, less than 100Mi would stay (leave)");
    assertThat(new Strain.Cpu(1, Optional.of(5)).refusal(small).orElseThrow())
        .isEqualTo("5 cores are asked for, and this machine has 4");
    assertThat(CPU.refusal(small)).isEmpty();
    assertThat(MEMORY.refusal(room(768, 0, false))).isEmpty();
    assertThat(PART.refusal(room(0, 150, false))).isEmpty();
    assertThat(PART.refusal(room(0, 150, true)).orElseThrow())
        .contains("/srv is on the file system of the runs' journal", "XDG_STATE_HOME");
    assertThat(BUSY_DISK.refusal(room(0, 356, true))).as("it is not filled").isEmpty();
    assertThat(BUSY_DISK.refusal(room(0, 355, false)).orElseThrow())
        .isEqualTo(
            "355Mi are free at /srv: with 4 files of 64Mi, less than 100Mi would stay (leave)");
    assertThat(
            BUSY_DISK
                .refusal(
                    new MachineRoom(
                        4, 0, Optional.of(new DiskRoom(MEBI << 10, false, true)), Optional.empty()))
                .orElseThrow())
        .startsWith("/srv is in memory");
  }
}
