package dev.faultline.operator.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CourseTest {

  private static final Course LEADER = new Course(true, true, Set.of(), Set.of());
  private static final Course OTHER = new Course(false, true, Set.of(), Set.of());

  @Test
  void theLeaderBeginsWhatNobodyHasRunAndNobodyElseDoes() {
    assertThat(LEADER.of(Objects.fresh())).isEqualTo(new Turn.Begin());
    assertThat(OTHER.of(Objects.fresh())).isEqualTo(new Turn.Nothing());
    assertThat(new Course(true, false, Set.of(), Set.of()).of(Objects.fresh()))
        .as("where no room is")
        .isEqualTo(new Turn.Nothing());
  }

  @Test
  void aRunThatHasEndedIsNotMadeAgainUnlessAskedFor() {
    Seen done = Objects.fresh().with(Objects.ended(Objects.fresh()), "3");
    assertThat(LEADER.of(done)).isEqualTo(new Turn.Nothing());
    assertThat(LEADER.of(Objects.changed(done))).as("other content").isEqualTo(new Turn.Begin());
    assertThat(LEADER.of(Objects.annotated(done, Map.of(Seen.AGAIN, "please"))))
        .as("asked for")
        .isEqualTo(new Turn.Begin());
  }

  @Test
  void whatWaitsIsTriedAgain() {
    Seen fresh = Objects.fresh();
    Seen waiting =
        fresh.with(new Telling(fresh, Objects.NOW).waiting("EnvironmentMissing", "none"), "2");
    assertThat(LEADER.of(waiting)).isEqualTo(new Turn.Begin());
  }

  @Test
  void aChangeOrAnotherReplicaDoesNotTouchARunThatIsOn() {
    Seen on = Objects.running("r1");
    Course holds = new Course(true, true, Set.of(RunNames.of(Objects.fresh())), Set.of());
    assertThat(holds.of(Objects.changed(on))).isEqualTo(new Turn.Nothing());
    assertThat(LEADER.of(on)).isEqualTo(new Turn.Nothing());
    assertThat(OTHER.of(on)).isEqualTo(new Turn.Nothing());
  }

  @Test
  void aRunIsHaltedByAnAnnotationAndByTheDeletionOfItsObject() {
    Course holds = new Course(false, true, Set.of(RunNames.of(Objects.fresh())), Set.of());
    Seen on = Objects.running("r1");
    assertThat(holds.of(Objects.annotated(on, Map.of(Seen.HALT, "customers complain"))))
        .isEqualTo(new Turn.Halt("halted: customers complain"));
    assertThat(holds.of(Objects.deleted(on))).isEqualTo(new Turn.Halt("the object was deleted"));
  }

  @Test
  void whoeverSeesThatAHolderIsGoneTakesBackWhatItLeft() {
    Seen on = Objects.running("r1");
    for (boolean leading : new boolean[] {true, false}) {
      Course course = new Course(leading, true, Set.of(), Set.of("r1"));
      assertThat(course.of(on)).isEqualTo(new Turn.TakeOver());
      assertThat(course.of(Objects.deleted(on))).isEqualTo(new Turn.TakeOver());
    }
    Seen undoing = on.with(new Telling(on, Objects.NOW).undoing("r2"), "4");
    assertThat(new Course(true, true, Set.of(), Set.of("r1")).of(undoing))
        .as("another one is about it")
        .isEqualTo(new Turn.Nothing());
    assertThat(new Course(true, true, Set.of(), Set.of("r2")).of(undoing))
        .as("who was about it is gone, too")
        .isEqualTo(new Turn.TakeOver());
  }

  @Test
  void anObjectIsKeptUntilItsRunIsOverAndNoLonger() {
    Seen kept = Objects.kept(Objects.fresh());
    assertThat(LEADER.of(kept)).isEqualTo(new Turn.Release());
    assertThat(LEADER.of(Objects.deleted(Objects.fresh()))).isEqualTo(new Turn.Nothing());
    assertThat(Optional.of(Objects.running("r1").kept())).contains(true);
  }

  @Test
  void oneThatSleepsIsRunWhenItIsAskedForAndOnce() {
    Seen sleeping = Objects.annotated(Objects.fresh(), Map.of(Seen.RUN, Seen.ASKED));
    assertThat(LEADER.of(sleeping)).isEqualTo(new Turn.Nothing());
    Seen asked = Objects.annotated(sleeping, Map.of(Seen.AGAIN, "now"));
    assertThat(LEADER.of(asked)).isEqualTo(new Turn.Begin());
    Seen done = asked.with(Objects.ended(asked), "3");
    assertThat(LEADER.of(Objects.changed(done)))
        .as("other content is no request")
        .isEqualTo(new Turn.Nothing());
  }

  @Test
  void anApprovalIsThatOfTheStepThatWaitsAndNamesAPerson() {
    Course holds = new Course(false, true, Set.of(RunNames.of(Objects.fresh())), Set.of());
    Seen on = Objects.awaiting("killed-pods/2");
    assertThat(holds.of(approved(on, "killed-pods/2", "alice")))
        .isEqualTo(new Turn.Approve("alice"));
    assertThat(holds.of(approved(on, "killed-pods/1", "alice"))).isEqualTo(new Turn.Nothing());
    assertThat(holds.of(approved(on, "killed-pods/2", " "))).isEqualTo(new Turn.Nothing());
    assertThat(LEADER.of(approved(on, "killed-pods/2", "alice"))).isEqualTo(new Turn.Nothing());
  }

  private static Seen approved(Seen seen, String what, String by) {
    return Objects.annotated(seen, Map.of(Seen.APPROVE, what, Seen.APPROVED_BY, by));
  }
}
