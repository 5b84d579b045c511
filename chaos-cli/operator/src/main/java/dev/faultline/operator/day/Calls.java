package dev.faultline.operator.day;

import dev.faultline.judge.Outcome;
import dev.faultline.operator.course.Seen;
import dev.faultline.operator.course.Status;
import dev.faultline.operator.day.Member.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks the objects of an occasion for their runs, one after the other or all at once, and sees how
 * they end. An object is asked by its request to run again, whose text is that of the occasion
 * alone: it is met once, whoever asks for it how often. Not thread-safe.
 */
final class Calls {

  private final String day;
  private final Function<String, List<Seen>> objects;
  private final Instant now;
  private final List<Wish> wishes = new ArrayList<>();

  Calls(String day, Function<String, List<Seen>> objects, Instant now) {
    this.day = day;
    this.objects = objects;
    this.now = now;
  }

  /** What is wanted of objects so far. */
  List<Wish> wishes() {
    return wishes;
  }

  /** The request of an occasion. */
  static String request(String day, Instant planned) {
    return "game day %s, %s".formatted(day, planned);
  }

  /** The occasion as it is at the moment. */
  Firing onward(Firing firing) {
    List<Member> members = new ArrayList<>();
    for (Member member : firing.members()) {
      members.add(member.on() ? look(member, firing) : member);
    }
    Instant until = firing.with(members).latest(now);
    boolean stops = firing.with(members).stops();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      boolean busy = members.stream().anyMatch(Member::on);
      if (member.stage() == Stage.DUE && stops) {
        members.set(i, member.neverBegun());
      } else if (member.stage() == Stage.DUE && (firing.together() || !busy)) {
        members.set(i, look(member.called(until), firing));
      }
    }
    return firing.with(members);
  }

  private Member look(Member member, Firing firing) {
    List<Seen> named = objects.apply(member.name());
    if (named.size() != 1) {
      return member.ended(
          Outcome.NOT_READY,
          named.isEmpty()
              ? "no experiment and no rollout of this namespace has this name"
              : "an experiment and a rollout have this name; give one of them another");
    }
    Seen object = named.getFirst();
    String request = request(day, firing.planned());
    Status status = object.status();
    if (status.requested().equals(Optional.of(request))) {
      return ran(member, object);
    }
    boolean asked = object.requested().equals(Optional.of(request));
    if (member.until().filter(now::isAfter).isPresent()) {
      return late(member, object, asked);
    }
    if (asked) {
      return member.asked();
    }
    if (member.stage() == Stage.ASKED) {
      return member.ended(Outcome.INCONCLUSIVE, "somebody asked for another run meanwhile");
    }
    wishes.add(new Wish(object, Optional.of(request)));
    return member;
  }

  private static Member ran(Member member, Seen object) {
    Status status = object.status();
    if (status.phase().live()) {
      return member.asked();
    }
    // Its end is not known where its object was changed right after it.
    Outcome outcome = status.exitCode().flatMap(Outcome::ofExitCode).orElse(Outcome.INCONCLUSIVE);
    return member.ended(
        outcome, outcome.words() + status.message().map(why -> ", " + why).orElse(""));
  }

  /** What has not begun is not to begin later; until that is sure, it counts as asked for. */
  private Member late(Member member, Seen object, boolean asked) {
    if (asked) {
      wishes.add(new Wish(object, object.status().requested()));
      return member.asked();
    }
    return member.ended(
        Outcome.NOT_READY,
        "it could not begin in time" + object.status().message().map(", "::concat).orElse(""));
  }
}
