package dev.faultline.node.packet.text;

import dev.faultline.node.packet.PacketFault;

/** What an agent is told by a line. */
public sealed interface PacketOrder {

  /** A fault begins, or takes the place of the one that has its name. */
  record Put(String name, PacketFault fault) implements PacketOrder {
    /**
     * @throws IllegalArgumentException when the name is not 1 to 64 letters, digits, dots, dashes
     *     and underscores
     */
    public Put {
      Words.name(name);
    }
  }

  /** A fault ends. */
  record Remove(String name) implements PacketOrder {
    /**
     * @throws IllegalArgumentException when it is not the name of a fault
     */
    public Remove {
      Words.name(name);
    }
  }

  /** What the faults did is told. */
  record Read() implements PacketOrder {}

  /** The lease begins anew. */
  record Renew() implements PacketOrder {}

  /**
   * All that was ordered before is answered; the answer says so.
   *
   * @param number at least 0
   */
  record Mark(long number) implements PacketOrder {
    /**
     * @throws IllegalArgumentException when it is negative
     */
    public Mark {
      if (number < 0) {
        throw new IllegalArgumentException("not the number of a mark: " + number);
      }
    }
  }

  /** The line. */
  default String text() {
    return switch (this) {
      case Put(String name, PacketFault fault) -> "put " + name + " " + FaultText.write(fault);
      case Remove(String name) -> "remove " + name;
      case Read() -> "read";
      case Renew() -> "renew";
      case Mark(long number) -> "mark " + number;
    };
  }

  /**
   * Reads what {@link #text()} wrote.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static PacketOrder parse(String line) {
    String[] words = line.split(" ", 3);
    return switch (words[0] + "/" + words.length) {
      case "put/3" -> new Put(words[1], FaultText.parse(words[2]));
      case "remove/2" -> new Remove(words[1]);
      case "read/1" -> new Read();
      case "renew/1" -> new Renew();
      case "mark/2" -> new Mark(Long.parseLong(words[1]));
      default -> throw new IllegalArgumentException("not an order: '" + words[0] + "'");
    };
  }
}
