package dev.faultline.reports.facts;

import dev.faultline.model.event.Event;
import dev.faultline.model.summary.Moment;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.RunSummary.Timed;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.DatabaseState.Node;
import dev.faultline.model.world.NodeRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One database before the first fault and at the end.
 *
 * @param database its name
 * @param before the last look before the first effect; the first look when there was none
 * @param after the last look after that; empty when there was none
 */
public record NodeFacts(String database, DatabaseState before, Optional<DatabaseState> after) {

  /** One node. */
  public record Change(String name, String before, String after) {}

  /** One setting that decides about loss and outage. */
  public record Knob(String name, String before, String after, boolean changed) {}

  /** Every database that was looked at, in the order of the first look. */
  public static List<NodeFacts> of(RunSummary run) {
    Set<String> names = new LinkedHashSet<>();
    run.databases().forEach(look -> names.add(look.what().database()));
    return names.stream().map(name -> of(run, name)).toList();
  }

  private static NodeFacts of(RunSummary run, String name) {
    List<Timed<Event.DatabaseRead>> looks =
        run.databases().stream().filter(look -> look.what().database().equals(name)).toList();
    Duration inject = run.figures().inject().map(Moment::elapsed).orElse(run.lasted());
    Timed<Event.DatabaseRead> before =
        looks.stream()
            .filter(look -> look.elapsed().compareTo(inject) < 0)
            .reduce((_, later) -> later)
            .orElse(looks.getFirst());
    Timed<Event.DatabaseRead> last = looks.getLast();
    return new NodeFacts(
        name,
        before.what().state(),
        last.elapsed().compareTo(before.elapsed()) > 0 && last.elapsed().compareTo(inject) >= 0
            ? Optional.of(last.what().state())
            : Optional.empty());
  }

  /** A setting before the fault, as its owner wrote it; empty where it is not known. */
  public Optional<String> setting(String name) {
    return Optional.ofNullable(before.settings().get(name));
  }

  /** Every node, in the order in which clients try them. */
  public List<Change> nodes() {
    Set<String> names = new LinkedHashSet<>();
    before.nodes().forEach(node -> names.add(node.name()));
    after.ifPresent(state -> state.nodes().forEach(node -> names.add(node.name())));
    return names.stream()
        .map(
            name ->
                new Change(
                    name,
                    words(before, name),
                    after.map(state -> words(state, name)).orElse("not looked at")))
        .toList();
  }

  private static String words(DatabaseState state, String name) {
    return state.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .map(NodeFacts::words)
        .orElse("not there");
  }

  private static String words(Node node) {
    List<String> words = new ArrayList<>(List.of(node.role().words()));
    if (node.role() == NodeRole.STANDBY) {
      words.add(node.streaming() ? "streaming" : "not streaming");
    }
    node.timeline().ifPresent(timeline -> words.add("timeline " + timeline));
    node.lag().ifPresent(lag -> words.add("lag " + Spelling.bytes(lag)));
    if (!node.detail().isBlank()) {
      words.add(node.detail());
    }
    return String.join(", ", words);
  }

  /** Every setting, by name. */
  public List<Knob> knobs() {
    Set<String> names = new TreeSet<>(before.settings().keySet());
    after.ifPresent(state -> names.addAll(state.settings().keySet()));
    return names.stream().map(this::knob).toList();
  }

  private Knob knob(String name) {
    String was = spelled(before, name);
    String is = after.map(state -> spelled(state, name)).orElse("not looked at");
    return new Knob(name, was, is, after.isPresent() && !was.equals(is));
  }

  private static String spelled(DatabaseState state, String name) {
    String value = state.settings().get(name);
    return value == null ? "not known" : value.isBlank() ? "empty" : value;
  }
}
