package dev.faultline.reports;

import dev.faultline.reports.stage.Fingerprints;
import dev.faultline.reports.stage.Located;
import dev.faultline.reports.stage.Problem;
import dev.faultline.reports.stage.Rule;
import dev.faultline.reports.stage.Rule.Level;
import dev.faultline.reports.stage.Stage;
import java.io.IOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The problems of a stage at the lines of their files, as SARIF 2.1.0 (OASIS). Files are relative
 * to the root of the checkout, which the reader knows.
 */
public final class SarifReport implements StageFormat {

  private static final Inert INERT = new Inert(2000);
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private final JsonMapper mapper =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  @Override
  public String fileName() {
    return "results.sarif";
  }

  @Override
  public void write(Stage stage, Writer out) throws IOException {
    ObjectNode log = mapper.createObjectNode();
    log.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    addTool(run, stage);
    run.putObject("automationDetails").put("id", "faultline/gate/");
    ObjectNode invocation = run.putArray("invocations").addObject();
    // That something was found is no failure of the tool.
    invocation.put("executionSuccessful", true).put("exitCode", stage.exitCode());
    run.put("columnKind", "unicodeCodePoints");
    ArrayNode results = run.putArray("results");
    List<Problem> problems = stage.problems();
    List<String> fingerprints = Fingerprints.of(problems);
    for (int i = 0; i < problems.size(); i++) {
      addResult(results.addObject(), problems.get(i), fingerprints.get(i));
    }
    out.write(mapper.writeValueAsString(log));
    out.write('\n');
  }

  private static void addTool(ObjectNode run, Stage stage) {
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Faultline").put("version", stage.version());
    ArrayNode rules = driver.putArray("rules");
    for (Rule rule : Rule.all()) {
      ObjectNode one = rules.addObject().put("id", rule.id());
      one.putObject("shortDescription").put("text", rule.title());
      one.putObject("fullDescription").put("text", rule.title() + ". " + rule.help());
      one.putObject("help").put("text", rule.help());
      one.putObject("defaultConfiguration").put("level", word(rule.level()));
    }
  }

  private static void addResult(ObjectNode result, Problem problem, String fingerprint) {
    result.put("ruleId", problem.rule().id()).put("ruleIndex", Rule.all().indexOf(problem.rule()));
    result.put("level", word(problem.level()));
    result.putObject("message").put("text", text(problem.words()));
    addLocation(result.putArray("locations").addObject(), problem.at());
    result.putObject("partialFingerprints").put("faultline/v1", fingerprint);
  }

  private static void addLocation(ObjectNode location, Located at) {
    ObjectNode physical = location.putObject("physicalLocation");
    ObjectNode artifact = physical.putObject("artifactLocation");
    if (at.file().startsWith("/")) {
      artifact.put("uri", "file://" + uri(at.file()));
    } else {
      artifact.put("uri", uri(at.file())).put("uriBaseId", "%SRCROOT%");
    }
    ObjectNode region = physical.putObject("region");
    region.put("startLine", at.line()).put("startColumn", at.column());
  }

  /** Brackets before a parenthesis would be a link, a number in braces an argument. */
  private static String text(String words) {
    return INERT.shown(words).replace("](", "] (").replaceAll("\\{(\\d+)}", "{{$1}}");
  }

  private static String uri(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(step -> URLEncoder.encode(step, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
