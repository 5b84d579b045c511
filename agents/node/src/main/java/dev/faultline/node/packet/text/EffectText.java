package dev.faultline.node.packet.text;

import dev.faultline.node.delay.Distribution;
import dev.faultline.node.packet.PacketEffect;
import dev.faultline.node.packet.PacketEffect.Bandwidth;
import dev.faultline.node.packet.PacketEffect.Bursts;
import dev.faultline.node.packet.PacketEffect.Corrupt;
import dev.faultline.node.packet.PacketEffect.Dns;
import dev.faultline.node.packet.PacketEffect.Duplicate;
import dev.faultline.node.packet.PacketEffect.Latency;
import dev.faultline.node.packet.PacketEffect.Loss;
import dev.faultline.node.packet.PacketEffect.Partition;
import dev.faultline.node.packet.PacketEffect.Reorder;
import java.util.List;
import java.util.Optional;

/** An effect as a word: its kind, then its parameters behind colons; times in nanoseconds. */
final class EffectText {

  private EffectText() {}

  static String write(PacketEffect effect) {
    return switch (effect) {
      case Latency it ->
          word(
              "latency",
              it.delay().toNanos(),
              it.jitter().toNanos(),
              it.distribution(),
              it.correlation(),
              it.ordered());
      case Loss(double share) -> word("loss", share);
      case Bursts(double begins, double ends, double bad, double good) ->
          word("bursts", begins, ends, bad, good);
      case Dns(List<String> names, var delay, var reply) ->
          word("dns", text(names), delay.toNanos(), DnsText.write(reply));
      case Duplicate(double share) -> word("duplicate", share);
      case Corrupt(double share) -> word("corrupt", share);
      case Reorder(double share, var by) -> word("reorder", share, by.toNanos());
      case Bandwidth(long rate, var wait) -> word("bandwidth", rate, wait.toNanos());
      case Partition(Partition.Manner manner) -> word("partition", manner);
    };
  }

  static PacketEffect parse(String word) {
    String[] parts = word.split(":", -1);
    return switch (parts[0] + "/" + (parts.length - 1)) {
      case "latency/5" ->
          new Latency(
              Words.nanos(parts[1]),
              Words.nanos(parts[2]),
              Distribution.valueOf(parts[3]),
              number(parts[4]),
              Boolean.parseBoolean(parts[5]));
      case "loss/1" -> new Loss(number(parts[1]));
      case "bursts/4" ->
          new Bursts(number(parts[1]), number(parts[2]), number(parts[3]), number(parts[4]));
      case "dns/4" ->
          new Dns(texts(parts[1]), Words.nanos(parts[2]), DnsText.parse(parts[3], parts[4]));
      case "duplicate/1" -> new Duplicate(number(parts[1]));
      case "corrupt/1" -> new Corrupt(number(parts[1]));
      case "reorder/2" -> new Reorder(number(parts[1]), Words.nanos(parts[2]));
      case "bandwidth/2" -> new Bandwidth(Long.parseLong(parts[1]), Words.nanos(parts[2]));
      case "partition/1" -> new Partition(Partition.Manner.valueOf(parts[1]));
      default -> throw new IllegalArgumentException("not an effect: '" + word + "'");
    };
  }

  static String text(List<String> words) {
    return Words.word(Optional.of(String.join(",", words)));
  }

  static List<String> texts(String word) {
    return List.of(Words.text(word).orElse("").split(",", -1));
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }

  private static String word(String kind, Object... parameters) {
    StringBuilder word = new StringBuilder(kind);
    for (Object parameter : parameters) {
      word.append(':').append(parameter);
    }
    return word.toString();
  }
}
