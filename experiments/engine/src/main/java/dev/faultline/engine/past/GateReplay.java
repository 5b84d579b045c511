package dev.faultline.engine.past;

import dev.faultline.engine.run.Freshness;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.GateState;
import dev.faultline.judge.GateState.Status;
import dev.faultline.judge.Reading;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Moments;
import dev.faultline.model.world.Past;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gate over a time that is over, look by look, as a run would have read it. */
public final class GateReplay {

  private final Gate gate;
  private final Moments moments;
  private final Map<BlindReason, Integer> blind = new EnumMap<>(BlindReason.class);
  private final List<Alarm> alarms = new ArrayList<>();
  private GateState state = GateState.unread();
  private String example = "";

  private GateReplay(Gate gate, Moments moments) {
    this.gate = gate;
    this.moments = moments;
  }

  /**
   * Replays one gate; {@code when} and {@code breach} are left aside: each breach is an alarm.
   *
   * @param scrape how far apart metrics came
   */
  public static Replay of(Gate gate, Past past, Moments moments, Duration scrape) {
    List<List<Answer>> answers =
        gate.signal().queries().stream().map(query -> asked(past, query, moments)).toList();
    Optional<Freshness> freshness =
        gate.fresh().map(selector -> Freshness.of(selector, scrape, moments.step()));
    List<Answer> ages =
        freshness.map(fresh -> asked(past, fresh.query(), moments)).orElse(List.of());
    GateReplay replay = new GateReplay(gate, moments);
    for (int look = 0; look < moments.count(); look++) {
      int now = look;
      Optional<Reading> stale =
          freshness.flatMap(fresh -> fresh.stale(ages.get(now))).map(Reading.class::cast);
      replay.on(
          stale.orElseGet(() -> replay.read(answers.stream().map(all -> all.get(now)).toList())),
          look);
    }
    return new Replay(
        gate.name(),
        gate.signal().words(),
        moments.count(),
        replay.blind,
        replay.example,
        replay.alarms);
  }

  private static List<Answer> asked(Past past, Query query, Moments moments) {
    List<Answer> answers = past.ask(query, moments);
    if (answers.size() != moments.count()) {
      throw new IllegalStateException("an answer is missing: " + query.text());
    }
    return answers;
  }

  private Reading read(List<Answer> answers) {
    try {
      return gate.signal().read(answers);
    } catch (IllegalArgumentException strange) {
      return new Reading.Blind(BlindReason.MALFORMED, String.valueOf(strange.getMessage()));
    }
  }

  private void on(Reading reading, int look) {
    Instant now = moments.at(look);
    Duration at = Duration.between(moments.first(), now);
    GateState before = state;
    state = before.on(reading, at, gate.bound(), gate.mustLast());
    switch (reading) {
      case Reading.Blind why -> {
        blind.merge(why.reason(), 1, Integer::sum);
        example = why.detail();
      }
      case Reading.Value value when state.status() == Status.BREACHED -> {
        if (before.status() == Status.BREACHED) {
          Alarm on = alarms.removeLast();
          alarms.add(new Alarm(on.began(), on.raised(), now, on.words()));
        } else {
          Instant began = moments.first().plus(state.since());
          alarms.add(new Alarm(began, now, now, gate.spell(value)));
        }
      }
      case Reading.Value _ -> {}
    }
  }
}
