package dev.faultline.reports;

import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.junit.Suite;
import dev.faultline.reports.junit.Suites;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/**
 * A test suite in the XML that build servers read: failures are what does not hold, errors are what
 * cannot be said.
 */
public final class JunitReport implements Format {

  private static final int LONGEST = 2000;

  private final Templates templates = new Templates(LONGEST);

  @Override
  public String fileName() {
    return "junit.xml";
  }

  @Override
  public void write(Facts facts, Writer out) throws IOException {
    templates.write("junit.ftlx", Map.of("suites", new Suites(List.of(Suite.of(facts)))), out);
  }
}
