package dev.faultline.node.packet.text;

import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings as the first lines of input.
 *
 * <pre>
 * faultline-packets 1
 * run ID
 * place here | place named BASE64 | place of-process PID
 * lease-ms N
 * most-held N
 * spare local=22 remote=- peers=-          (any number of these)
 * begin
 * </pre>
 */
public final class SettingsText {

  /** How it begins. */
  public static final String VERSION = "faultline-packets 1";

  /** How it ends. */
  public static final String BEGIN = "begin";

  /** A longer one is not read. */
  public static final int MOST_LINES = 300;

  private static final int FIXED_LINES = 6;

  private SettingsText() {}

  /** The lines. */
  public static List<String> write(PacketSettings settings) {
    List<String> lines = new ArrayList<>();
    lines.add(VERSION);
    lines.add("run " + settings.run());
    lines.add("place " + place(settings.place()));
    lines.add("lease-ms " + settings.lease().toMillis());
    lines.add("most-held " + settings.mostHeld());
    settings.spared().forEach(ends -> lines.add("spare " + FaultText.ends(ends)));
    lines.add(BEGIN);
    return lines;
  }

  /**
   * Reads what {@link #write} wrote, and nothing else.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static PacketSettings parse(List<String> lines) {
    if (lines.size() < FIXED_LINES || !lines.getFirst().equals(VERSION)) {
      throw new IllegalArgumentException(
          "first line is not '" + VERSION + "', or lines are missing");
    }
    List<Ends> spared =
        lines.subList(FIXED_LINES - 1, lines.size() - 1).stream()
            .map(line -> FaultText.ends(new Words(value("spare", line))))
            .toList();
    PacketSettings settings =
        new PacketSettings(
            value("run", lines.get(1)),
            place(new Words(value("place", lines.get(2)))),
            Duration.ofMillis(Long.parseLong(value("lease-ms", lines.get(3)))),
            Integer.parseInt(value("most-held", lines.get(4))),
            spared);
    if (!write(settings).equals(lines)) {
      throw new IllegalArgumentException("settings are not written in their one and only spelling");
    }
    return settings;
  }

  private static String value(String key, String line) {
    if (!line.startsWith(key + " ")) {
      throw new IllegalArgumentException("'" + key + "' is missing");
    }
    return line.substring(key.length() + 1);
  }

  private static String place(Place place) {
    return switch (place) {
      case Place.Here() -> "here";
      case Place.Named(Path path) -> "named " + Words.word(Optional.of(path.toString()));
      case Place.OfProcess(long pid) -> "of-process " + pid;
    };
  }

  private static Place place(Words words) {
    String kind = words.take();
    return switch (kind) {
      case "here" -> new Place.Here();
      case "named" -> new Place.Named(Path.of(Words.text(words.take()).orElse("")));
      case "of-process" -> new Place.OfProcess(Long.parseLong(words.take()));
      default -> throw new IllegalArgumentException("not a place: '" + kind + "'");
    };
  }
}
