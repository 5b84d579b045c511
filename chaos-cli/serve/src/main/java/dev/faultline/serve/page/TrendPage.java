package dev.faultline.serve.page;

import dev.faultline.reports.history.History;
import dev.faultline.reports.history.History.Past;
import dev.faultline.reports.history.Trend;
import dev.faultline.serve.runs.Brief;
import dev.faultline.serve.runs.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The same experiment over builds. */
public final class TrendPage {

  private static final int DRAWN = 100;

  private TrendPage() {}

  /**
   * An experiment in the list.
   *
   * @param name its name
   * @param address of its page
   * @param runs how many there are
   * @param last verdict of the newest
   * @param tone of that, as a style
   * @param at when that was
   * @param trends what its newest runs are beside those before them
   */
  public record Experiment(
      String name,
      String address,
      int runs,
      String last,
      String tone,
      String at,
      List<Trend> trends) {

    /** Keeps the list unchangeable. */
    public Experiment {
      trends = List.copyOf(trends);
    }

    private static Experiment of(String name, List<Brief> runs) {
      Brief newest = runs.getLast();
      return new Experiment(
          name,
          "/trends?experiment=" + HistoryPage.encoded(name),
          runs.size(),
          newest.word(),
          newest.tone(),
          newest.at(),
          Trend.over(pasts(runs)).stream().filter(TrendPage::isTime).toList());
    }
  }

  /** Every experiment. */
  public static Screen list(Catalogue runs) {
    List<Experiment> all = new ArrayList<>();
    runs.comparable().forEach((name, some) -> all.add(Experiment.of(name, some)));
    return Screen.still(
        "trends",
        "Trends",
        Map.of("experiments", all, "unread", runs.unread(), "fewest", Trend.FEWEST));
  }

  /** One experiment, of which there are runs. */
  public static Screen of(History history) {
    List<Past> drawn =
        history.runs().subList(Math.max(0, history.runs().size() - DRAWN), history.runs().size());
    List<TrendChart> charts = new ArrayList<>();
    TrendChart.of(drawn, 0, "Time to recover (TTR)", Trend.FEWEST).ifPresent(charts::add);
    TrendChart.of(drawn, 1, "Outage (RTO)", Trend.FEWEST).ifPresent(charts::add);
    return Screen.still(
        "trend",
        history.experiment(),
        Map.of(
            "history",
            history,
            "rows",
            drawn.reversed(),
            "charts",
            charts,
            "left",
            history.runs().size() - drawn.size(),
            "fewest",
            Trend.FEWEST));
  }

  /** The figures of some runs. */
  static List<Past> pasts(List<Brief> runs) {
    return runs.stream().map(Brief::past).flatMap(Optional::stream).toList();
  }

  private static boolean isTime(Trend trend) {
    return List.of("TTR", "RTO").contains(trend.figure());
  }
}
