package dev.faultline.node.packet.text;

import static java.util.stream.Collectors.joining;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.Network;
import dev.faultline.node.packet.Owner;
import dev.faultline.node.packet.PacketEffect;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.Ports;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.Share;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A fault as words, such as {@code direction=OUT protocol=TCP local=- remote=80,8000-8010
 * peers=10.0.0.0/8 device=- owner=- flows=1.0 packets=1.0 seed=7
 * latency:20000000:0:UNIFORM:0.0:true}.
 */
public final class FaultText {

  private FaultText() {}

  /** The words. */
  public static String write(PacketFault fault) {
    Selection selection = fault.selection();
    return String.join(
        " ",
        "direction="
            + selection.directions().stream().sorted().map(Enum::name).collect(joining(",")),
        "protocol=" + selection.protocol(),
        ends(selection.ends()),
        "device=" + Words.word(selection.device()),
        "owner=" + selection.owner().map(FaultText::owner).orElse(Words.NONE),
        "flows=" + fault.share().flows(),
        "packets=" + fault.share().packets(),
        "seed=" + fault.seed(),
        fault.effects().stream().map(EffectText::write).collect(joining(" ")));
  }

  /**
   * Reads what {@link #write} wrote, and nothing else.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static PacketFault parse(String text) {
    Words words = new Words(text);
    Set<Direction> directions = Set.copyOf(Words.list(words.take("direction"), Direction::valueOf));
    Protocol protocol = Protocol.valueOf(words.take("protocol"));
    Ends ends = ends(words);
    Optional<String> device = Words.text(words.take("device"));
    Optional<Owner> owner = owner(words.take("owner"));
    Selection selection = new Selection(directions, protocol, ends, device, owner);
    Share share =
        new Share(
            Double.parseDouble(words.take("flows")), Double.parseDouble(words.take("packets")));
    long seed = Long.parseLong(words.take("seed"));
    List<PacketEffect> effects = new ArrayList<>();
    while (words.hasNext()) {
      effects.add(EffectText.parse(words.take()));
    }
    PacketFault fault = new PacketFault(selection, share, effects, seed);
    if (!write(fault).equals(text)) {
      throw new IllegalArgumentException("a fault is not written in its one and only spelling");
    }
    return fault;
  }

  static String ends(Ends ends) {
    return "local=%s remote=%s peers=%s"
        .formatted(Words.list(ends.local()), Words.list(ends.remote()), Words.list(ends.peers()));
  }

  static Ends ends(Words words) {
    return new Ends(
        Words.list(words.take("local"), Ports::parse),
        Words.list(words.take("remote"), Ports::parse),
        Words.list(words.take("peers"), Network::parse));
  }

  private static String owner(Owner owner) {
    return switch (owner) {
      case Owner.User(long id) -> "user:" + id;
      case Owner.Group(Path path) -> "group:" + Words.word(Optional.of(path.toString()));
    };
  }

  private static Optional<Owner> owner(String word) {
    if (word.equals(Words.NONE)) {
      return Optional.empty();
    }
    String value = word.substring(word.indexOf(':') + 1);
    if (word.startsWith("user:")) {
      return Optional.of(new Owner.User(Long.parseLong(value)));
    }
    if (word.startsWith("group:")) {
      return Words.text(value).map(Path::of).map(Owner.Group::new);
    }
    throw new IllegalArgumentException("not an owner: '" + word + "'");
  }
}
