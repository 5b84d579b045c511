package dev.faultline.environment.kubernetes.agent;

import dev.faultline.node.host.HostReading;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.text.ReadingText;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The newest lines of the log of an agent.
 *
 * @param lines whole ones, the oldest first
 */
record AgentLog(List<String> lines) {

  private static final String REFUSED = "refused ";
  private static final String OVER = "over ";
  private static final String MARKED = "marked ";
  private static final String NODE = "node ";

  AgentLog {
    lines = List.copyOf(lines);
  }

  static AgentLog of(String text) {
    // What comes behind the last end of line may go on.
    return new AgentLog(text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
  }

  boolean isReady() {
    return lines.stream().anyMatch(line -> line.startsWith("ready "));
  }

  /** By which addresses its node reaches the pod; none where it did not say. */
  List<InetAddress> node() {
    return lines.stream()
        .filter(line -> line.startsWith(NODE))
        .flatMap(line -> Stream.of(line.substring(NODE.length()).strip().split(" ")))
        .filter(address -> !address.isEmpty())
        .map(InetAddress::ofLiteral)
        .toList();
  }

  /** Whether it said that its lease has run out, that it has undone all, or why it is over. */
  boolean hasEnded() {
    return !lines.isEmpty()
        && (lines.getLast().equals("expired")
            || lines.getLast().equals("undone")
            || lines.getLast().startsWith(OVER));
  }

  /** What it said last, which is why it ended if it has; empty when it said nothing. */
  String lastWords() {
    return lines.isEmpty()
        ? ""
        : lines.getLast().replaceFirst("^(%s|%s)".formatted(REFUSED, OVER), "");
  }

  /**
   * The answers to the orders of a revision, or of the first one after it that the agent has seen;
   * empty when they are not all there yet.
   */
  Optional<AgentLog> answers(long revision) {
    int mark = 0;
    while (mark < lines.size() && revision(lines.get(mark)) < revision) {
      mark++;
    }
    if (mark == lines.size()) {
      return Optional.empty();
    }
    int from = mark;
    while (from > 0 && !lines.get(from - 1).startsWith(MARKED)) {
      from--;
    }
    return Optional.of(new AgentLog(lines.subList(from, mark)));
  }

  private static long revision(String line) {
    String number = line.startsWith(MARKED) ? line.substring(MARKED.length()) : "";
    return number.matches("\\d{1,18}") ? Long.parseLong(number) : -1;
  }

  boolean isRenewed() {
    return lines.contains("renewed");
  }

  /** Whether a fault was put in force, or was so already as it was ordered. */
  boolean isInForce(String fault) {
    return lines.contains("in-force " + fault) || (readings().containsKey(fault) && !isRefused());
  }

  private boolean isRefused() {
    return lines.stream().anyMatch(line -> line.startsWith(REFUSED));
  }

  /** Why an order was not obeyed. */
  String refusal() {
    return lines.stream()
        .filter(line -> line.startsWith(REFUSED))
        .map(line -> line.substring(REFUSED.length()))
        .findFirst()
        .orElse("it does not say that it was");
  }

  /** What a fault did that has just been withdrawn. */
  Optional<PacketReading> removed(String fault) {
    return Optional.ofNullable(readings("removed ").get(fault));
  }

  /** What was done to a container, in words; empty when nothing was. */
  Optional<String> done() {
    return lines.stream()
        .filter(line -> line.startsWith("signalled ") || line.startsWith("in-force "))
        .findFirst();
  }

  /** What is held of a container, and how. */
  Optional<ContainerHolder.Reading> held() {
    return text("held ")
        .map(AgentLog::held)
        .or(
            () ->
                text("strained ")
                    .map(text -> new ContainerHolder.Strained(HostReading.parse(text))));
  }

  /** How its processes stand when they are held no more. */
  Optional<ContainerHolder.Reading> released() {
    return text("removed freeze ").map(AgentLog::held);
  }

  private Optional<String> text(String kind) {
    return lines.stream()
        .filter(line -> line.startsWith(kind))
        .map(line -> line.substring(kind.length()))
        .findFirst();
  }

  private static ContainerHolder.Reading held(String text) {
    String[] numbers = text.split(" ", 2);
    return new ContainerHolder.Held(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
  }

  /** What the faults in force did so far. */
  Map<String, PacketReading> readings() {
    return readings("reading ");
  }

  private Map<String, PacketReading> readings(String kind) {
    Map<String, PacketReading> readings = new TreeMap<>();
    lines.stream()
        .filter(line -> line.startsWith(kind))
        .map(line -> line.substring(kind.length()).split(" ", 2))
        .forEach(words -> readings.put(words[0], ReadingText.parse(words[1])));
    return readings;
  }
}
