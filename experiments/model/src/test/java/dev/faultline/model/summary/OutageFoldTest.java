package dev.faultline.model.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.Step;
import dev.faultline.model.summary.Outage.Part;
import dev.faultline.model.summary.RunSummary.Timed;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Gap;
import dev.faultline.model.world.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Times are seconds since the start of the run. */
final class OutageFoldTest {

  private static final Instant BEGAN = Instant.parse("2026-03-14T09:26:53Z");
  private static final double NEVER = -1;

  private final List<Gap> gaps = new ArrayList<>();
  private final List<StepSummary> steps = new ArrayList<>();
  private final List<Timed<Sighting>> sightings = new ArrayList<>();

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static Optional<Instant> moment(double seconds) {
    return seconds == NEVER ? Optional.empty() : Optional.of(BEGAN.plus(seconds(seconds)));
  }

  private void gap(int writer, double last, double failed, double next) {
    gaps.add(new Gap(writer, moment(last).orElseThrow(), moment(failed), moment(next), "reset"));
  }

  private void act(Action action, double at) {
    Step step = new Step(action, Optional.empty(), Optional.empty());
    StepRef ref = new StepRef("failover", steps.size(), "db", 0);
    steps.add(StepSummary.intended(ref, step, seconds(at)));
  }

  private void failOver(FailoverKind kind, double at) {
    act(new Action.FailOver("db", "db-1", kind), at);
  }

  private void see(Sighting.Kind kind, double at) {
    sightings.add(new Timed<>(seconds(at), new Sighting(kind, "controller", "saw it")));
  }

  private void seeAll(double detected, double mitigated, double promoted) {
    see(Sighting.Kind.DETECTED, detected);
    see(Sighting.Kind.MITIGATED, mitigated);
    see(Sighting.Kind.PROMOTED, promoted);
  }

  private Optional<Outage> fold(double end) {
    LedgerAccount account =
        new LedgerAccount(
            "db",
            4,
            BEGAN,
            BEGAN.plus(seconds(end)),
            1000,
            990,
            10,
            0,
            Optional.empty(),
            "not read",
            gaps,
            List.of());
    return OutageFold.of(BEGAN, Optional.of(account), steps, sightings);
  }

  private static List<Double> ends(Outage outage) {
    return outage.waits().stream().map(wait -> wait.to().toMillis() / 1000.0).toList();
  }

  private static List<Part> parts(Outage outage) {
    return outage.waits().stream().map(Outage.Wait::part).toList();
  }

  @Test
  void theCrashOfAPairIsTakenApart() {
    failOver(FailoverKind.CRASH, 9.98);
    gap(0, 9.998, 9.9985, 13.6);
    gap(1, 9.999, 9.9995, 13.62);
    gap(2, 9.997, 9.9975, 13.7);
    gap(3, 9.996, 10.01, 14.0);
    seeAll(13.1, 13.15, 13.4);
    Outage outage = fold(60).orElseThrow();
    assertThat(outage.firstFailed()).isEqualTo(seconds(9.999));
    assertThat(outage.recoveryTime()).contains(seconds(3.601));
    assertThat(outage.slowest()).contains(seconds(4.001));
    assertThat(parts(outage))
        .containsExactly(Part.DETECTION, Part.ELECTION, Part.PROMOTION, Part.RECONNECTION);
    assertThat(ends(outage)).containsExactly(13.1, 13.15, 13.4, 13.6);
    assertThat(outage.waits().getFirst().length()).isEqualTo(seconds(3.12));
  }

  @Test
  void aWriterThatHangsLongerDoesNotLengthenTheRecoveryOfTheOthers() {
    failOver(FailoverKind.PARTITION, 10);
    gap(0, 9.99, 9.995, 13.6);
    gap(1, 9.99, 9.994, 13.7);
    gap(2, 9.99, 9.993, 25);
    Outage outage = fold(60).orElseThrow();
    assertThat(outage.recoveryTime()).contains(seconds(3.607));
    assertThat(outage.allBack()).contains(seconds(25));
  }

  @Test
  void writesThatHangInAPartitionCountFromWhenTheyWereSent() {
    failOver(FailoverKind.PARTITION, 10);
    gap(0, 10.004, 10.005, 16.2);
    gap(1, 10.003, 10.006, 16.4);
    seeAll(13, 13.1, 13.5);
    Outage outage = fold(60).orElseThrow();
    assertThat(outage.firstFailed()).isEqualTo(seconds(10.005));
    assertThat(outage.waits().getLast().part()).isEqualTo(Part.RECONNECTION);
    assertThat(outage.waits().getLast().length()).isEqualTo(seconds(2.7));
  }

  @Test
  void withoutAFailedWriteThereIsNoOutage() {
    gap(0, 10, NEVER, 12);
    assertThat(fold(60)).isEmpty();
    assertThat(OutageFold.of(BEGAN, Optional.empty(), steps, sightings)).isEmpty();
  }

  @Test
  void anOutageThatNeverEndsHasNoRecoveryTime() {
    failOver(FailoverKind.CRASH, 10);
    gap(0, 9.99, 10, NEVER);
    gap(1, 9.99, 10, NEVER);
    see(Sighting.Kind.DETECTED, 13);
    Outage outage = fold(60).orElseThrow();
    assertThat(outage.recoveryTime()).isEmpty();
    assertThat(outage.slowest()).isEmpty();
    assertThat(parts(outage)).containsExactly(Part.DETECTION);
  }

  @Test
  void whenOneWriterNeverComesBackTheOthersStillDid() {
    gap(0, 9.99, 10, 13);
    gap(1, 9.99, 10, NEVER);
    Outage outage = fold(60).orElseThrow();
    assertThat(outage.recoveryTime()).contains(seconds(3));
    assertThat(outage.slowest()).isEmpty();
  }

  @Test
  void ofTwoOutagesTheLongerOneCountsWithItsOwnFault() {
    failOver(FailoverKind.CRASH, 10);
    failOver(FailoverKind.CRASH, 30);
    for (int writer = 0; writer < 4; writer++) {
      gap(writer, 10, 10.001, 12 + writer * 0.1);
      gap(writer, 30, 30.001, 35 + writer * 0.1);
    }
    seeAll(11, 11.1, 11.9);
    seeAll(34, 34.1, 34.9);
    Outage outage = fold(60).orElseThrow();
    assertThat(outage.firstFailed()).isEqualTo(seconds(30.001));
    assertThat(outage.waits().getFirst().from()).isEqualTo(seconds(30));
    assertThat(ends(outage)).containsExactly(34.0, 34.1, 34.9, 35.0);
  }

  @Test
  void theLongTroubleOfOneWriterIsNotTheOutageOfAll() {
    gap(3, 2, 2.1, 9);
    for (int writer = 0; writer < 4; writer++) {
      gap(writer, 20, 20.001, 22);
    }
    assertThat(fold(60).orElseThrow().firstFailed()).isEqualTo(seconds(20.001));
  }

  @Test
  void aWriterThatFailedLongBeforeDoesNotBeginTheOutage() {
    gap(0, 1, 1.1, 13);
    gap(1, 10, 10.01, 12);
    gap(2, 10.002, 10.003, 12.5);
    Outage outage = fold(60).orElseThrow();
    assertThat(outage.firstFailed()).isEqualTo(seconds(10.002));
    assertThat(outage.recoveryTime()).contains(seconds(1.998));
  }

  @Test
  void aPromotionThatIsToldAfterTheFirstAcknowledgementEndsWithIt() {
    failOver(FailoverKind.SWITCHOVER, 10);
    gap(0, 10.1, 10.2, 11);
    see(Sighting.Kind.MITIGATED, 10.05);
    see(Sighting.Kind.PROMOTED, 11.3);
    Outage outage = fold(60).orElseThrow();
    assertThat(parts(outage)).containsExactly(Part.ELECTION, Part.PROMOTION, Part.RECONNECTION);
    assertThat(ends(outage)).containsExactly(10.05, 11.0, 11.0);
    assertThat(outage.waits().getLast().length()).isEqualTo(Duration.ZERO);
  }

  @Test
  void aPromotionOfALaterFailoverIsNotPartOfIt() {
    failOver(FailoverKind.CRASH, 10);
    gap(0, 10, 10.1, 12);
    see(Sighting.Kind.PROMOTED, 13.5);
    assertThat(fold(60).orElseThrow().waits()).isEmpty();
  }

  @Test
  void theFuseOfAFaultIsNotItsBeginning() {
    act(new Action.RunCommand(List.of("./crash"), Duration.ofSeconds(30)), 10);
    act(new Action.ArmFuse("db", List.of(), Duration.ofSeconds(10)), 10.05);
    gap(0, 10.1, 10.2, 13);
    see(Sighting.Kind.PROMOTED, 12);
    assertThat(fold(60).orElseThrow().waits().getFirst().from()).isEqualTo(seconds(10));
  }
}
