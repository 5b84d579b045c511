package dev.faultline.environment.hands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.model.world.Action.EndHolders;
import dev.faultline.model.world.Action.EndStrain;
import dev.faultline.model.world.Action.HoldStrain;
import dev.faultline.model.world.Action.RenewLease;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.MachineRoom;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Strain;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.host.HostMark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldersTest {

  private static final long MEBI = 1L << 20;
  private static final Strain MEMORY = new Strain.Memory(32 * MEBI, 64 * MEBI);
  private static final Query.StrainStatus STATUS = new Query.StrainStatus("m", MEMORY);
  private static final Expectation HELD = new Expectation.Strained(true);
  private static final Expectation OVER = new Expectation.Strained(false);
  private static final Duration LEASE = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private final String runId = "test-" + UUID.randomUUID();
  @AutoClose private Hands hands;
  @AutoClose private Hands later;

  @BeforeEach
  void open() {
    hands = Victims.hands(Victims.place(folder, runId));
    later = Victims.hands(Victims.place(folder, runId));
  }

  private void hold() throws Exception {
    assertThat(hands.apply(new HoldStrain("m", MEMORY, LEASE))).isInstanceOf(Effect.Done.class);
    Await.until("it is held", () -> HELD.met(hands.ask(STATUS)));
  }

  @Test
  void whatIsHeldIsFoundByItsMarkAloneAndEnded() throws Exception {
    hold();
    assertThat(later.ask(new Query.Marks()))
        .isEqualTo(new Answer.Marked(List.of(), List.of("strain m")));

    assertThat(later.apply(new EndHolders())).isInstanceOf(Effect.Done.class);

    assertThat(new Expectation.NothingHolds().met(later.ask(new Query.Marks()))).isTrue();
    assertThat(OVER.met(later.ask(STATUS))).isTrue();
    assertThat(later.apply(new EndHolders())).isInstanceOf(Effect.Done.class);
  }

  @Test
  void whatIsHeldIsShownAndItsEndIsToo() throws Exception {
    assertThat(OVER.met(hands.ask(STATUS))).isTrue();
    hold();
    assertThat(OVER.met(hands.ask(STATUS))).isFalse();
    assertThat(hands.apply(new RenewLease())).isInstanceOf(Effect.Done.class);

    assertThat(hands.apply(new EndStrain("m"))).isInstanceOf(Effect.Done.class);

    assertThat(OVER.met(hands.ask(STATUS))).isTrue();
    assertThat(hands.ask(STATUS).words()).matches("nothing is held, \\d+Mi are available");
    assertThat(HostMark.of(runId)).isEmpty();
    assertThat(hands.apply(new EndStrain("m")))
        .isEqualTo(new Effect.Done("nothing held it any more"));
  }

  @Test
  void twoOfANameAreNotHeld() throws Exception {
    hold();
    assertThat(hands.apply(new HoldStrain("m", MEMORY, LEASE))).isInstanceOf(Effect.Failed.class);
  }

  @Test
  void anotherProcessOfTheRunFindsAndEndsIt() throws Exception {
    hold();
    assertThat(OVER.met(later.ask(STATUS))).as("it is seen by others").isFalse();

    assertThat(later.apply(new EndStrain("m"))).isInstanceOf(Effect.Done.class);

    assertThat(OVER.met(later.ask(STATUS))).isTrue();
    assertThat(HostMark.of(runId)).isEmpty();
  }

  @Test
  void oneThatIsKilledIsMissedAtTheNextRenewal() throws Exception {
    hold();
    HostMark.of(runId).getFirst().identity().signal(PosixSignal.KILL);

    Await.until(
        "it is missed",
        () ->
            hands.apply(new RenewLease()) instanceof Effect.Superseded gone
                && gone.detail().startsWith("what held m is gone: "));
    assertThat(HELD.met(hands.ask(STATUS))).isFalse();
    assertThat(hands.apply(new EndStrain("m"))).isInstanceOf(Effect.Done.class);
    assertThat(OVER.met(hands.ask(STATUS))).isTrue();
  }

  @Test
  void whatIsHeldEndsWithTheHands() throws Exception {
    hold();
    hands.close();

    Await.until("it is gone", () -> HostMark.of(runId).isEmpty());
  }

  @Test
  void theDiskOfTheJournalIsNotFilled() {
    Strain full = new Strain.Disk(folder.toString(), Optional.empty(), 0);

    assertThat(hands.apply(new HoldStrain("d", full, LEASE)))
        .isInstanceOfSatisfying(
            Effect.Failed.class, failed -> assertThat(failed.detail()).contains("journal"));
    assertThat(hands.ask(new Query.RoomFor(full)))
        .isInstanceOfSatisfying(
            Answer.RoomIs.class,
            is -> {
              MachineRoom room = is.room();
              assertThat(room.disk().orElseThrow().journal()).isTrue();
              assertThat(room.disk().orElseThrow().free()).isPositive();
              assertThat(room.memory()).isPositive();
              assertThat(room.cores()).isPositive();
            });
    assertThat(HostMark.of(runId)).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    for (String path : new String[] {"/no/such/folder", "${nothing}/x"}) {
      Strain nowhere = new Strain.Disk(path, Optional.empty(), 0);

      assertThat(hands.ask(new Query.RoomFor(nowhere)))
          .isInstanceOfSatisfying(
              Answer.Unanswered.class,
              none -> assertThat(none.detail()).containsAnyOf(path, "stands for nothing"));
      assertThat(hands.apply(new HoldStrain("d", nowhere, LEASE)))
          .isInstanceOf(Effect.Failed.class);
    }
  }
}
