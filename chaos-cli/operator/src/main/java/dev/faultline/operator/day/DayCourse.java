package dev.faultline.operator.day;

import dev.faultline.gameday.calendar.Occasion;
import dev.faultline.gameday.course.Agenda;
import dev.faultline.gameday.course.Decision;
import dev.faultline.model.document.GameDaySpec.OnFailure;
import dev.faultline.model.document.GameDaySpec.Order;
import dev.faultline.model.schedule.Window;
import dev.faultline.operator.course.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides what is to be done about a game day, from what is seen of it and of the objects that it
 * names. All that it knows stands in the status of the game day, so that whoever leads next goes on
 * where this one was.
 *
 * @param objects those of the game day's namespace that have a name
 * @param now the moment
 */
public record DayCourse(Function<String, List<Seen>> objects, Instant now) {

  /** What is to be done about one that is refused, whose runs go on all the same. */
  public DayTurn refused(SeenDay seen, String reason, String why) {
    Calls calls = new Calls(seen.key().name(), objects, now);
    DayStatus status = seen.status();
    boolean known =
        status.phase() == DayPhase.REFUSED && status.observedGeneration() == seen.generation();
    DayStatus told = known ? status : status.refused(seen.generation(), reason, why, now);
    return new DayTurn(onward(told, calls), calls.wishes());
  }

  /** What is to be done about one that is followed. */
  public DayTurn of(SeenDay seen, DayPlan plan) {
    Calls calls = new Calls(seen.key().name(), objects, now);
    DayStatus status = seen.status();
    if (status.decided().isEmpty()
        || status.phase() == DayPhase.REFUSED
        || status.observedGeneration() != seen.generation()) {
      status = status.followed(seen.generation(), now);
    }
    status = due(onward(status, calls), plan);
    Instant decided = status.decided().orElse(now);
    Optional<Instant> next = plan.agenda().coming(decided, now).map(Occasion::start);
    return new DayTurn(status.next(next), calls.wishes());
  }

  private DayStatus onward(DayStatus status, Calls calls) {
    if (status.firing().isEmpty()) {
      return status;
    }
    Firing before = status.firing().get();
    Firing after = calls.onward(before);
    DayStatus said = status.with(after);
    for (int i = 0; i < after.members().size(); i++) {
      Member member = after.members().get(i);
      if (member.over() && !before.members().get(i).over()) {
        said = said.saying(now, member.name() + ": " + member.words().orElse(""));
      }
    }
    return after.over() ? said.over(after.outcome()) : said;
  }

  private DayStatus due(DayStatus status, DayPlan plan) {
    DayStatus next = status;
    Instant decided = status.decided().orElse(now);
    for (Decision decision :
        plan.agenda().decide(decided, now, status.firing().isPresent()).decisions()) {
      Occasion occasion = decision.occasion();
      next = next.decided(occasion.planned());
      next =
          switch (decision) {
            case Decision.Drop drop ->
                next.saying(now, "dropped %s: %s".formatted(occasion.planned(), drop.why()));
            case Decision.Begin _ ->
                next.with(firing(plan, occasion))
                    .saying(now, "begins what was planned for " + occasion.planned());
          };
    }
    return next;
  }

  private static Firing firing(DayPlan plan, Occasion occasion) {
    Agenda agenda = plan.agenda();
    return new Firing(
        occasion.planned(),
        occasion.start(),
        agenda.spec().window().orElse(Window.WIDE).mayBeLate(),
        agenda.spec().onFailure().orElse(OnFailure.STOP),
        agenda.spec().order().equals(Optional.of(Order.PARALLEL)),
        plan.runs().stream().map(Member::due).toList());
  }
}
