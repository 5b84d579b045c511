package dev.faultline.reports;

import java.nio.charset.StandardCharsets;

/** A document cut to what GitHub takes for the summary of a step. */
public final class GithubSummary {

  /** The most that GitHub takes of one step, in bytes; of more it shows nothing. */
  public static final long MOST = 1L << 20;

  private static final String REST = "\n\n… the rest is in summary.md\n";

  private GithubSummary() {}

  /**
   * As much of a text as fits, in whole lines; empty where not even one does.
   *
   * @param room how many bytes there are
   */
  public static String fitted(String text, long room) {
    if (bytes(text) <= room) {
      return text;
    }
    long left = room - bytes(REST);
    StringBuilder kept = new StringBuilder();
    for (String line : text.split("(?<=\n)")) {
      left -= bytes(line);
      if (left < 0) {
        break;
      }
      kept.append(line);
    }
    return kept.isEmpty() ? "" : kept + REST;
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
