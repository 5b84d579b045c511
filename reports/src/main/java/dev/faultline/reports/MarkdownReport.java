package dev.faultline.reports;

import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.findings.Findings;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** The same facts in short, for a comment on a pull request. */
public final class MarkdownReport implements Format {

  // A comment holds 65,536 characters at most.
  private static final int LONGEST = 240;

  private final Templates templates = new Templates(LONGEST);

  @Override
  public String fileName() {
    return "report.md";
  }

  @Override
  public void write(Facts facts, Writer out) throws IOException {
    templates.write("report.md.ftl", Map.of("facts", facts, "findings", Findings.of(facts)), out);
  }
}
