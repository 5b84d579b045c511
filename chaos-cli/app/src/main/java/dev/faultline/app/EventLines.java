package dev.faultline.app;

import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Sink;
import dev.faultline.model.gate.Gate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Every event as a line for people: time of day (UTC), time since the start, kind, words. */
final class EventLines implements Sink {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Page out;
  private final Map<String, Gate> gates = new HashMap<>();
  private final EventWords words = new EventWords(gates);

  EventLines(Page out) {
    this.out = out;
  }

  /** Takes what later lines need of an event that is not printed. */
  void learn(Entry entry) {
    if (entry.event() instanceof Event.RunStarted run) {
      run.spec().gates().forEach(gate -> gates.put(gate.name(), gate));
    }
  }

  @Override
  public void accept(Entry entry) {
    learn(entry);
    String head =
        "%s %8s  %-8s  "
            .formatted(
                TIME.format(entry.at()),
                "+" + Spell.clock(entry.elapsed()),
                EventWords.Kind.of(entry.event()).word());
    out.line(out.in(Style.DIM, head) + Inert.text(words.of(entry.event())).replace('\n', ' '));
  }
}
