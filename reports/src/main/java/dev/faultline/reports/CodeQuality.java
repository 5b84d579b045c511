package dev.faultline.reports;

import dev.faultline.reports.stage.Fingerprints;
import dev.faultline.reports.stage.Problem;
import dev.faultline.reports.stage.Rule;
import dev.faultline.reports.stage.Rule.Level;
import dev.faultline.reports.stage.Stage;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The problems of a stage in the form in which GitLab shows them beside a merge request. */
public final class CodeQuality implements StageFormat {

  private static final Inert INERT = new Inert(1000);

  private final JsonMapper mapper =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  @Override
  public String fileName() {
    return "gl-code-quality-report.json";
  }

  @Override
  public void write(Stage stage, Writer out) throws IOException {
    List<Problem> problems = stage.problems();
    List<String> fingerprints = Fingerprints.of(problems);
    ArrayNode all = mapper.createArrayNode();
    for (int i = 0; i < problems.size(); i++) {
      Problem problem = problems.get(i);
      ObjectNode one = all.addObject();
      one.put("description", INERT.shown(problem.words()));
      one.put("check_name", problem.rule().id());
      one.put("fingerprint", fingerprints.get(i));
      one.put("severity", severity(problem));
      ObjectNode location = one.putObject("location");
      location.put("path", problem.at().file());
      location.putObject("lines").put("begin", problem.at().line());
    }
    out.write(mapper.writeValueAsString(all));
    out.write('\n');
  }

  private static String severity(Problem problem) {
    if (problem.rule() == Rule.UNDO_NOT_PROVEN) {
      return "blocker";
    }
    Level level = problem.level();
    return switch (level) {
      case ERROR -> "critical";
      case WARNING -> "minor";
      case NOTE -> "info";
    };
  }
}
