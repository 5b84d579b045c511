package dev.faultline.serve.page;

import dev.faultline.reports.Templates;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes screens as HTML. Text of others is shown, and never interpreted. Thread-safe. */
public final class Pages {

  private static final int LONGEST = 2000;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Templates templates = new Templates(LONGEST, Pages.class);
  private final String version;

  /**
   * Writes pages of a version of Faultline.
   *
   * @param version as it is shown
   */
  public Pages(String version) {
    this.version = version;
  }

  /** A time of day, as pages tell it. */
  public static String clock(Instant now) {
    return CLOCK.format(now);
  }

  /**
   * A whole page.
   *
   * @param live where what changes of it is streamed from; empty where nothing does
   * @param halted who keeps runs from beginning
   */
  public String page(Screen screen, Optional<String> live, Optional<String> halted, Instant now) {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("title", screen.title());
    frame.put("pageName", screen.name());
    frame.put("said", screen.said());
    frame.put("live", live);
    frame.put("halted", halted);
    frame.put("clock", clock(now));
    frame.put("version", version);
    frame.put("assets", Assets.PATHS);
    return write(screen.name() + ".ftlh", screen.with(frame));
  }

  /** What changes of a page, by the name of the part. */
  public Map<String, String> parts(Screen screen, List<String> wanted) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : wanted) {
      parts.put(part, write("part-%s.ftlh".formatted(part), screen.model()).strip());
    }
    return parts;
  }

  private String write(String template, Map<String, Object> model) {
    StringWriter out = new StringWriter();
    try {
      templates.write(template, model, out);
    } catch (IOException impossible) {
      throw new UncheckedIOException("a text in memory cannot be written", impossible);
    }
    return out.toString();
  }
}
