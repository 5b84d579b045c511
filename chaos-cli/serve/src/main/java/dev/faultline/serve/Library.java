package dev.faultline.serve;

import dev.faultline.engine.journal.RunFolder;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.HtmlReport;
import dev.faultline.reports.history.History;
import dev.faultline.serve.days.Diary;
import dev.faultline.serve.live.OverviewSource;
import dev.faultline.serve.live.RunSource;
import dev.faultline.serve.page.CalendarPage;
import dev.faultline.serve.page.Chosen;
import dev.faultline.serve.page.HistoryPage;
import dev.faultline.serve.page.Overview;
import dev.faultline.serve.page.Pages;
import dev.faultline.serve.page.RunPage;
import dev.faultline.serve.page.Screen;
import dev.faultline.serve.page.TrendPage;
import dev.faultline.serve.runs.Brief;
import dev.faultline.serve.runs.Catalogue;
import dev.faultline.serve.runs.RunIndex;
import dev.faultline.serve.runs.Told;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What there is at each address. Thread-safe. */
final class Library {

  private static final Duration SOON = Duration.ofDays(14);
  private static final int MONTH = 31;
  private static final int FARTHEST = 366;

  private final RunIndex runs;
  private final Diary diary;
  private final Pages pages;
  private final InstantSource clock;
  private final HtmlReport report = new HtmlReport();

  Library(RunIndex runs, Diary diary, Pages pages, InstantSource clock) {
    this.runs = runs;
    this.diary = diary;
    this.pages = pages;
    this.clock = clock;
  }

  /** What is at a path; empty where there is nothing. */
  Optional<Answer> at(String path, Map<String, String> query) {
    List<String> steps = List.of(path.substring(1).split("/", 5));
    return switch (steps.getFirst()) {
      case "" -> only(steps, () -> page(overview(), Optional.of("/live")));
      case "live" ->
          only(
              steps,
              () -> new Answer.Live("overview", () -> new OverviewSource(this::overview, pages)));
      case "calendar" -> only(steps, () -> still(calendar(query)));
      case "history" -> only(steps, () -> still(HistoryPage.of(runs.now(), Chosen.of(query))));
      case "trends" -> steps.size() == 1 ? trends(query) : Optional.empty();
      case "runs" -> steps.size() < 2 ? Optional.empty() : run(steps);
      default -> Optional.empty();
    };
  }

  private static Optional<Answer> only(List<String> steps, Supplier<Answer> answer) {
    return steps.size() == 1 ? Optional.of(answer.get()) : Optional.empty();
  }

  private Screen overview() {
    return Overview.of(runs.now(), diary.entries(clock.instant(), SOON));
  }

  private Screen calendar(Map<String, String> query) {
    String wanted = query.getOrDefault("days", "");
    int days = wanted.matches("\\d{1,4}") ? Integer.parseInt(wanted) : MONTH;
    int ahead = Math.clamp(days, 1, FARTHEST);
    return CalendarPage.of(diary.entries(clock.instant(), Duration.ofDays(ahead)), ahead);
  }

  private Optional<Answer> trends(Map<String, String> query) {
    Catalogue now = runs.now();
    if (!query.containsKey("experiment")) {
      return Optional.of(still(TrendPage.list(now)));
    }
    String name = query.getOrDefault("experiment", "");
    List<Brief> some = now.comparable().getOrDefault(name, List.of());
    return some.isEmpty()
        ? Optional.empty()
        : Optional.of(
            still(
                TrendPage.of(
                    History.of(
                        name,
                        some.stream().flatMap(run -> run.past().stream()).toList(),
                        number -> summary(some.get(number).run())))));
  }

  private Optional<RunSummary> summary(String id) {
    return runs.folder(id)
        .map(Told::of)
        .filter(Told.Run.class::isInstance)
        .map(told -> ((Told.Run) told).summary());
  }

  private Optional<Answer> run(List<String> steps) {
    Optional<RunFolder> folder = runs.folder(steps.get(1));
    Optional<Brief> brief = runs.now().find(steps.get(1));
    if (folder.isEmpty() || brief.isEmpty() || steps.size() > 3) {
      return Optional.empty();
    }
    String part = steps.size() == 2 ? "" : steps.get(2);
    return switch (part) {
      case "" -> Optional.of(run(folder.get(), brief.get()));
      case "live" -> Optional.of(live(folder.get()));
      case "report.html" -> report(folder.get());
      default -> Optional.empty();
    };
  }

  private Answer.Live live(RunFolder folder) {
    return new Answer.Live(
        "runs/" + folder.id(),
        () -> new RunSource(folder, () -> runs.now().find(folder.id()), pages));
  }

  private Answer run(RunFolder folder, Brief brief) {
    return switch (Told.of(folder)) {
      case Told.Nothing nothing -> still(RunPage.untold(brief, nothing.why()));
      case Told.Run told -> {
        boolean ended = told.summary().verdict().isPresent();
        boolean on = brief.isOn() && !ended;
        Brief now =
            on
                ? Brief.on(folder.id(), told.summary(), told.whole())
                : Brief.over(folder.id(), told);
        Optional<String> live =
            ended ? Optional.empty() : Optional.of("/runs/%s/live".formatted(folder.id()));
        yield page(RunPage.of(now, told.summary()), live);
      }
    };
  }

  /** The bytes that {@code faultline report} writes. */
  private Optional<Answer> report(RunFolder folder) {
    if (!(Told.of(folder) instanceof Told.Run told)) {
      return Optional.empty();
    }
    StringWriter out = new StringWriter();
    try {
      report.write(told.summary(), out);
    } catch (IOException impossible) {
      throw new UncheckedIOException("a text in memory cannot be written", impossible);
    }
    return Optional.of(
        new Answer.Whole(
            200,
            "text/html; charset=utf-8",
            out.toString(),
            HtmlReport.policy() + "; frame-ancestors 'none'",
            Map.of()));
  }

  private Answer still(Screen screen) {
    return page(screen, Optional.empty());
  }

  private Answer page(Screen screen, Optional<String> live) {
    return Answer.Whole.page(200, pages.page(screen, live, runs.now().halted(), clock.instant()));
  }
}
