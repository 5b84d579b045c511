package dev.faultline.serve.page;

import dev.faultline.serve.runs.Brief;
import dev.faultline.serve.runs.Catalogue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every run, a row each. */
public final class HistoryPage {

  private static final int ROWS = 200;

  private HistoryPage() {}

  /**
   * Another page of the list.
   *
   * @param words what the link says
   */
  public record Link(String words, String address) {}

  /** The page. */
  public static Screen of(Catalogue runs, Chosen chosen) {
    List<Brief> all = chosen.of(runs.runs());
    int pages = Math.max(1, Math.ceilDiv(all.size(), ROWS));
    int page = Math.min(chosen.page(), pages);
    List<Brief> shown = all.subList((page - 1) * ROWS, Math.min(all.size(), page * ROWS));
    List<Link> links = new ArrayList<>();
    if (page > 1) {
      links.add(new Link("Newer runs", address(chosen, page - 1)));
    }
    if (page < pages) {
      links.add(new Link("Older runs", address(chosen, page + 1)));
    }
    return Screen.still(
        "history",
        "History",
        Map.of(
            "runs", shown,
            "count", all.size(),
            "page", page,
            "pages", pages,
            "chosen", chosen,
            "verdicts", verdicts(runs),
            "links", links,
            "unread", runs.unread(),
            "trouble", runs.trouble()));
  }

  private static List<String> verdicts(Catalogue runs) {
    return runs.runs().stream()
        .filter(run -> !run.isOn())
        .map(Brief::word)
        .distinct()
        .sorted()
        .toList();
  }

  private static String address(Chosen chosen, int page) {
    return "/history?run=%s&verdict=%s&page=%d"
        .formatted(encoded(chosen.text()), encoded(chosen.verdict()), page);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
