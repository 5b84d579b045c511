package dev.faultline.reports;

import dev.faultline.reports.junit.Suites;
import dev.faultline.reports.stage.Stage;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** Every run as a test suite of one document, with those that there was no run of. */
public final class StageJunit implements StageFormat {

  private static final int LONGEST = 2000;

  private final Templates templates = new Templates(LONGEST);

  @Override
  public String fileName() {
    return "junit.xml";
  }

  @Override
  public void write(Stage stage, Writer out) throws IOException {
    templates.write("junit.ftlx", Map.of("suites", Suites.of(stage)), out);
  }
}
