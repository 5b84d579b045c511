package dev.faultline.app;

import dev.faultline.engine.past.Alarm;
import dev.faultline.engine.past.Incident;
import dev.faultline.engine.past.Replay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What gates and comparisons would have done, one after the other, and the sum of it. */
final class BacktestView {

  private static final int MOST_ALARMS = 20;

  private final Page out;

  BacktestView(Page out) {
    this.out = out;
  }

  void print(Backtest found) {
    out.line(
        "%s from %s to %s, a look each %s"
            .formatted(
                out.in(Style.BOLD, Inert.text(found.name())),
                found.looks().first(),
                found.looks().last(),
                Spell.time(found.looks().step())));
    found.gates().forEach(replay -> print("gate", replay, found.incidents()));
    found.comparisons().forEach(replay -> print("compare", replay, found.incidents()));
    found.incidents().forEach(incident -> print(incident, found));
    sum(found);
  }

  private void print(String what, Replay replay, List<Incident> incidents) {
    out.line(
        "  %-8s%s  %s, %s"
            .formatted(
                what,
                Inert.text(replay.name()),
                Spell.count(replay.looks(), "look"),
                alarms(replay, incidents)));
    out.wrapped("          ", Style.DIM, Inert.text(replay.words()));
    if (!replay.blind().isEmpty()) {
      out.wrapped(
          out.in(Style.YELLOW, "          blind ") + replay.blindLooks() + " times: ",
          Inert.text("%s; the last time: %s".formatted(reasons(replay), replay.example())));
    }
    List<Alarm> unexplained = replay.falseAlarms(incidents);
    replay.alarms().stream()
        .limit(MOST_ALARMS)
        .forEach(alarm -> print(alarm, !incidents.isEmpty() && unexplained.contains(alarm)));
    if (replay.alarms().size() > MOST_ALARMS) {
      out.line(
          "          and %d more; --json has all".formatted(replay.alarms().size() - MOST_ALARMS));
    }
  }

  private static String alarms(Replay replay, List<Incident> incidents) {
    int all = replay.alarms().size();
    return incidents.isEmpty() || all == 0
        ? all == 0 ? "no alarm" : Spell.count(all, "alarm")
        : "%s, %d of them false"
            .formatted(Spell.count(all, "alarm"), replay.falseAlarms(incidents).size());
  }

  private static String reasons(Replay replay) {
    return replay.blind().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(one -> "%s %d".formatted(one.getKey().words(), one.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void print(Alarm alarm, boolean wrong) {
    out.wrapped(
        "          %s  ".formatted(alarm.raised()),
        wrong ? Style.RED : Style.PLAIN,
        "%s, for %s%s"
            .formatted(
                Inert.text(alarm.words()),
                Spell.time(Duration.between(alarm.began(), alarm.ended())),
                wrong ? ": false" : ""));
  }

  private void print(Incident incident, Backtest found) {
    List<Alarm> all = found.replays().flatMap(replay -> replay.alarms().stream()).toList();
    out.wrapped(
        "  incident ",
        "%s to %s: %s"
            .formatted(
                incident.from(),
                incident.to(),
                incident
                    .delay(all)
                    .map(delay -> "first alarm after " + Spell.time(delay))
                    .orElse("no alarm")));
  }

  private void sum(Backtest found) {
    int all = found.replays().mapToInt(replay -> replay.alarms().size()).sum();
    if (!found.unseen().isEmpty()) {
      out.line(
          out.in(Style.RED, Spell.count(found.unseen().size(), "incident") + " raised no alarm."));
    }
    if (all > 0 && found.incidents().isEmpty()) {
      out.wrapped(
          "",
          "%s. What was really wrong then is told from false alarms by --incident FROM/TO."
              .formatted(Spell.count(all, "alarm")));
    } else if (found.falseAlarms() > 0) {
      out.line(out.in(Style.RED, Spell.count(found.falseAlarms(), "false alarm") + "."));
    } else {
      out.line(out.in(Style.GREEN, "No false alarm."));
    }
  }
}
