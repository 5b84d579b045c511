package dev.faultline.reports;

import dev.faultline.reports.stage.Problem;
import dev.faultline.reports.stage.Rule.Level;
import dev.faultline.reports.stage.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Problems as the commands by which a step of a GitHub workflow annotates lines of files. The text
 * of a file can neither end a command nor begin another.
 */
public final class GithubAnnotations {

  /** GitHub drops what a step says beyond that at one level. */
  public static final int MOST = 10;

  private static final Inert INERT = new Inert(2000);

  private GithubAnnotations() {}

  /** At most ten lines of each level; the last one counts those that had no room. */
  public static List<String> of(Stage stage) {
    List<String> lines = new ArrayList<>();
    for (Level level : Level.values()) {
      List<Problem> problems =
          stage.problems().stream().filter(problem -> problem.level() == level).toList();
      int shown = problems.size() <= MOST ? problems.size() : MOST - 1;
      problems.stream().limit(shown).forEach(problem -> lines.add(line(problem)));
      if (shown < problems.size()) {
        lines.add(
            "::%s title=Faultline::%d more of these are in results.sarif"
                .formatted(word(level), problems.size() - shown));
      }
    }
    return lines;
  }

  private static String line(Problem problem) {
    return "::%s file=%s,line=%d,col=%d,title=%s::%s"
        .formatted(
            word(problem.level()),
            property(problem.at().file()),
            problem.at().line(),
            problem.at().column(),
            property(problem.rule().title()),
            data(problem.words()));
  }

  private static String word(Level level) {
    return switch (level) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case NOTE -> "notice";
    };
  }

  static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  static String data(String text) {
    return INERT.shown(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }
}
