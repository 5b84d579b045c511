package dev.faultline.serve.page;

import dev.faultline.serve.runs.Brief;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a reader of the history has chosen.
 *
 * @param text part of the name, the file or the id; may be empty
 * @param verdict a verdict; may be empty
 * @param page which page of the list, from 1
 */
public record Chosen(String text, String verdict, int page) {

  private static final int LONGEST = 200;
  private static final int LAST_PAGE = 10_000;

  /** From the query of an address; what makes no sense is as if not given. */
  public static Chosen of(Map<String, String> query) {
    String page = query.getOrDefault("page", "1");
    int number = page.matches("\\d{1,5}") ? Integer.parseInt(page) : 1;
    return new Chosen(
        cut(query.getOrDefault("run", "")),
        cut(query.getOrDefault("verdict", "")),
        Math.clamp(number, 1, LAST_PAGE));
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(LONGEST, text.length())).strip();
  }

  /** Those of some runs that were chosen, in the same order. */
  public List<Brief> of(List<Brief> runs) {
    String part = text.toLowerCase(Locale.ROOT);
    return runs.stream()
        .filter(
            run ->
                part.isEmpty()
                    || List.of(run.name(), run.file(), run.run()).stream()
                        .anyMatch(one -> one.toLowerCase(Locale.ROOT).contains(part)))
        .filter(run -> verdict.isEmpty() || run.word().equalsIgnoreCase(verdict))
        .toList();
  }
}
