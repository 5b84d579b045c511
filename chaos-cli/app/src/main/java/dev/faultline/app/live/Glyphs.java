package dev.faultline.app.live;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The few signs of the view, in Unicode or in ASCII.
 *
 * @param done something is over, or as it must be
 * @param bad something is not as it must be
 * @param active something is in force or under way
 * @param planned something is still to come
 * @param unknown something cannot be told
 * @param branches of a tree: a child, the last child, a line that passes, nothing
 * @param steps of a sparkline, from the least to the most
 * @param full a part of a bar that is over
 * @param rest a part of a bar that is to come
 * @param dot between two figures
 * @param ellipsis where something was cut
 */
public record Glyphs(
    String done,
    String bad,
    String active,
    String planned,
    String unknown,
    Branches branches,
    String steps,
    String full,
    String rest,
    String dot,
    String ellipsis) {

  /** The lines of a tree, each of one width. */
  public record Branches(String child, String last, String pass, String none) {}

  /** For terminals that know Unicode. */
  public static final Glyphs UNICODE =
      new Glyphs(
          "✓",
          "✗",
          "●",
          "○",
          "?",
          new Branches("├ ", "└ ", "│ ", "  "),
          "▁▂▃▄▅▆▇█",
          "█",
          "░",
          " · ",
          "…");

  /** For all others. */
  public static final Glyphs ASCII =
      new Glyphs(
          "+",
          "x",
          "*",
          "o",
          "?",
          new Branches("|-", "`-", "| ", "  "),
          "_.-=+*#%",
          "#",
          "-",
          ", ",
          "...");

  /** Those that a terminal shows, by the variables of its locale; what says nothing is ASCII. */
  public static Glyphs of(Map<String, String> env) {
    String locale =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .map(name -> env.getOrDefault(name, ""))
            .filter(value -> !value.isEmpty())
            .findFirst()
            .orElse("")
            .toLowerCase(Locale.ROOT);
    boolean unicode = locale.endsWith("utf-8") || locale.endsWith("utf8");
    return unicode && !"linux".equals(env.get("TERM")) ? UNICODE : ASCII;
  }
}
